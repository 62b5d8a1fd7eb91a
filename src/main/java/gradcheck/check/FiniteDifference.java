package gradcheck.check;

import gradcheck.base.Doubles;
import gradcheck.base.OneThread;
import gradcheck.base.Require;
import gradcheck.model.Parameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numeric gradients: each weight is moved a step, and the loss says how much it changed.
 *
 * <p>The result is always DOUBLE and of the shape of the weights. The array of weights is never touched: the loss is given a
 * fresh copy at each evaluation. Quotients are taken with the step as given, as textbooks do. A loss that is NaN or infinite
 * makes the entry NaN or infinite; an exception of the loss reaches the caller as it is.
 *
 * <p>Every method throws an {@link IllegalArgumentException} when the weights are empty, not FLOAT or DOUBLE, NaN or infinite;
 * when the step is not a finite number above 0, or so small that a weight plus the step is the weight itself; and when the loss
 * does not react to any weight, however far it is moved.
 */
public final class FiniteDifference {
    private FiniteDifference() {
    }

    /**
     * Returns (J(w + h) - J(w)) / h for each weight; the truncation error is proportional to h. Source: Press et al.,
     * Numerical Recipes, section 5.7.
     *
     * @param loss J, a function of weights that have the shape and data type of {@code at}
     * @param at the weights w, any shape
     * @param step h
     */
    public static INDArray forward(ToDoubleFunction<INDArray> loss, INDArray at, double step) {
        return differences(loss, at, step, new double[] {0, 1}, new double[] {-1, 1}, step);
    }

    /**
     * Returns (J(w + h) - J(w - h)) / (2 h) for each weight; the truncation error is proportional to h^2. Source: Press et al.,
     * Numerical Recipes, section 5.7.
     *
     * @param loss J, a function of weights that have the shape and data type of {@code at}
     * @param at the weights w, any shape
     * @param step h
     */
    public static INDArray central(ToDoubleFunction<INDArray> loss, INDArray at, double step) {
        return differences(loss, at, step, new double[] {-1, 1}, new double[] {-1, 1}, 2 * step);
    }

    /**
     * Returns (J(w - 2h) - 8 J(w - h) + 8 J(w + h) - J(w + 2h)) / (12 h) for each weight; the truncation error is proportional to h^4.
     * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, table 25.2.
     *
     * @param loss J, a function of weights that have the shape and data type of {@code at}
     * @param at the weights w, any shape
     * @param step h
     */
    public static INDArray fourPoint(ToDoubleFunction<INDArray> loss, INDArray at, double step) {
        return differences(loss, at, step, new double[] {-2, -1, 1, 2}, new double[] {1, -8, 8, -1}, 12 * step);
    }

    /**
     * Returns ||a - b|| / (||a|| + ||b||), the relative error of a gradient check: from 0 (equal) to 1.
     *
     * <p>Two gradients of zeros have the error 0; NaN or infinity in either gives NaN. The two may be of different types, since
     * a numeric gradient is DOUBLE even where the analytic one is FLOAT.
     *
     * @param a any shape, FLOAT or DOUBLE
     * @param b the same shape
     * @throws IllegalArgumentException if the shapes differ, or an array is empty or of another type
     */
    public static double relativeError(INDArray a, INDArray b) {
        Require.floating("a", a);
        Require.shape("b", Require.floating("b", b), "that of a", a.shape());
        return relativeError(Doubles.of(a), Doubles.of(b));
    }

    /**
     * Returns the relative error of all tensors together: ||a - b|| / (||a|| + ||b||) over all their entries.
     *
     * @throws IllegalArgumentException if names, order or shapes differ
     */
    public static double relativeError(Parameters a, Parameters b) {
        Require.that(a.names().stream().toList().equals(b.names().stream().toList()), "b", "the tensors of a, " + a.names(),
                b.names(), "name the tensors of a gradient as the model does, in the same order");
        a.names().forEach(name -> Require.shape(name, b.get(name), "that of the other one", a.get(name).shape()));
        return relativeError(Doubles.of(a.flatten()), Doubles.of(b.flatten()));
    }

