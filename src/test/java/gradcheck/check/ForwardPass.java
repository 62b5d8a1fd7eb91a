package gradcheck.check;

import java.util.Arrays;

/** Loss and gradient of a {@link Case} in plain loops: logits, or one hidden layer; cross-entropy in any of the arithmetics. */
final class ForwardPass {
    private final Case c;

    ForwardPass(Case c) {
        this.c = c;
    }

    double loss(double[] w, Numbers a) {
        boolean f = a.isFloatForward();
        double[] v = f ? Arrays.stream(w).map(x -> (float) x).toArray() : w;
        double[] losses = new double[c.y.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = ofRow(logits(v, i, f, null), c.y[i], a);
        }
        boolean single = a == Numbers.FLOAT_RESULT || a == Numbers.FLOAT_ALL;
        double mean = round(sum(losses, 0, losses.length, single) / losses.length, single);
        if (c.l2 == 0) {
            return mean;
        }
        double[] squares = c.blocks.stream().filter(Part::isMatrix).flatMapToInt(Part::entries)
                .mapToDouble(i -> round(v[i] * v[i], f)).toArray();
        double penalty = round(round(0.5 * c.l2, single) * round(sum(squares, 0, squares.length, f), single), single);
        return round(mean + penalty, single);
    }

    /** The k logits of a row, in float32 if {@code f}; the hidden outputs are left in {@code hidden} if it is given. */
    private double[] logits(double[] w, int row, boolean f, double[] hidden) {
        double[] x = c.data.x()[row];
        double[] input = x;
        if (c.isDeep()) {
            input = layer(w, 0, x, f);
            for (int j = 0; j < input.length; j++) {
                input[j] = round(activation(input[j]), f);
            }
            if (hidden != null) {
                System.arraycopy(input, 0, hidden, 0, input.length);
            }
        }
        return layer(w, c.isDeep() ? 2 : 0, input, f);
    }

    private double[] layer(double[] w, int tensor, double[] x, boolean f) {
        Part matrix = c.blocks.get(tensor);
        Part bias = c.blocks.get(tensor + 1);
        double[] z = new double[bias.size()];
        for (int j = 0; j < z.length; j++) {
            double sum = 0;
            for (int d = 0; d < x.length; d++) {
                double xd = f ? (float) x[d] : x[d];
                sum = round(sum + round(xd * w[matrix.from() + d * z.length + j], f), f);
            }
            z[j] = round(sum + w[bias.from() + j], f);
        }
        return z;
    }

    private double activation(double z) {
        return switch (c.kind) {
            case TANH, TANH_BINARY -> Math.tanh(z);
            case RELU, RELU_BINARY -> Math.max(z, 0);
            default -> 1 / (1 + Math.exp(-z));
        };
    }

    /** The derivative of the activation by its input, from its output; with the bug if it is one of this place. */
    private double slope(double h, Case.Bug bug) {
        if (bug == Case.Bug.ACTIVATION_OMITTED) {
            return 1;
        }
        boolean omitted = bug == Case.Bug.SQUARE_OMITTED;
        return switch (c.kind) {
            case TANH, TANH_BINARY -> omitted ? 1 - h : 1 - h * h;
            case RELU, RELU_BINARY -> h > 0 ? 1 : bug == Case.Bug.RELU_NEGATIVE ? 0.1 : 0;
            default -> omitted ? h : h * (1 - h);
        };
    }

