package gradcheck.check;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures the noise of a loss from its values along random lines, all on one side of the weights: a kink at the weights is not noise.
 * The spacing of the values grows until they differ, as the steps of a rounded loss must be seen.
 */
final class NoiseLines {
    private static final int VALUES = 7;

    private final Evaluations loss;
    private final double[] weights;
    private final double[] scale;
    private final Random random;
    private double spacing = Thresholds.FIRST_SPACING;
    /** The value at the weights, and after it all others. */
    private double[] seen;

    NoiseLines(Evaluations loss, double[] weights, double[] scale, double value, Random random) {
        this.loss = loss;
        this.weights = weights;
        this.scale = scale;
        this.random = random;
        this.seen = new double[] {value};
    }

    /**
     * Measures it along two lines; along three, of which the median counts, where two differ by more than a factor of three (one may
     * cross a kink) and where the loss is a float32 number (its steps make the measure unsure). The result is never less than the
     * rounding of the loss itself; 0.29 is 1/sqrt(12), that of uniform rounding.
     */
    Noise measure() {
        Direction[] lines = {Direction.random(scale, random), Direction.random(scale, random)};
        double[][] begun = loss.workers().several() ? both(lines) : new double[2][];
        double[] levels = {along(lines[0], begun[0]), along(lines[1], begun[1])};
        Arrays.sort(levels);
        double measured = Math.sqrt(levels[0] * levels[1]);
        if (isSingle() || levels[1] > Thresholds.UNLIKE_LINES * levels[0]) {
            double third = along(Direction.random(scale, random), null);
            measured = Math.max(levels[0], Math.min(levels[1], third));
        }
        double value = seen[0];
        double floor = isSingle() ? 0.29 * Math.ulp((float) value) : 0.5 * Math.ulp(value);
        return Noise.of(Math.max(value == 0 ? 0 : floor, measured), value, isSingle());
    }

    /** Whether the loss was the same everywhere. */
    boolean isConstant() {
        return Arrays.stream(seen).allMatch(value -> value == seen[0]);
    }

    private boolean isSingle() {
        return Arrays.stream(seen).allMatch(value -> (float) value == value);
    }

    /** The values along two lines, evaluated at once. */
    private double[][] both(Direction[] lines) {
        double[] both = loss.at(Stream.of(lines).flatMap(this::points).toArray(double[][]::new));
        return new double[][] {Arrays.copyOf(both, VALUES), Arrays.copyOfRange(both, VALUES, 2 * VALUES)};
    }

    /** The noise along a line. {@code begun}: its values with the first spacing, or null. */
    private double along(Direction line, double[] begun) {
        double[] values = begun != null && spacing == Thresholds.FIRST_SPACING ? begun : loss.at(points(line).toArray(double[][]::new));
        remember(values);
        while (equalNeighbours(values) > 3 && spacing <= Thresholds.LAST_SPACING) {
            spacing *= 10;
            values = loss.at(points(line).toArray(double[][]::new));
            remember(values);
        }
        return ofTable(values);
    }

    private void remember(double[] values) {
        seen = DoubleStream.concat(Arrays.stream(seen), Arrays.stream(values)).toArray();
    }

    private Stream<double[]> points(Direction line) {
        return IntStream.range(0, VALUES).mapToObj(k -> line.from(weights, spacing * (k + 0.5)));
    }

    private static int equalNeighbours(double[] values) {
        return (int) IntStream.range(1, values.length).filter(k -> values[k] == values[k - 1]).count();
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
                least = Math.min(least, Vectors.norm(differences) / Math.sqrt(differences.length * variance[k]));
            }
        }
        return least;
    }
}
