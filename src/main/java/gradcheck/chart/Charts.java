package gradcheck.chart;

import static gradcheck.chart.Axis.Kind.LINEAR;
import static gradcheck.chart.Axis.Kind.LOG;
import static gradcheck.chart.Axis.Kind.WHOLE;

import gradcheck.base.Require;
import gradcheck.chart.Plot.Draw;
import gradcheck.check.GradientReport;
import gradcheck.check.StepSweep;
import gradcheck.data.Dataset;
import gradcheck.model.Metrics;
import gradcheck.model.Progress;
import gradcheck.model.Training;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pictures of the lessons, one method a picture. Each returns 800 x 450 pixels and starts with the title, which states
 * what the lesson found and is folded into at most three lines. In all of them NaN and infinite values are left out; on a
 * logarithmic axis an exact zero is drawn as a hollow mark at the edge, where the tick reads 0, and the legend says so. What
 * cannot be drawn throws an IllegalArgumentException with the argument, the rule, the value and the remedy: a blank or too
 * long title, no values, arrays of unequal lengths, negative values on a logarithmic axis, more than four series.
 */
public final class Charts {
    private static final String ERROR = "relative error";

    private Charts() {
    }

    /**
     * Returns the loss near one weight, with its tangent and the secant through {@code at - step} and {@code at + step}.
     *
     * @param loss the loss J(w), drawn over {@code at} ± 2.5 steps
     * @param slope the slope of the tangent: the analytic gradient
     * @param at the weight
     * @param step the step, above 0
     */
    public static BufferedImage secant(String title, DoubleUnaryOperator loss, double slope, double at, double step) {
        Require.that(step > 0 && Double.isFinite(at + step), "step", "a number above 0", step, "try 0.5");
        return Functions.secant(title, loss, slope, at, step);
    }

    /**
     * Returns the analytic gradient (circles) and the numeric one (crosses in them), entry by entry.
     *
     * @param analytic the gradient by formula, of any shape; its entries are counted from 1, row by row
     * @param numeric the gradient by differences, of the same shape
     */
    public static BufferedImage gradients(String title, INDArray analytic, INDArray numeric) {
        Require.floating("analytic", analytic);
        Require.shape("numeric", Require.floating("numeric", numeric), "that of analytic", analytic.shape());
        double[] entries = IntStream.rangeClosed(1, (int) analytic.length()).asDoubleStream().toArray();
        return new Plot(title, new Axis(WHOLE, "entry of the gradient"), new Axis(LINEAR, "value"))
                .add("analytic", Draw.RINGS, entries, analytic.dup('c').data().asDouble())
                .add("numeric", Draw.CROSSES, entries, numeric.dup('c').data().asDouble()).image();
    }

    /**
     * Returns loss (left axis) and accuracy (right axis) against the step of the training.
     *
     * @param training losses and accuracies of every step; accuracies between 0 and 1
     */
    public static BufferedImage training(String title, Training training) {
        double[] steps = count(training.losses(), "losses");
        sameLength("accuracies", training.accuracies(), "losses", steps);
        Axis accuracy = new Axis(LINEAR, "accuracy (share of rows)").include(0, 1);
        return new Plot(title, new Axis(WHOLE, "step of the training"), new Axis(LINEAR, "loss").include(0))
                .add("loss (left axis)", Draw.LINE, steps, training.losses())
                .add("accuracy (right axis)", accuracy, Draw.LINE, steps, training.accuracies()).image();
    }

    /**
     * Returns loss (left axis) and accuracy (right axis) on training and held-out data against the epoch. The axis of the epochs
     * has room for all that are planned, so that the pictures of a training that goes on can replace one another.
     *
     * @param progress accuracies between 0 and 1
     */
    public static BufferedImage training(String title, Progress progress) {
        Require.that(progress != null, "progress", "what was seen so far", "null", "pass the progress of a training");
        return TrainingChart.of(title, progress);
    }

