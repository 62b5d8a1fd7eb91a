package gradcheck.check;

import gradcheck.base.OneThread;
import gradcheck.base.Require;
import gradcheck.model.Parameters;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks whether a matrix [m x n] is the Jacobian of a function from n weights to m numbers, such as residuals; the Hessian of a loss
 * is the Jacobian of its gradient.
 *
 * <p>The way: two random combinations of the m numbers are losses whose gradient a {@link GradientCheck} judges; where one is not
 * right, rows are judged on their own. The function and the Jacobian are called with fresh copies of the weights, on the caller's
 * thread. A check never changes. {@link GradientCheck#jacobian} makes one.
 *
 * @param <T> what the weights are
 * @param <J> what the Jacobian is
 */
public final class JacobianCheck<T, J> {
    private final double[] at;
    private final Function<double[], double[]> function;
    private final Function<double[], T> own;
    private final BiFunction<J, Integer, double[]> flat;
    private final boolean everyRow;

    /** @param flat the numbers of a Jacobian of that many rows, row after row */
    JacobianCheck(double[] at, Function<double[], double[]> function, Function<double[], T> own, BiFunction<J, Integer, double[]> flat,
            boolean everyRow) {
        this.at = at;
        this.function = function;
        this.own = own;
        this.flat = flat;
        this.everyRow = everyRow;
    }

    /** The same of other types. */
    <S, K> JacobianCheck<S, K> of(Function<T, S> weights, Function<K, J> jacobian) {
        return new JacobianCheck<>(at, function, own.andThen(weights), (k, m) -> flat.apply(k == null ? null : jacobian.apply(k), m),
                everyRow);
    }

    /** Returns this check, looking at every row on its own: some 2.5 m n evaluations of the function. */
    public JacobianCheck<T, J> everyParameter() {
        return new JacobianCheck<>(at, function, own, flat, true);
    }

    /**
     * Returns the report on a Jacobian given as a function of the weights, the way that can end in WRONG. Its only tensor is called
     * {@code jacobian}.
     *
     * @param jacobian is given a copy of the weights and returns [m x n]: row i holds the derivatives of number i. Where it is NaN although
     *     the function is finite it is WRONG
     * @throws IllegalArgumentException if it has another shape, or if the function at the weights is NaN or infinite
     */
    public GradientReport check(Function<? super T, ? extends J> jacobian) {
        Require.that(jacobian != null, "jacobian", "a function of the weights", "null", "write w -> jacobian(w)");
        return run(jacobian, null);
    }

    /** Returns the report on a Jacobian [m x n] given as numbers; whatever disagrees is CANNOT_TELL. */
    public GradientReport check(J jacobian) {
        Require.that(jacobian != null, "jacobian", "the Jacobian at the weights", "null", "pass it, or write w -> jacobian(w)");
        return run(null, jacobian);
    }

    private GradientReport run(Function<? super T, ? extends J> jacobian, J given) {
        long start = System.nanoTime();
        return OneThread.during(() -> {
            AtomicInteger count = new AtomicInteger();
            UnaryOperator<double[]> counted = w -> {
                count.incrementAndGet();
                return function.apply(w);
            };
            double[] value = counted.apply(at.clone());
            UnaryOperator<double[]> rows = jacobian == null ? null : w -> flat.apply(jacobian.apply(own.apply(w)), value.length);
            double[] claimed = jacobian == null ? flat.apply(given, value.length) : rows.apply(at.clone());
            Layout matrix = new Layout(Parameters.of("jacobian", Nd4j.zeros(DataType.DOUBLE, value.length, at.length)));
            matrix.finite("function", value);
            Conclusion conclusion = new Rows(at, value, claimed, counted, rows, matrix).conclusion(everyRow);
            return new GradientReport(conclusion, Double.NaN, count.get(), (System.nanoTime() - start) * 1e-9);
        });
    }
}
