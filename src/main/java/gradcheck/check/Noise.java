package gradcheck.check;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The noise of a loss: by how much one evaluation of it is off, since every operation rounds.
 *
 * @param level the standard deviation sigma of one evaluation, in the unit of the loss; NaN where it was not measured
 * @param bits -log2(sigma / |loss|): 53 or so in double precision, 25 in float32; 0 when the loss is 0, NaN as the level
 * @param float32 whether every value seen was a float32 number
 */
public record Noise(double level, double bits, boolean float32) {
    static final Noise UNKNOWN = new Noise(Double.NaN, Double.NaN, false);
    private static final int VALUES = 7;
    private static final double COARSE = 40;

    /** Returns whether the loss carries fewer than 40 bits: float32, or some other rounding, somewhere in it. */
    public boolean isCoarse() {
        return bits < COARSE && bits > 0;
    }

    /** Returns the arithmetic that the bits tell of, in words. */
    public String arithmetic() {
        return float32 ? "a float32 result" : isCoarse() ? "float32 or another rounding inside" : "double precision";
    }

    /**
     * Measures the noise along two random lines; along three, of which the median counts, where two differ by more than a factor of
     * three (one may cross a kink) and where the loss is a float32 number (its steps make the measure unsure). All are on one side
     * of the weights: a kink at the weights is not noise. The spacing grows until the values differ, as the steps of a rounded loss
     * must be seen. The result is never less than the rounding of the loss itself; 0.29 is 1/sqrt(12), that of uniform rounding.
     */
    static Noise of(CountedLoss loss, double[] weights, double[] scale, double value, Random random) {
        Direction[] lines = {Direction.random(scale, random), Direction.random(scale, random)};
        double[] spacing = {1e-8};
        double[][] begun = new double[2][];
        if (loss.isFast()) {
            double[] both = loss.at(Stream.of(lines).flatMap(line -> points(weights, line, spacing[0])).toArray(double[][]::new));
            begun = new double[][] {Arrays.copyOf(both, VALUES), Arrays.copyOfRange(both, VALUES, 2 * VALUES)};
        }
        double[] levels = {along(loss, weights, lines[0], spacing, begun[0]), along(loss, weights, lines[1], spacing, begun[1])};
        Arrays.sort(levels);
        double measured = Math.sqrt(levels[0] * levels[1]);
        if (loss.isSingle() || levels[1] > 3 * levels[0]) {
            double third = along(loss, weights, Direction.random(scale, random), spacing, null);
            measured = Math.max(levels[0], Math.min(levels[1], third));
        }
        double floor = loss.isSingle() ? 0.29 * Math.ulp((float) value) : 0.5 * Math.ulp(value);
        double level = Math.max(value == 0 ? 0 : floor, measured);
        return new Noise(level, value == 0 || level == 0 ? 0 : -Math.log(level / Math.abs(value)) / Math.log(2), loss.isSingle());
    }

    /**
     * Returns the noise of equally spaced values: k-th differences remove the smooth part and multiply the variance of the noise by
     * (2k)! / (k!)^2. Source: Hamming's difference table; More and Wild, Estimating computational noise, 2011.
     */
    static double ofTable(double[] values) {
        double[] variance = {0, 0, 0, 20, 70, 252};
        double least = Double.POSITIVE_INFINITY;
        double[] differences = values;
        for (int k = 1; k < variance.length; k++) {
            double[] of = differences;
            differences = new double[of.length - 1];
            Arrays.setAll(differences, i -> of[i + 1] - of[i]);
            if (k >= 3) {
                least = Math.min(least, Flat.norm(differences) / Math.sqrt(differences.length * variance[k]));
            }
        }
        return least;
    }

    /**
     * The noise along a line, with this spacing or the first larger one that shows it, which is left in its place.
     *
     * @param begun the values with this spacing, or null
     */
    private static double along(CountedLoss loss, double[] weights, Direction line, double[] spacing, double[] begun) {
        double[] values = begun == null ? loss.at(points(weights, line, spacing[0]).toArray(double[][]::new)) : begun;
        while (equalNeighbours(values) > 3 && spacing[0] <= 1e-4) {
            spacing[0] *= 10;
            values = loss.at(points(weights, line, spacing[0]).toArray(double[][]::new));
        }
        return ofTable(values);
    }

    private static Stream<double[]> points(double[] weights, Direction line, double spacing) {
        return IntStream.range(0, VALUES).mapToObj(k -> line.from(weights, spacing * (k + 0.5)));
    }

    private static int equalNeighbours(double[] values) {
        int equal = 0;
        for (int k = 1; k < values.length; k++) {
            equal += values[k] == values[k - 1] ? 1 : 0;
        }
        return equal;
    }
}
