package gradcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;

/** The loss as a function of the flat weights: counts the calls, ends them when the thread is interrupted, refuses NaN and infinity. */
final class CountedLoss {
    private static final int REMEMBERED = 64;

    private final ToDoubleFunction<double[]> function;
    private final List<Double> first = new ArrayList<>();
    private int calls;
    private long fastest = Long.MAX_VALUE;

    CountedLoss(ToDoubleFunction<double[]> function) {
        this.function = function;
    }

    /** Where the loss was NaN or infinite, and which of the two. */
    static final class NotFinite extends ArithmeticException {
        private static final long serialVersionUID = 1;
        private final double value;
        private final transient double[] weights;

        NotFinite(double value, double[] weights) {
            this.value = value;
            this.weights = weights;
        }

        double value() {
            return value;
        }

        double[] weights() {
            return weights;
        }
    }

    double at(double[] weights) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the check was interrupted after " + calls + " evaluations of the loss");
        }
        calls++;
        long start = System.nanoTime();
        double value = function.applyAsDouble(weights);
        fastest = Math.min(fastest, System.nanoTime() - start);
        if (!Double.isFinite(value)) {
            throw new NotFinite(value, weights);
        }
        if (first.size() < REMEMBERED) {
            first.add(value);
        }
        return value;
    }

    int calls() {
        return calls;
    }

    /** The time of the fastest call: unlike a mean it hardly depends on what else the machine does. */
    double fastestSeconds() {
        return fastest * 1e-9;
    }

    /** Whether the first values were all the same. */
    boolean isConstant() {
        return first.stream().allMatch(value -> value.doubleValue() == first.get(0));
    }

    /** Whether the first values were all float32 numbers. */
    boolean isSingle() {
        return first.stream().allMatch(value -> (float) value.doubleValue() == value);
    }
}
