package gradcheck.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model of measured numbers, value = base + c_1 column_1 + c_2 column_2, by least squares weighted with the error bounds.
 *
 * @param coefficients c_1, c_2
 * @param deviations how far each can be off
 * @param values of the model
 */
record Fit(double[] coefficients, double[] deviations, double[] values) {
    /** Fits one or two columns. Source: the normal equations, columns scaled to 1. */
    static Fit of(double[] value, double[] base, double[] bound, double[]... columns) {
        int k = columns.length;
        int n = value.length;
        double largest = Arrays.stream(value).map(Math::abs).max().orElse(0);
        double[] weight = Arrays.stream(bound).map(b -> 1 / Math.max(b, 1e-14 * (largest == 0 ? 1 : largest))).toArray();
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
        double[] deviations = new double[k];
        double[] values = base.clone();
        for (int j = 0; j < k; j++) {
            c[j] = (right[j] - cosine * right[k - 1 - j]) / sine2 / lengths[j];
            deviations[j] = 1 / Math.sqrt(sine2) / lengths[j];
            for (int i = 0; i < n; i++) {
                values[i] += c[j] * columns[j][i];
            }
        }
        return new Fit(c, deviations, values);
    }

    /** Whether the first coefficient is surely another number. */
    boolean isOther(double number) {
        return Math.abs(coefficients[0] - number) > Thresholds.SURE * deviations[0];
    }

    /** Whether every coefficient is far from zero: more than 5 standard deviations. */
    boolean isSure() {
        return IntStream.range(0, deviations.length).allMatch(j -> Math.abs(coefficients[j]) > Thresholds.SURE * deviations[j]);
    }
}