    /**
     * Returns the relative errors of several checks, as dots over the number of the start.
     *
     * @param errors one to four series by name, drawn in this order; errors of starts 0, 1, ..., not negative
     */
    public static BufferedImage errorsByStart(String title, Map<String, double[]> errors) {
        Plot plot = new Plot(title, new Axis(WHOLE, "number of the start"), new Axis(LOG, ERROR));
        upToFour("errors", errors).forEach((name, series) -> plot.add(name, Draw.DOTS, count(series, name), series));
        return plot.image();
    }

    /**
     * Returns how losses change near the weight, with the three places that a central difference looks at.
     *
     * @param losses one to four losses by name, each of the offset from the weight; later ones are drawn over earlier ones
     * @param reach the largest offset, above 0
     * @param step the step of the difference, above 0 and at most {@code reach}
     */
    public static BufferedImage walk(String title, Map<String, DoubleUnaryOperator> losses, double reach, double step) {
        Require.that(reach > 0 && Double.isFinite(reach), "reach", "a number above 0", reach, "try 10 steps");
        Require.that(step > 0 && step <= reach, "step", "a number above 0 and at most reach", step, "widen reach");
        return Functions.walk(title, upToFour("losses", losses), reach, step);
    }

    /**
     * Returns how many entries have each whole number, as bars.
     *
     * @param quantity what the numbers count, for the axis
     * @param values at least one number; beyond 60 different bars neighbours share one, and the axis says how many
     */
    public static BufferedImage counts(String title, String quantity, long[] values) {
        Require.that(values.length > 0, "values", "at least one", "none", "pass the numbers to count");
        long least = Arrays.stream(values).min().getAsLong();
        long range = Arrays.stream(values).max().getAsLong() - least;
        Require.that(range >= 0, "values", "a range below 2^63", "one from " + least, "leave outliers out");
        long width = Math.max(1, range / 60 + 1);
        double[] bars = new double[(int) (range / width) + 1];
        Arrays.stream(values).forEach(value -> bars[(int) ((value - least) / width)]++);
        // Four corners a bar. Room at both ends keeps a single bar from filling the picture.
        double[] xs = IntStream.range(0, bars.length).mapToDouble(i -> least + i * width + (width - 1) / 2.0)
                .flatMap(middle -> DoubleStream.of(-0.4, -0.4, 0.4, 0.4).map(side -> middle + side * width)).toArray();
        double[] ys = Arrays.stream(bars).flatMap(bar -> DoubleStream.of(0, bar, bar, 0)).toArray();
        Axis numbers = new Axis(WHOLE, quantity + (width == 1 ? "" : " (bars of " + width + ")"))
                .include(xs[0] - 0.6 * width, xs[xs.length - 1] + 0.6 * width);
        return new Plot(title, numbers, new Axis(WHOLE, "number of entries")).add(null, Draw.BARS, xs, ys).image();
    }

    /**
     * Returns measured relative errors against predicted ones, with the diagonal where both are the same.
     *
     * @param predicted the errors that were predicted, not negative
     * @param measured the errors that were found, in the same order, not negative
     */
    public static BufferedImage measuredAgainstPredicted(String title, double[] predicted, double[] measured) {
        count(predicted, "predicted");
        sameLength("measured", measured, "predicted", predicted);
        Axis x = new Axis(LOG, "predicted relative error").include(predicted).include(measured);
        Axis y = new Axis(LOG, "measured relative error").include(predicted).include(measured);
        double[] diagonal = {1e-300, 1e300};
        return new Plot(title, x, y).reference("measured = predicted", diagonal, diagonal)
                .add("one check", Draw.DOTS, predicted, measured).image();
    }

    /**
     * Returns relative errors over the number of rows that a loss clipped, as dots.
     *
     * @param clippedRows the number of clipped rows of each check
     * @param errors the relative errors of the same checks, not negative
     */
    public static BufferedImage errorsByClippedRows(String title, int[] clippedRows, double[] errors) {
        double[] rows = Arrays.stream(clippedRows).asDoubleStream().toArray();
        count(rows, "clippedRows");
        sameLength("errors", errors, "clippedRows", rows);
        return new Plot(title, new Axis(WHOLE, "clipped rows"), new Axis(LOG, ERROR)).add(null, Draw.DOTS, rows, errors).image();
    }

