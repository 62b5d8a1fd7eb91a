package gradcheck.check;

import gradcheck.model.FastLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The loss as a function of the flat weights: counts the calls, ends them when the thread that checks is interrupted, refuses NaN
 * and infinity. A {@link FastLoss} is asked from several threads at once, any other one call after the other.
 */
final class CountedLoss {
    private final FastLoss fast;
    private final double[] center;
    private final ToDoubleFunction<double[]> function;
    private final Tally tally;

    private CountedLoss(FastLoss fast, double[] center, ToDoubleFunction<double[]> function, Tally tally) {
        this.fast = fast;
        this.center = center;
        this.function = function;
        this.tally = tally;
    }

    static CountedLoss of(ToDoubleFunction<double[]> function) {
        return new CountedLoss(null, null, function, new Tally());
    }

    static CountedLoss of(FastLoss fast, double[] center) {
        return new CountedLoss(fast, center.clone(), fast.near(center), new Tally());
    }

    /** Returns the same loss, counted together, which is fast near these weights. */
    CountedLoss near(double[] weights) {
        return fast == null || Arrays.equals(weights, center) ? this
                : new CountedLoss(fast, weights.clone(), fast.near(weights), tally);
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

    /** What all calls have left behind. */
    private static final class Tally {
        private static final int REMEMBERED = 64;

        private final Thread caller = Thread.currentThread();
        private final List<Double> first = new ArrayList<>();
        private int calls;
        private long fastest = Long.MAX_VALUE;

        private synchronized void begin() {
            if (caller.isInterrupted()) {
                throw new CancellationException("the check was interrupted after " + calls + " evaluations of the loss");
            }
            calls++;
        }

        private synchronized void end(double value, long nanoseconds) {
            fastest = Math.min(fastest, nanoseconds);
            if (Double.isFinite(value) && first.size() < REMEMBERED) {
                first.add(value);
            }
        }
    }

    double at(double[] weights) {
        tally.begin();
        long start = System.nanoTime();
        double value = function.applyAsDouble(weights);
        tally.end(value, System.nanoTime() - start);
        if (!Double.isFinite(value)) {
            throw new NotFinite(value, weights);
        }
        return value;
    }

    /** The loss at each of these weights. */
    double[] at(double[]... weights) {
        double[] values = new double[weights.length];
        run(weights.length, i -> values[i] = at(weights[i]));
        return values;
    }

    /** Does independent pieces of work, each of which may call this loss: on all processors if it is a fast one, else in order. */
    void run(int pieces, IntConsumer work) {
        if (fast == null) {
            IntStream.range(0, pieces).forEach(work);
            return;
        }
        RuntimeException[] failures = new RuntimeException[pieces];
        AtomicInteger next = new AtomicInteger();
        // Whoever is free takes the next piece: another thread may need longer to wake up than a piece takes.
        IntStream.range(0, Math.min(pieces, ForkJoinPool.getCommonPoolParallelism() + 1)).parallel().forEach(thread -> {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                    work.accept(i);
                } catch (RuntimeException e) {
                    failures[i] = e;
                }
            }
        });
        Arrays.stream(failures).filter(Objects::nonNull).findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    boolean isFast() {
        return fast != null;
    }

    int calls() {
        return tally.calls;
    }

    /** The time of the fastest call: unlike a mean it hardly depends on what else the machine does. */
    double fastestSeconds() {
        return tally.fastest * 1e-9;
    }

    /** Whether the first values were all the same. */
    boolean isConstant() {
        return tally.first.stream().allMatch(value -> value.doubleValue() == tally.first.get(0));
    }

    /** Whether the first values were all float32 numbers. */
    boolean isSingle() {
        return tally.first.stream().allMatch(value -> (float) value.doubleValue() == value);
    }
}
