package gradcheck.check;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * The loss near one set of weights: its value there, the size of a change that matters, and the noise.
 *
 * @param weights flat
 * @param value the loss at the weights
 * @param scale the natural scale of each weight
 * @param constant whether the loss was the same wherever the noise was measured
 * @param relativeStep the best step of a central difference, in units of the length over which the loss bends
 * @param sigmas how many standard deviations of the noise bound an error
 */
record Surroundings(Evaluations loss, Layout layout, double[] weights, double value, double[] scale, Noise noise, boolean constant,
        double relativeStep, double sigmas) {

    /** Measures the noise, with 14 evaluations or more. The best relative step: Numerical Recipes, section 5.7. */
    static Surroundings measured(Evaluations loss, Layout layout, double[] weights, double value, Random random) {
        Evaluations near = loss.near(weights);
        double[] scale = Scale.of(weights, layout.blocks());
        NoiseLines lines = new NoiseLines(near, weights, scale, value, random);
        Noise noise = lines.measure();
        double relativeStep = Math.min(Math.max(Math.cbrt(3 * noise.level() / size(value, noise)), Thresholds.SHORTEST_STEP),
                Thresholds.LONGEST_STEP);
        double sigmas = Thresholds.SAFETY * Math.sqrt(2 * Math.log(2 * weights.length / Thresholds.FALSE_ALARM));
        return new Surroundings(near, layout, weights, value, scale, noise, lines.isConstant(), relativeStep, sigmas);
    }

    /** Nothing is known but the value. */
    static Surroundings unknown(Evaluations loss, Layout layout, double[] weights, double value) {
        return new Surroundings(loss, layout, weights, value, null, Noise.UNKNOWN, false, Double.NaN, Double.NaN);
    }

    private static double size(double value, Noise noise) {
        return Math.max(Math.max(Math.abs(value), 1e3 * noise.level()), 1e-300);
    }

    /** The size F of the loss, by which its bends are judged. */
    double size() {
        return size(value, noise);
    }

    /** The longest step that moves no weight by more than its natural scale. */
    double longestStep(Direction direction) {
        return IntStream.range(0, direction.parts().length).filter(k -> direction.parts()[k] != 0)
                .mapToDouble(k -> scale[direction.entries()[k]] / Math.abs(direction.parts()[k])).min().orElseThrow();
    }

    /** How far noise alone can move a central difference of this step. */
    double noiseBound(double step) {
        return sigmas * noise.level() / (Math.sqrt(2) * step);
    }

    /** Whether a second difference is more than noise. */
    boolean shows(double bend) {
        return bend > Thresholds.VISIBLE * noise.level();
    }
}