    private static double ofRow(double[] z, int truth, Numbers a) {
        boolean f = a.isFloatForward();
        if (a == Numbers.DOUBLE_NAIVE || a.isClipped()) {
            double max = a == Numbers.DOUBLE_NAIVE || z.length == 1 ? 0 : Arrays.stream(z).max().orElseThrow();
            double[] e = Arrays.stream(z).map(v -> Math.exp(v - max)).toArray();
            double p = z.length > 1 ? e[truth] / Arrays.stream(e).sum()
                    : a.isClipped() ? truth == 1 ? 1 / (1 + Math.exp(-z[0])) : 1 - 1 / (1 + Math.exp(-z[0]))
                    : truth == 1 ? e[0] / (1 + e[0]) : 1 - e[0] / (1 + e[0]);
            if (a == Numbers.FLOAT_RESULT) {
                return (float) -Math.log(Math.max((float) 1e-7, Math.min((float) p, (float) (1 - 1e-7))));
            }
            return -Math.log(a.isClipped() ? Math.max(1e-7, Math.min(p, 1 - 1e-7)) : p);
        }
        if (z.length == 1) {
            double s = truth == 0 ? z[0] : -z[0];
            return round(Math.max(s, 0) + round(Math.log1p(round(Math.exp(-Math.abs(s)), f)), f), f);
        }
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = 0;
        for (double v : z) {
            sum = round(sum + round(Math.exp(round(v - max, f)), f), f);
        }
        return round(round(max + round(Math.log(sum), f), f) - z[truth], f);
    }

    /** The gradient in double, with a bug of the backward pass or none. */
    double[] gradient(double[] w, Case.Bug bug) {
        double[] g = new double[w.length];
        int m = c.y.length;
        int last = c.isDeep() ? 2 : 0;
        for (int i = 0; i < m; i++) {
            double[] hidden = c.isDeep() ? new double[c.blocks.get(1).size()] : null;
            double[] error = error(logits(w, i, false, hidden), c.y[i], bug);
            Arrays.setAll(error, j -> error[j] / m);
            double[] input = c.isDeep() ? hidden : c.data.x()[i];
            add(g, last, input, error);
            if (c.isDeep()) {
                double[] back = new double[hidden.length];
                for (int h = 0; h < hidden.length; h++) {
                    for (int j = 0; j < error.length; j++) {
                        back[h] += error[j] * w[c.blocks.get(2).from() + h * error.length + j];
                    }
                    back[h] *= slope(hidden[h], bug);
                }
                add(g, 0, c.data.x()[i], back);
            }
        }
        for (Part block : c.blocks) {
            boolean summed = bug == Case.Bug.MISSING_MEAN || bug == Case.Bug.LAYER_SUM && block == c.blocks.get(last);
            double decay = !block.isMatrix() || bug == Case.Bug.L2_MISSING ? 0 : c.l2 * (bug == Case.Bug.L2_DOUBLED ? 2 : 1);
            block.entries().forEach(i -> g[i] = (bug == Case.Bug.SIGN ? -1 : 1) * (g[i] * (summed ? m : 1) + decay * w[i]));
        }
        return g;
    }

    private double[] error(double[] z, int truth, Case.Bug bug) {
        int k = z.length;
        int label = bug != Case.Bug.LABELS_SHIFTED ? truth : k == 1 ? 1 - truth : (truth + 1) % k;
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = Arrays.stream(z).map(v -> Math.exp(v - max)).sum();
        double sign = bug == Case.Bug.ERROR_SWAPPED ? -1 : 1;
        double[] error = new double[k];
        for (int j = 0; j < k; j++) {
            double p = k == 1 ? z[0] >= 0 ? 1 / (1 + Math.exp(-z[0])) : Math.exp(z[0]) / (1 + Math.exp(z[0]))
                    : Math.exp(z[j] - max) / sum;
            error[j] = sign * (p - (k == 1 ? label : j == label ? 1 : 0));
        }
        return error;
    }

    private void add(double[] g, int tensor, double[] input, double[] error) {
        for (int j = 0; j < error.length; j++) {
            for (int d = 0; d < input.length; d++) {
                g[c.blocks.get(tensor).from() + d * error.length + j] += input[d] * error[j];
            }
            g[c.blocks.get(tensor + 1).from() + j] += error[j];
        }
    }

    private static double round(double x, boolean f) {
        return f ? (float) x : x;
    }

    /** Pairwise, as NumPy sums. */
    private static double sum(double[] x, int from, int to, boolean f) {
        if (to - from <= 8) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum = round(sum + x[i], f);
            }
            return sum;
        }
        int middle = (from + to) >>> 1;
        return round(sum(x, from, middle, f) + sum(x, middle, to, f), f);
    }
}
