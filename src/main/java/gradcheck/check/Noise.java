package gradcheck.check;

import java.util.Arrays;
import java.util.Random;

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
     * Measures the noise along three random lines, all on one side of the weights, since a kink at the weights is not noise. The
     * spacing grows until the values differ: the steps of a rounded loss must be seen. The median of the lines counts (one may
     * cross a kink), and never less than the rounding of the result itself; 0.29 is 1/sqrt(12), that of uniform rounding.
     */
    static Noise of(CountedLoss loss, double[] weights, double[] scale, double value, Random random) {
        double[] levels = new double[3];
        double spacing = 1e-8;
        for (int line = 0; line < levels.length; line++) {
            Direction direction = Direction.random(scale, random);
            double[] values = along(loss, weights, direction, spacing);
            while (equalNeighbours(values) > 3 && spacing <= 1e-4) {
                spacing *= 10;
                values = along(loss, weights, direction, spacing);
            }
            levels[line] = ofTable(values);
        }
        Arrays.sort(levels);
        double floor = loss.isSingle() ? 0.29 * Math.ulp((float) value) : 0.5 * Math.ulp(value);
        double level = Math.max(value == 0 ? 0 : floor, levels[1]);
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

    private static double[] along(CountedLoss loss, double[] weights, Direction direction, double spacing) {
        double[] values = new double[VALUES];
        for (int k = 0; k < VALUES; k++) {
            values[k] = loss.at(direction.from(weights, spacing * (k + 0.5)));
        }
        return values;
    }

    private static int equalNeighbours(double[] values) {
        int equal = 0;
        for (int k = 1; k < values.length; k++) {
            equal += values[k] == values[k - 1] ? 1 : 0;
        }
        return equal;
    }
}
