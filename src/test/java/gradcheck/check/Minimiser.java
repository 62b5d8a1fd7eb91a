package gradcheck.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Minimises a smooth function by L-BFGS with a halving step: Nocedal and Wright, Numerical Optimization, algorithm 7.4. */
final class Minimiser {
    private static final int MEMORY = 10;

    private Minimiser() {
    }

    /**
     * Returns the weights after at most so many rounds, or where the gradient in scaled weights is below 1e-6 or a round
     * gains less than 2.2e-9 of the loss, the default of SciPy's L-BFGS-B.
     */
    static double[] minimise(ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double[] weights,
            double[] scale, int rounds) {
        double[] u = map(i -> weights[i] / scale[i], weights.length);
        double[] g = scaled(gradient, u, scale);
        double value = loss.applyAsDouble(weights);
        Deque<double[][]> pairs = new ArrayDeque<>();
        for (int round = 0; round < rounds; round++) {
            if (IntStream.range(0, g.length).allMatch(maxBelow(g))) {
                break;
            }
            double[] direction = direction(g, pairs);
            double slope = dot(direction, g);
            double step = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(g, g))) : 1;
            double[] from = u;
            double[] next = null;
            double lower = Double.NaN;
            for (int halving = 0; halving < 30; halving++, step /= 2) {
                double h = step;
                next = map(i -> from[i] + h * direction[i], u.length);
                lower = loss.applyAsDouble(times(next, scale));
                if (lower <= value + 1e-4 * step * slope) {
                    break;
                }
            }
            if (!(lower < value)) {
                break;
            }
            double[] to = next;
            double[] old = g;
            double[] now = scaled(gradient, to, scale);
            double[] s = map(i -> to[i] - from[i], u.length);
            double[] y = map(i -> now[i] - old[i], u.length);
            if (dot(s, y) > 1e-12 * dot(y, y)) {
                pairs.addFirst(new double[][] {s, y});
                if (pairs.size() > MEMORY) {
                    pairs.removeLast();
                }
            }
            boolean still = value - lower <= 2.2e-9 * Math.max(1, Math.abs(value));
            u = to;
            g = now;
            value = lower;
            if (still) {
                break;
            }
        }
        return times(u, scale);
    }

    private static double[] direction(double[] g, Deque<double[][]> pairs) {
        double[] q = map(i -> -g[i], g.length);
        double[] a = new double[pairs.size()];
        int k = 0;
        for (double[][] p : pairs) {
            double factor = dot(p[0], q) / dot(p[0], p[1]);
            a[k++] = factor;
            add(q, -factor, p[1]);
        }
        if (!pairs.isEmpty()) {
            double[][] p = pairs.peekFirst();
            double size = dot(p[0], p[1]) / dot(p[1], p[1]);
            for (int i = 0; i < q.length; i++) {
                q[i] *= size;
            }
        }
        for (var backwards = pairs.descendingIterator(); backwards.hasNext();) {
            double[][] p = backwards.next();
            add(q, a[--k] - dot(p[1], q) / dot(p[0], p[1]), p[0]);
        }
        return q;
    }

    private static java.util.function.IntPredicate maxBelow(double[] g) {
        return i -> Math.abs(g[i]) < 1e-6;
    }

    private static double[] scaled(UnaryOperator<double[]> gradient, double[] u, double[] scale) {
        return times(gradient.apply(times(u, scale)), scale);
    }

    private static double[] times(double[] a, double[] b) {
        return map(i -> a[i] * b[i], a.length);
    }

    private static void add(double[] to, double factor, double[] of) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * of[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[] map(java.util.function.IntToDoubleFunction f, int n) {
        return IntStream.range(0, n).mapToDouble(f).toArray();
    }
}