    /**
     * Returns the relative error over the step, which has the form of a V: round-off on the left, truncation on the right.
     *
     * @param sweeps one to four sweeps by name, drawn in this order
     * @param slopes slopes to compare with (-1 is round-off, 2 the truncation of a central difference), each a dashed line
     *     beside the stretch of two decades that fits it best; left out where no curve has two nonzero errors
     */
    public static BufferedImage steps(String title, Map<String, StepSweep> sweeps, double... slopes) {
        Map<String, double[][]> curves = new LinkedHashMap<>();
        upToFour("sweeps", sweeps).forEach((name, sweep) -> curves.put(name, new double[][] {sweep.steps(), sweep.errors()}));
        return Curves.steps(title, curves, slopes);
    }

    /**
     * Returns the evidence of a report: where the loss is coarse or a step was asked for, the error that each step must show even
     * for a perfect gradient; else the gradient (circles) and what the loss says (crosses), with bars for what noise and step leave
     * open where they can be seen. Of more than 60 entries, those that differ most are drawn.
     */
    public static BufferedImage of(GradientReport report) {
        Require.that(report != null, "report", "a report", "null", "GradientCheck.of(loss, weights).check(w -> gradient(w))");
        return ReportChart.of(report);
    }

    /**
     * Returns plain functions of one number as lines; a line ends where its function is NaN or infinite.
     *
     * @param xName the name of the argument, with its symbol and unit
     * @param yName the name of the value
     * @param functions one to four functions by name, drawn in this order
     * @param from the smallest argument
     * @param to the largest argument, above {@code from}
     */
    public static BufferedImage curve(String title, String xName, String yName, Map<String, DoubleUnaryOperator> functions,
            double from, double to) {
        Require.that(from < to && Double.isFinite(to - from), "to", "a number above from, " + from, to, "swap them");
        return Functions.curve(title, xName, yName, upToFour("functions", functions), from, to);
    }

    /**
     * Returns the confusion matrix: true classes from top to bottom, predicted ones from left to right, and the number of rows in
     * each cell. Right predictions are blue, mistakes vermilion, the darker, the larger the share of their true class.
     *
     * @param metrics the metrics of 2 to 20 classes
     * @param classNames the names of these classes, in the order of their numbers
     */
    public static BufferedImage confusion(String title, Metrics metrics, List<String> classNames) {
        int[][] counts = metrics.confusionMatrix();
        Require.that(counts.length <= 20, "metrics", "at most 20 classes", counts.length, "draw fewer");
        Require.that(classNames.size() == counts.length, "classNames", counts.length + " names, one for each class",
                classNames.size() + ": " + classNames, "pass those of the data set: data.classNames()");
        return Confusion.of(title, counts, classNames);
    }

    /**
     * Returns small grey pictures with the class that each was read as: "7" where that is right, and where it is wrong, in a
     * vermilion frame, "7 read as 9".
     *
     * @param digits at most 20 square pictures, such as [n x 64] for 8 x 8 pixels, from 0 (white) to 1 (black)
     * @param predicted the number of the class that each was read as [n]
     */
    public static BufferedImage pictures(String title, Dataset digits, int[] predicted) {
        return Pictures.of(title, digits, predicted);
    }

    private static double[] count(double[] values, String name) {
        Require.that(values.length > 0, name, "at least one value", "none", "run the check first");
        return IntStream.range(0, values.length).asDoubleStream().toArray();
    }

    private static void sameLength(String name, double[] values, String other, double[] others) {
        Require.that(values.length == others.length, name, others.length + " values, as many as " + other, values.length,
                "pass one for each");
    }

    private static <T> Map<String, T> upToFour(String name, Map<String, T> series) {
        Require.that(!series.isEmpty() && series.size() <= 4, name, "1 to 4 series", series.size(), "draw a second picture");
        return series;
    }
}
