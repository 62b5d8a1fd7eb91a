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

    /** Returns a copy whose values are numbers of the type. */
    double[] rounded(double[] values) {
        double[] rounded = values.clone();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = round(rounded[i]);
        }
        return rounded;
    }

    /** Adds {@code factor * x} to the sums, entry by entry. Two loops, since a choice inside one would cost most of its speed. */
    void addMultiple(double factor, double[] x, double[] sums) {
        if (type == DataType.FLOAT) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = (float) (sums[i] + (float) (factor * x[i]));
            }
        } else {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += factor * x[i];
            }
        }
    }

    /** Returns the sums of the products of x with each of the others, in double precision; four at a time, as one would wait for itself. */
    static double[] dots(double[] x, double[][] others) {
        double[] dots = new double[others.length];
        for (int j = 0; j < dots.length; j += 4) {
            // Beyond the last the last is computed again.
            double[] p = others[j];
            double[] q = others[Math.min(j + 1, dots.length - 1)];
            double[] s = others[Math.min(j + 2, dots.length - 1)];
            double[] t = others[Math.min(j + 3, dots.length - 1)];
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int i = 0; i < x.length; i++) {
                double v = x[i];
                a += v * p[i];
                b += v * q[i];
                c += v * s[i];
                d += v * t[i];
            }
            System.arraycopy(new double[] {a, b, c, d}, 0, dots, j, Math.min(4, dots.length - j));
        }
        return dots;
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
        double e = round(Math.exp(-Math.abs(z)));
        double larger = round(1 / round(1 + e));
        return z >= 0 ? larger : round(e * larger);
    }

    /** Returns (1 - exp(-2z)) / (1 + exp(-2z)), off by an ulp of 1 or so: a third of the time of Math.tanh, and the same in every JDK. */
    double tanh(double z) {
        double e = Math.exp(-2 * Math.abs(z));
        return round(Math.copySign((1 - e) / (1 + e), z));
    }

    /** Turns the logits of a row into probabilities: exp(z - max) / sum exp(z - max), or the sigmoid of a single one. */
    double[] probabilities(double[] z) {
        if (z.length == 1) {
            z[0] = sigmoid(z[0]);
            return z;
        }
        exponentials(z, max(z));
        double sum = sum(z, 0, z.length);
        for (int j = 0; j < z.length; j++) {
            z[j] = round(z[j] / sum);
        }
        return z;
    }

    /** Returns log(sum exp(z)) - z[truth], with the maximum taken out; overwrites z. */
    double logSumExpMinus(double[] z, int truth) {
        double max = max(z);
        double shifted = round(z[truth] - max);
        exponentials(z, max);
        return round(round(Math.log(sum(z, 0, z.length))) - shifted);
    }

    private void exponentials(double[] z, double max) {
        for (int j = 0; j < z.length; j++) {
            z[j] = round(Math.exp(round(z[j] - max)));
        }
    }

    private static double max(double[] z) {
        double max = z[0];
        for (int j = 1; j < z.length; j++) {
            max = Math.max(max, z[j]);
        }
        return max;
    }
}
