package gradcheck.model;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * The arithmetic of one data type: every result is rounded to it.
 *
 * <p>A float operation is done in double and rounded: for +, -, * and / that gives the very result of float arithmetic, since a
 * double has more than twice the digits (Figueroa, When is double rounding innocuous?, 1995).
 */
record Arithmetic(DataType type) {
    private static final int RUN = 8;

    double round(double value) {
        return type == DataType.FLOAT ? (float) value : value;
    }

    double exp(double x) {
        return round(Math.exp(x));
    }

    double log(double x) {
        return round(Math.log(x));
    }

    /** Returns the sum of {@code values[from]} to {@code values[to - 1]}, halves first: the round-off grows with log m, not with m. */
    double sum(double[] values, int from, int to) {
        if (to - from <= RUN) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum = round(sum + values[i]);
            }
            return sum;
        }
        int middle = (from + to) >>> 1;
        return round(sum(values, from, middle) + sum(values, middle, to));
    }

    double mean(double[] values) {
        return round(sum(values, 0, values.length) / values.length);
    }

    /** Returns 1 / (1 + exp(-z)) without overflow for any z. */
    double sigmoid(double z) {
        double e = exp(-Math.abs(z));
        double larger = round(1 / round(1 + e));
        return z >= 0 ? larger : round(e * larger);
    }

    /** Returns the row z[from], .. z[from + k - 1] as exp(z - max) / sum exp(z - max). */
    double[] softmax(double[] z, int from, int k) {
        double[] p = exponentials(z, from, k);
        double sum = sum(p, 0, k);
        for (int j = 0; j < k; j++) {
            p[j] = round(p[j] / sum);
        }
        return p;
    }

    /** Returns log(sum exp(z)) - z[truth] of the row that starts at {@code from}, with the maximum taken out. */
    double logSumExpMinus(double[] z, int from, int k, int truth) {
        double log = log(sum(exponentials(z, from, k), 0, k));
        return round(log - round(z[from + truth] - max(z, from, k)));
    }

    private double[] exponentials(double[] z, int from, int k) {
        double max = max(z, from, k);
        double[] e = new double[k];
        for (int j = 0; j < k; j++) {
            e[j] = exp(round(z[from + j] - max));
        }
        return e;
    }

    private static double max(double[] z, int from, int k) {
        double max = z[from];
        for (int j = 1; j < k; j++) {
            max = Math.max(max, z[from + j]);
        }
        return max;
    }
}