    private static double relativeError(double[] a, double[] b) {
        double difference = 0;
        double normA = 0;
        double normB = 0;
        for (int i = 0; i < a.length; i++) {
            difference = Math.hypot(difference, a[i] - b[i]);
            normA = Math.hypot(normA, a[i]);
            normB = Math.hypot(normB, b[i]);
        }
        return normA == 0 && normB == 0 ? 0 : difference / (normA + normB);
    }

    private static INDArray differences(ToDoubleFunction<INDArray> loss, INDArray at, double step, double[] places, double[] factors,
            double divisor) {
        Require.that(loss != null, "loss", "a function of the weights", "null", "write w -> loss(w)");
        Require.finite("weights", at);
        Require.that(step > 0 && Double.isFinite(step), "step", "a finite number above 0", step, "1e-5 suits a float64 loss");
        requireMoves(at, step);
        return OneThread.during(() -> moving(loss, at, step, places, factors, divisor));
    }

    private static INDArray moving(ToDoubleFunction<INDArray> loss, INDArray at, double step, double[] places, double[] factors,
            double divisor) {
        double[] weights = Doubles.of(at);
        double[] numeric = new double[weights.length];
        for (int i = 0; i < numeric.length; i++) {
            double sum = 0;
            for (int k = 0; k < places.length; k++) {
                sum += factors[k] * loss.applyAsDouble(moved(at, i, weights[i] + places[k] * step));
            }
            numeric[i] = sum / divisor;
        }
        if (Arrays.stream(numeric).allMatch(value -> value == 0)) {
            requireReaction(loss, at, weights);
        }
        return Nd4j.create(numeric, at.shape(), 'c');
    }

    /** A copy of the weights with one entry set: a value is put in its place, so nothing has to be added and taken away again. */
    private static INDArray moved(INDArray at, int i, double value) {
        return at.dup('c').putScalar(i, value);
    }

    /** Requires a step that changes every weight in the weights' own data type; the first that it does not change is named. */
    static void requireMoves(INDArray at, double step) {
        double[] weights = Doubles.of(at);
        int lost = lostIn(weights, at.dataType(), step);
        if (lost >= 0) {
            double spacing = at.dataType() == DataType.FLOAT ? Math.ulp((float) weights[lost]) : Math.ulp(weights[lost]);
            Require.that(false, "step", "one that moves every weight", step + ", but weight " + Require.entry(lost, at.shape())
                    + " = " + weights[lost] + " plus or minus it is the same " + at.dataType() + " number",
                    "take a larger one, such as " + String.format(Locale.ROOT, "%.0e", 4 * spacing));
        }
    }

    /** Returns whether each weight, moved by the step in either direction, is another number of that data type. */
    static boolean movesEveryWeight(INDArray at, double step) {
        return lostIn(Doubles.of(at), at.dataType(), step) < 0;
    }

    /** The first weight that the step does not move, or -1. */
    private static int lostIn(double[] weights, DataType type, double step) {
        for (int i = 0; i < weights.length; i++) {
            if (cast(weights[i] + step, type) == weights[i] || cast(weights[i] - step, type) == weights[i]) {
                return i;
            }
        }
        return -1;
    }

    private static double cast(double value, DataType type) {
        return type == DataType.FLOAT ? (float) value : value;
    }

    /** All differences are zero: a rounded loss can do that at a small step, but a loss that uses its argument reacts to a large one. */
    private static void requireReaction(ToDoubleFunction<INDArray> loss, INDArray at, double[] weights) {
        double here = loss.applyAsDouble(at.dup('c'));
        double size = Math.max(1, at.norm2Number().doubleValue());
        boolean still = true;
        for (int i = 0; i < at.length() && still; i++) {
            still = loss.applyAsDouble(moved(at, i, weights[i] + size)) == here
                    && loss.applyAsDouble(moved(at, i, weights[i] - size)) == here;
        }
        Require.that(!still, "loss", "one that reacts to the weights", here + " wherever each weight is moved",
                "let the loss use its argument: w -> loss(w), not w -> loss(W)");
    }
}
