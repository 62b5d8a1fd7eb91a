package gradcheck.check;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The loss near one set of weights: its value there, how far weights may be moved, and the noise.
 *
 * @param weights flat
 * @param value the loss at the weights
 * @param constant whether the loss was the same wherever the noise was measured
 * @param size the size F of the loss, by which its bends are judged
 * @param relativeStep the best step of a central difference, in units of the length over which the loss bends
 * @param sigmas how many standard deviations of the noise bound an error
 */
record Surroundings(Evaluations loss, Layout layout, double[] weights, double value, Scale scale, Noise noise, boolean constant,
        double size, double relativeStep, double sigmas) {
    /**
     * Measures the noise, with 21 evaluations or more. The best relative step: Numerical Recipes, section 5.7.
     *
     * @param mean the loss at the weights, the mean where it differs from call to call
     * @param deviation of an evaluation at the same weights; 0 where it is always the same
     * @param quick whether seven evaluations are enough: where a gradient agrees nevertheless, more would show no more
     */
    Surroundings measured(double mean, double deviation, boolean quick, Random random) {
        Evaluations near = loss.near(weights);
        NoiseLines lines = new NoiseLines(near, weights, scale.own(), mean, deviation, random);
        Noise noise = lines.measure(quick);
        double size = Math.max(Math.max(Math.abs(mean), lines.reaction()), Math.max(1e3 * noise.level(), 1e-300));
        double relativeStep = Math.min(Math.max(Math.cbrt(3 * noise.level() / size), Thresholds.SHORTEST_STEP), Thresholds.LONGEST_STEP);
        double safety = noise.bits() < Thresholds.HALF_BITS ? Thresholds.HALF_SAFETY : Thresholds.SAFETY;
        double sigmas = safety * Math.sqrt(2 * Math.log(2 * weights.length / Thresholds.FALSE_ALARM));
        return new Surroundings(near, layout, weights, mean, scale, noise, lines.isConstant(), size, relativeStep, sigmas);
    }

    /** The same measured at other weights. */
    Surroundings elsewhere(double[] other, Random random) {
        double valueThere = loss.at(other);
        double share = noise.digits() == Noise.RANDOM ? noise.level() * Math.max(1, Math.abs(valueThere / value)) : 0;
        return unknown(loss, layout, other, valueThere).measured(valueThere, share, false, random);
    }

    /** Nothing is known of the loss but its value. */
    static Surroundings unknown(Evaluations loss, Layout layout, double[] weights, double value) {
        return new Surroundings(loss, layout, weights, value, Scale.of(weights, layout.blocks()), Noise.UNKNOWN, false, Double.NaN,
                Double.NaN, Double.NaN);
    }

    /** The longest step that moves no weight by more than its longest. */
    double longestStep(Direction direction) {
        return most(direction, i -> scale.longest()[i]);
    }

    /** The step that moves no weight by more than its own size. */
    double ownStep(Direction direction) {
        return most(direction, i -> scale.own()[i]);
    }

    private static double most(Direction direction, IntToDoubleFunction limit) {
        return IntStream.range(0, direction.parts().length).filter(k -> direction.parts()[k] != 0)
                .mapToDouble(k -> limit.applyAsDouble(direction.entries()[k]) / Math.abs(direction.parts()[k])).min().orElseThrow();
    }
}
