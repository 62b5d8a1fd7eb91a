package gradcheck.check;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The loss near one set of weights: its value, the natural scale, the noise, and slopes in any direction. */
final class Point {
    /** The chance of a false alarm in a whole check if the noise were Gaussian and its size known. */
    private static final double FALSE_ALARM = 1e-4;
    /** The noise itself is estimated from a few values. */
    private static final double SAFETY = 1.5;
    /** A bend of the loss counts from this many sigma on. */
    private static final double VISIBLE = 8;

    private final CountedLoss loss;
    private final double[] weights;
    private final double value;
    private final double[] scale;
    private final Noise noise;
    private final double size;
    private final double sigmas;
    private final double relativeStep;

    /** @param value the loss at the weights */
    Point(CountedLoss loss, double value, double[] weights, List<Block> blocks, Random random) {
        this.loss = loss.near(weights);
        this.weights = weights;
        this.value = value;
        this.scale = Scale.of(weights, blocks);
        this.noise = Noise.of(this.loss, weights, scale, value, random);
        this.size = Math.max(Math.max(Math.abs(value), 1e3 * noise.level()), 1e-300);
        this.sigmas = SAFETY * Math.sqrt(2 * Math.log(2 * weights.length / FALSE_ALARM));
        // The best central step in units of the curvature length: Numerical Recipes, section 5.7.
        this.relativeStep = Math.min(Math.max(Math.cbrt(3 * noise.level() / size), 1e-7), 0.05);
    }

    double[] weights() {
        return weights;
    }

    CountedLoss loss() {
        return loss;
    }

    double[] scale() {
        return scale;
    }

    Noise noise() {
        return noise;
    }

    /** The best step in units of the length over which the loss bends. */
    double relativeStep() {
        return relativeStep;
    }

    double longestStep(Direction direction) {
        return IntStream.range(0, direction.parts().length).filter(k -> direction.parts()[k] != 0)
                .mapToDouble(k -> scale[direction.entries()[k]] / Math.abs(direction.parts()[k])).min().orElseThrow();
    }

    /** How far noise alone can move a central difference of this step. */
    double noiseBound(double step) {
        return sigmas * noise.level() / (Math.sqrt(2) * step);
    }

    /**
     * Takes a central difference with two evaluations. Its truncation is twice |f'''| h^2 / 6 with f''' = f'' / l and the curvature
     * length l = sqrt(F / |f''|), the scale on which a function of size F bends (Numerical Recipes, section 5.7).
     */
    Slope slope(Direction direction, double step) {
        double[] plus = direction.from(weights, step);
        double[] minus = direction.from(weights, -step);
        int largest = direction.largest();
        int i = direction.entries()[largest];
        double taken = (plus[i] - minus[i]) / (2 * direction.parts()[largest]);
        double h = taken == 0 ? step : taken;
        double[] values = loss.at(plus, minus);
        double up = values[0];
        double down = values[1];
        double bend = Math.abs(up - 2 * value + down);
        double truncation = bendShows(bend) ? bend * Math.sqrt(bend / size) / (3 * h) : 0;
        return new Slope((up - down) / (2 * h), h, noiseBound(h), truncation, bend / (2 * h), bend);
    }

    /** The step that balances noise and truncation, judged by the bend seen; ten times the step where no bend shows. */
    double betterStep(Slope slope) {
        return bendShows(slope.bend()) ? slope.step() * relativeStep * Math.sqrt(size / slope.bend()) : 10 * slope.step();
    }

    /** The factor c of the truncation error c h^2 of any step h, from the bend seen at one; the 4 is calibrated. */
    double truncationFactor(Slope slope) {
        double bend = Math.max(slope.bend(), VISIBLE * noise.level());
        return 4 * bend * Math.sqrt(bend / size) / (6 * Math.pow(slope.step(), 3));
    }

    private boolean bendShows(double bend) {
        return bend > VISIBLE * noise.level();
    }
}
