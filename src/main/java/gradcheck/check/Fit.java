package gradcheck.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A model of measured numbers, value = base + c_1 column_1 + c_2 column_2, by least squares weighted with the error bounds. */
final class Fit {
    private final double[] coefficients;
    private final double[] deviations;
    private final double[] values;

    private Fit(double[] coefficients, double[] deviations, double[] values) {
        this.coefficients = coefficients;
        this.deviations = deviations;
        this.values = values;
    }

    /** Fits one or two columns; entries with an infinite bound do not count. Source: the normal equations, columns scaled to 1. */
    static Fit of(double[] value, double[] base, double[] bound, double[]... columns) {
        int k = columns.length;
        int n = value.length;
        double largest = Arrays.stream(value).map(Math::abs).max().orElse(0);
        double[] weight = Arrays.stream(bound).map(b -> 1 / Math.max(b, 1e-12 * (largest == 0 ? 1 : largest))).toArray();
        double[] lengths = Arrays.stream(columns)
                .mapToDouble(c -> Vectors.norm(IntStream.range(0, n).mapToDouble(i -> weight[i] * c[i]))).toArray();
        double[] right = new double[k];
        double cosine = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                right[j] += weight[i] * columns[j][i] / lengths[j] * weight[i] * (value[i] - base[i]);
            }
            cosine += k == 2 ? weight[i] * columns[0][i] / lengths[0] * weight[i] * columns[1][i] / lengths[1] : 0;
        }
        double sine2 = 1 - cosine * cosine;
        double[] c = new double[k];
        double[] deviation = new double[k];
        for (int j = 0; j < k; j++) {
            c[j] = (right[j] - cosine * right[k - 1 - j]) / sine2 / lengths[j];
            deviation[j] = 1 / Math.sqrt(sine2) / lengths[j];
        }
        double[] values = base.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                values[i] += c[j] * columns[j][i];
            }
        }
        return new Fit(c, n < k + 1 ? new double[] {Double.POSITIVE_INFINITY} : deviation, values);
    }

    /**
     * Whether every coefficient is far from zero, more than 5 standard deviations; never with hardly more numbers than
     * coefficients.
     */
    boolean isSure() {
        return IntStream.range(0, deviations.length).allMatch(j -> Math.abs(coefficients[j]) > Thresholds.SURE * deviations[j]);
    }

    double coefficient(int j) {
        return coefficients[j];
    }

    double[] values() {
        return values;
    }

    /**
     * Returns whether a model explains what was measured: all but 2 % of the disagreement is gone, or 90 % of the entries lie within
     * three error bounds and all but 10 % is gone. Entries with an infinite bound do not count.
     */
    static boolean explains(double[] value, double[] model, double[] bound, double[] claimed) {
        int[] known = IntStream.range(0, value.length).filter(i -> Double.isFinite(bound[i])).toArray();
        double left = Vectors.norm(Arrays.stream(known).mapToDouble(i -> value[i] - model[i]));
        double before = Vectors.norm(Arrays.stream(known).mapToDouble(i -> value[i] - claimed[i]));
        double size = Vectors.norm(Arrays.stream(known).mapToDouble(i -> value[i]));
        long close = Arrays.stream(known).filter(i -> Math.abs(value[i] - model[i]) <= Thresholds.LAW_BOUNDS * bound[i]
                + 1e-9 * Math.abs(value[i])).count();
        return known.length > 0 && (left <= Thresholds.LAW_LEAVES * Math.min(before, size)
                || close >= Thresholds.LAW_HOLDS_FOR * known.length && left <= Thresholds.LAW_LEAVES_MORE * before);
    }
}
