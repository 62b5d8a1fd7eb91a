package gradcheck.check;

import gradcheck.model.FastLoss;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * The evaluations of the loss at flat weights: they are counted, end when the thread that checks is interrupted, and refuse NaN and
 * infinity.
 *
 * @param function the loss, the fast form of it where there is one
 * @param plain the same loss as it is otherwise computed
 * @param fast where the fast form comes from, or null
 * @param center the weights near which it is fast
 */
record Evaluations(ToDoubleFunction<double[]> function, ToDoubleFunction<double[]> plain, FastLoss fast, double[] center,
        AtomicInteger count, Thread caller, Workers workers) {
    /** Of any loss, called on the thread that checks, one evaluation after the other. */
    static Evaluations of(ToDoubleFunction<double[]> loss) {
        return new Evaluations(loss, loss, null, null, new AtomicInteger(), Thread.currentThread(), new Workers(false));
    }

    /** Of a loss that several threads may call, fast near these weights. */
    static Evaluations of(FastLoss fast, double[] center, ToDoubleFunction<double[]> plain) {
        return new Evaluations(fast.near(center), plain, fast, center.clone(), new AtomicInteger(), Thread.currentThread(),
                new Workers(true));
    }

    /** Returns the same evaluations, counted together, of the loss made fast near these weights. */
    Evaluations near(double[] weights) {
        return fast == null || Arrays.equals(weights, center) ? this
                : new Evaluations(fast.near(weights), plain, fast, weights.clone(), count, caller, workers);
    }

    double at(double[] weights) {
        return counted(function, weights);
    }

    /** The loss at each of these weights. */
    double[] at(double[]... weights) {
        double[] values = new double[weights.length];
        workers.run(weights.length, i -> values[i] = at(weights[i]));
        return values;
    }

    /** The loss once more, where it has a fast form in the plain one. */
    double again(double[] weights) {
        return counted(plain, weights);
    }

    private double counted(ToDoubleFunction<double[]> form, double[] weights) {
        if (caller.isInterrupted()) {
            throw new CancellationException("the check was interrupted after " + count + " evaluations of the loss");
        }
        count.incrementAndGet();
        double value = form.applyAsDouble(weights);
        if (!Double.isFinite(value)) {
            throw new NotFinite(value, weights);
        }
        return value;
    }
}
