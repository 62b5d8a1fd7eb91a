package gradcheck.check;

import gradcheck.base.Require;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a loss says when it is asked again: at the weights, and beside them, since at zero weights dropout does not show.
 *
 * @param value the loss at the weights, the mean where it differs from call to call
 * @param spread the largest difference of two evaluations at the same weights, as a share of their size
 * @param deviation the standard deviation of an evaluation at the weights; 0 where it is always the same
 * @param drifts whether the values go one way, or settle, from call to call: something is kept between calls
 */
record Repeats(double value, double spread, double deviation, boolean drifts) {
    /**
     * Asks, twice at first, and many times where the answers differ. A loss that has a fast form is asked in both.
     *
     * @throws IllegalArgumentException if the two forms differ, though each gives the same number twice
     */
    static Repeats of(Surroundings here, Random random) {
        Evaluations loss = here.loss();
        double spread = apart(here.value(), loss.again(here.weights()));
        try {
            double[] beside = Direction.random(here.scale().own(), random).from(here.weights(), Thresholds.BESIDE);
            spread = Math.max(spread, apart(loss.at(beside), loss.again(beside)));
        } catch (NotFinite e) {
            // Beside the weights nothing can be said; at the weights it was.
        }
        return spread <= Thresholds.SAME ? new Repeats(here.value(), spread, 0, false) : asked(here, spread);
    }

    private static Repeats asked(Surroundings here, double spread) {
        double[] values = IntStream.range(0, Thresholds.REPEATS).mapToDouble(k -> here.loss().again(here.weights())).toArray();
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        boolean differs = apart(least, most) > Thresholds.SAME;
        Require.that(differs || !here.loss().workers().several(), "model", "a fastLoss with the numbers of its loss",
                "others, by " + spread + " of their size", "mend fastLoss(x, y), or let it return Optional.empty()");
        double mean = DoubleStream.of(values).average().orElseThrow();
        double deviation = Vectors.norm(DoubleStream.of(values).map(v -> v - mean)) / Math.sqrt(values.length - 1.0);
        double[] changes = IntStream.range(1, 8).mapToDouble(k -> values[k] - values[k - 1]).toArray();
        boolean oneWay = Arrays.stream(changes).allMatch(c -> c > 0) || Arrays.stream(changes).allMatch(c -> c < 0);
        boolean settles = IntStream.range(1, 7).allMatch(k -> changes[k] == 0 || Math.abs(changes[k]) < Math.abs(changes[k - 1]));
        return new Repeats(mean, Math.max(spread, apart(least, most)), deviation, oneWay || settles && changes[0] != 0);
    }

    /** Whether it can be measured like any other noise. */
    boolean isNoise() {
        return spread <= Thresholds.NOISY && !drifts;
    }

    private static double apart(double a, double b) {
        return Math.abs(a - b) / (a == 0 ? 1 : Math.abs(a));
    }
}
