package gradcheck.check;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Gradient checks with a fixed step and a fixed tolerance, each at its defaults, as a rule on the black box. */
enum FixedRule {
    /**
     * ||g - J|| / (||g|| + ||J||) below 1e-7 with a central step of 1e-7: Andrew Ng's course, and the question that began
     * it all.
     */
    QUESTION {
        @Override
        boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32) {
            double[] numeric = central(loss, w, 1e-7);
            double apart = Inside.norm(IntStream.range(0, w.length).mapToDouble(i -> g[i] - numeric[i]).toArray());
            return apart <= 1e-7 * (Inside.norm(g) + Inside.norm(numeric));
        }
    },
    /**
     * |g_i - J_i| at most 1e-5 + 1e-3 |J_i| with a central step of 1e-6: torch.autograd.gradcheck, eps, atol and rtol as
     * documented.
     */
    PYTORCH {
        @Override
        boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32) {
            double[] numeric = central(loss, w, 1e-6);
            return IntStream.range(0, w.length).allMatch(i -> Math.abs(g[i] - numeric[i]) <= 1e-5
                    + 1e-3 * Math.abs(numeric[i]));
        }
    },
    /**
     * |g v - D| at most t + t |D| along one normal direction v, step 1e-4, t = 1e-5, in float32 2e-3:
     * jax.test_util.check_grads, EPS and
     * default_gradient_tolerance of public_test_util.py.
     */
    JAX {
        @Override
        boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32) {
            Random random = new Random(0);
            double[] v = IntStream.range(0, w.length).mapToDouble(i -> random.nextGaussian()).toArray();
            double[] plus = IntStream.range(0, w.length).mapToDouble(i -> w[i] + 1e-4 * v[i]).toArray();
            double[] minus = IntStream.range(0, w.length).mapToDouble(i -> w[i] - 1e-4 * v[i]).toArray();
            double numeric = (loss.applyAsDouble(plus) - loss.applyAsDouble(minus)) / 2e-4;
            double claimed = IntStream.range(0, w.length).mapToDouble(i -> g[i] * v[i]).sum();
            double tolerance = float32 ? 2e-3 : 1e-5;
            return Math.abs(claimed - numeric) <= tolerance + tolerance * Math.abs(numeric);
        }
    },
    /**
     * ||g - J|| below 1.5e-7 with a forward step of 1.49e-8: scipy.optimize.check_grad names no threshold; this is that of
     * its own test
     * (assert_almost_equal(r, 0), seven decimals).
     */
    SCIPY {
        @Override
        boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32) {
            double step = Math.sqrt(Math.ulp(1.0));
            double here = loss.applyAsDouble(w);
            return Inside.norm(IntStream.range(0, w.length)
                    .mapToDouble(i -> g[i] - (moved(loss, w, i, step) - here) / step).toArray()) < 1.5e-7;
        }
    },
    /**
     * |g_i - J_i| / (|g_i| + |J_i|) at most 1e-3, or |g_i - J_i| below 1e-8, with a central step of 1e-6: DL4J's
     * GradientCheckUtil with the constants
     * of its own GradientCheckTests.
     */
    DL4J {
        @Override
        boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32) {
            double[] numeric = central(loss, w, 1e-6);
            return IntStream.range(0, w.length).allMatch(i -> {
                double apart = Math.abs(g[i] - numeric[i]);
                return apart == 0 || apart < 1e-8 || apart / (Math.abs(g[i]) + Math.abs(numeric[i])) <= 1e-3;
            });
        }
    };

    /** Whether the rule takes g for the gradient of the loss at w; {@code float32}: the result of the loss is float32. */
    abstract boolean accepts(ToDoubleFunction<double[]> loss, double[] w, double[] g, boolean float32);

    private static double[] central(ToDoubleFunction<double[]> loss, double[] w, double step) {
        return IntStream.range(0, w.length).mapToDouble(i -> (moved(loss, w, i, step) - moved(loss, w, i,
                -step)) / (2 * step)).toArray();
    }

    private static double moved(ToDoubleFunction<double[]> loss, double[] w, int i, double step) {
        double[] moved = w.clone();
        moved[i] += step;
        return loss.applyAsDouble(moved);
    }
}
