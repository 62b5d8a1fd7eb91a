package gradcheck.check;

import gradcheck.base.Require;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The relative error of a numeric gradient for many steps: the V-curve, truncation on its right, round-off on its left.
 * Source: Press et al., Numerical Recipes, section 5.7.
 */
public final class StepSweep {
    private final double[] steps;
    private final double[] errors;

    private StepSweep(double[] steps, double[] errors) {
        this.steps = steps;
        this.errors = errors;
    }

    /** One of the formulas of {@link FiniteDifference}, such as {@code FiniteDifference::central}. */
    @FunctionalInterface
    public interface Formula {
        /** Returns the numeric gradient of the loss at the weights, for this step. */
        INDArray gradient(ToDoubleFunction<INDArray> loss, INDArray at, double step);
    }

    /**
     * Returns the relative error for each of the steps; those too small to move every weight are left out.
     *
     * @param formula which difference
     * @param loss a function of weights that have the shape and data type of {@code at}
     * @param at the weights, any shape
     * @param gradient the analytic gradient, of the same shape
     * @param steps finite and above 0
     * @throws IllegalArgumentException as the formula, or if no step is left
     */
    public static StepSweep of(Formula formula, ToDoubleFunction<INDArray> loss, INDArray at, INDArray gradient, double... steps) {
        Require.finite("weights", at);
        double[] kept = Arrays.stream(steps).filter(h -> !(h > 0) || FiniteDifference.movesEveryWeight(at, h)).sorted().toArray();
        Require.that(kept.length > 0, "steps", "at least one that moves every weight", Arrays.toString(steps),
                "take larger steps: StepSweep.steps(-10, -1, 4)");
        double[] errors = Arrays.stream(kept).map(h -> FiniteDifference.relativeError(gradient, formula.gradient(loss, at, h))).toArray();
        return new StepSweep(kept, errors);
    }

    /**
     * Returns steps from 10^from to 10^to, evenly spaced on a log axis.
     *
     * @param from exponent of the smallest step
     * @param to exponent of the largest, above {@code from}
     * @param perDecade how many steps from one power of ten to the next, at least 1
     * @throws IllegalArgumentException if the range is empty
     */
    public static double[] steps(int from, int to, int perDecade) {
        Require.that(from < to && perDecade >= 1, "from, to, perDecade", "from < to and perDecade at least 1",
                from + ", " + to + ", " + perDecade, "for 1e-10 to 0.1 with four steps a decade: steps(-10, -1, 4)");
        return IntStream.rangeClosed(0, (to - from) * perDecade).mapToDouble(i -> Math.pow(10, from + (double) i / perDecade)).toArray();
    }

    /** Returns the steps, from the smallest to the largest, a copy. */
    public double[] steps() {
        return steps.clone();
    }

    /** Returns the relative errors, in the order of the steps, a copy. */
    public double[] errors() {
        return errors.clone();
    }

    /**
     * Returns the slope of log(error) over log(step) between two steps, fitted by least squares; errors of exactly 0 or NaN have
     * no logarithm and are left out.
     *
     * @throws IllegalArgumentException if fewer than two points lie between the two
     */
    public double slope(double from, double to) {
        // Half a per mille of room, so that a step such as 10^-4 is not lost to its last digit.
        int[] chosen = IntStream.range(0, steps.length)
                .filter(i -> steps[i] >= from * 0.9995 && steps[i] <= to * 1.0005 && errors[i] > 0).toArray();
        Require.that(chosen.length >= 2, "from, to", "a range with at least two steps", from + ", " + to,
                "the steps go from " + steps[0] + " to " + steps[steps.length - 1]);
        double meanX = Arrays.stream(chosen).mapToDouble(i -> Math.log(steps[i])).average().orElseThrow();
        double meanY = Arrays.stream(chosen).mapToDouble(i -> Math.log(errors[i])).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i : chosen) {
            double x = Math.log(steps[i]) - meanX;
            xy += x * (Math.log(errors[i]) - meanY);
            xx += x * x;
        }
        return xy / xx;
    }
}
