package gradcheck.chart;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import gradcheck.check.GradientReport;
import gradcheck.check.StepSweep;
import gradcheck.data.Dataset;
import gradcheck.model.Metrics;
import gradcheck.model.Progress;
import gradcheck.model.Training;
import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pictures of the lessons, one method a picture. Each returns 800 x 450 pixels and starts with the title, which states
 * what the lesson found and is folded into at most three lines. In all of them NaN and infinite values are left out; on a
 * logarithmic axis an exact zero is drawn as a hollow mark at the edge, where the tick reads 0, and the legend says so. What
 * cannot be drawn throws an IllegalArgumentException with the argument, the rule, the value and the remedy: a blank or too
 * long title, no values, arrays of unequal lengths, negative values on a logarithmic axis, more than four series.
 */
public final class Charts {
    private Charts() {
    }

    /**
     * Returns the loss J(w) around a weight, ± 2.5 steps, with the tangent of this slope, the analytic gradient, and the secant
     * through the places that are a step away; the step is above 0.
     */
    public static BufferedImage secant(String title, DoubleUnaryOperator loss, double slope, double at, double step) {
        Require.that(step > 0 && Double.isFinite(at + step), "step", "a number above 0", step, "try 0.5");
        return Curves.secant(title, loss, slope, at, step);
    }

    /** Returns the analytic gradient (rings) and the numeric one (crosses in them), of one shape, entry by entry, row by row. */
    public static BufferedImage gradients(String title, INDArray analytic, INDArray numeric) {
        Require.floating("analytic", analytic);
        Require.shape("numeric", Require.floating("numeric", numeric), "that of analytic", analytic.shape());
        int n = (int) analytic.length();
        Axis places = new Axis(Axis.Kind.WHOLE, "entry of the gradient", i -> i >= 0 && i < n ? Require.entry(i, analytic.shape()) : " ");
        return ReportChart.entries(title, places, IntStream.range(0, n).asDoubleStream().toArray(), "analytic", Doubles.of(analytic),
                "numeric", Doubles.of(numeric)).image();
    }

    /** Returns loss (left axis) and accuracy (right axis, from 0 to 1) against the step of the training. */
    public static BufferedImage training(String title, Training training) {
        paired("accuracies", training.accuracies(), "losses", training.losses().length);
        return training(title, "step of the training", training.losses().length - 1, training);
    }

    /**
     * Returns loss (left axis) and accuracy (right axis, from 0 to 1) on training and held-out data against the epoch. The axis
     * of the epochs has room for all that are planned, so that the pictures of a training that goes on can replace one another.
     */
    public static BufferedImage training(String title, Progress progress) {
        Require.that(progress != null, "progress", "what was seen so far", "null", "pass the progress of a training");
        return training(title, "epoch", progress.epochs(), progress.training(), progress.heldOut());
    }

    private static BufferedImage training(String title, String xName, int last, Training... seen) {
        Axis loss = new Axis(Axis.Kind.LINEAR, "loss").include(0);
        Axis accuracy = new Axis(Axis.Kind.LINEAR, "accuracy (share of rows)").include(0, 1);
        Plot plot = new Plot(title, new Axis(Axis.Kind.WHOLE, xName).include(0, last), loss);
        int stride = Math.max(1, last / 10);
        for (int i = 0; i < seen.length && seen[i] != null; i++) {
            String rows = i == 0 ? ", training" : ", held out";
            plot.add(seen.length == 1 ? "loss (left axis)" : "loss" + rows, loss, Plot.LOOKS.get(4 * i),
                    every(1, 0, seen[i].losses()), every(stride, i * stride / 2, seen[i].losses()));
            plot.add(seen.length == 1 ? "accuracy (right axis)" : "accuracy" + rows, accuracy, Plot.LOOKS.get(4 * i + 1),
                    every(1, 0, seen[i].accuracies()), every(stride, i * stride / 2, seen[i].accuracies()));
        }
        return plot.image();
    }

    /** Returns the relative errors of starts 0, 1, ..., as dots: one to four series by name, in this order, not negative. */
    public static BufferedImage errorsByStart(String title, Map<String, double[]> errors) {
        Plot plot = new Plot(title, new Axis(Axis.Kind.WHOLE, "number of the start"), new Axis(Axis.Kind.LOG, "relative error"));
        upToFour("errors", errors).forEach((name, series) ->
                plot.add(name, Plot.NONE, every(1, 0, paired(name, series, name, series.length))));
        return plot.image();
    }

    /**
     * Returns how losses change near the weight, with the three places that a central difference looks at: one to four losses by
     * name, each of the offset from the weight, which goes as far as the reach; the step is above 0 and at most the reach.
     */
    public static BufferedImage walk(String title, Map<String, DoubleUnaryOperator> losses, double reach, double step) {
        Require.that(reach > 0 && Double.isFinite(reach), "reach", "a number above 0", reach, "try 10 steps");
        Require.that(step > 0 && step <= reach, "step", "a number above 0 and at most reach", step, "widen reach");
        return Curves.walk(title, upToFour("losses", losses), reach, step);
    }

    /** Returns how often each number is among the values, as bars; beyond 60 neighbours share one, and the axis says so. */
    public static BufferedImage counts(String title, String quantity, long[] values) {
        Require.that(values.length > 0, "values", "at least one", "none", "pass the numbers to count");
        long least = Arrays.stream(values).min().getAsLong();
        long range = Arrays.stream(values).max().getAsLong() - least;
        Require.that(range >= 0, "values", "a range below 2^63", "one from " + least, "leave outliers out");
        long width = Math.max(1, range / 60 + 1);
        double[] bars = new double[(int) (range / width) + 1];
        Arrays.stream(values).forEach(value -> bars[(int) ((value - least) / width)]++);
        double[] middles = IntStream.range(0, bars.length).mapToDouble(i -> least + (i + 0.5) * width - 0.5).toArray();
        // Room at both ends keeps a single bar from filling the picture.
        Axis numbers = new Axis(Axis.Kind.WHOLE, quantity + (width == 1 ? "" : " (bars of " + width + ")"))
                .include(middles[0] - width, middles[bars.length - 1] + width);
        double[][] line = {Arrays.stream(middles).flatMap(at -> DoubleStream.of(at, at, at)).toArray(),
            Arrays.stream(bars).flatMap(high -> DoubleStream.of(0, high, Double.NaN)).toArray()};
        BasicStroke wide = new BasicStroke(530f / (bars.length + 1), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
        return new Plot(title, numbers, new Axis(Axis.Kind.WHOLE, "number of entries"))
                .add(null, new Plot.Look(Sheet.BLUE, SeriesMarkers.NONE, wide), line, Plot.NONE).image();
    }

    /** Returns measured relative errors against predicted ones, none negative, with the diagonal where both are equal. */
    public static BufferedImage measuredAgainstPredicted(String title, double[] predicted, double[] measured) {
        paired("measured", measured, "predicted", predicted.length);
        Axis x = new Axis(Axis.Kind.LOG, "predicted relative error").include(predicted).include(measured);
        Axis y = new Axis(Axis.Kind.LOG, "measured relative error").include(predicted).include(measured);
        double[] diagonal = {1e-300, 1e300};
        return new Plot(title, x, y).add("one check", Plot.NONE, new double[][] {predicted, measured})
                .reference("measured = predicted", new double[][] {diagonal, diagonal}).image();
    }

    /** Returns relative errors, not negative, over the number of rows that the loss clipped in the same checks, as dots. */
    public static BufferedImage errorsByClippedRows(String title, int[] clippedRows, double[] errors) {
        paired("errors", errors, "clippedRows", clippedRows.length);
        return new Plot(title, new Axis(Axis.Kind.WHOLE, "clipped rows"), new Axis(Axis.Kind.LOG, "relative error"))
                .add(null, Plot.NONE, new double[][] {Arrays.stream(clippedRows).asDoubleStream().toArray(), errors}).image();
    }

    /**
     * Returns the relative error over the step, which has the form of a V: round-off on the left, truncation on the right.
     *
     * @param slopes slopes to compare with (-1 is round-off, 2 the truncation of a central difference), each a dashed line
     *     beside the stretch of two decades that fits it best; left out where no curve has two nonzero errors
     */
    public static BufferedImage steps(String title, Map<String, StepSweep> sweeps, double... slopes) {
        return Curves.steps(title, upToFour("sweeps", sweeps), slopes);
    }

    /**
     * Returns the evidence of a report: where the loss is coarse or a step was asked for, the error that each step must show even
     * for a perfect gradient; else the gradient (rings) and what the loss says (crosses), with bars for what noise and step leave
     * open where they can be seen. Of more than 60 entries, those that differ most are drawn.
     */
    public static BufferedImage of(GradientReport report) {
        Require.that(report != null, "report", "a report", "null", "GradientCheck.of(loss, weights).check(w -> gradient(w))");
        return ReportChart.of(report);
    }

    /** Returns one to four functions by name, as lines; a line ends where its function is NaN or infinite. */
    public static BufferedImage curve(String title, String xName, String yName, Map<String, DoubleUnaryOperator> functions,
            double from, double to) {
        Require.that(from < to && Double.isFinite(to - from), "to", "a number above from, " + from, to, "swap them");
        return Curves.curve(title, xName, yName, upToFour("functions", functions), from, to);
    }

    /**
     * Returns the confusion matrix of 2 to 20 classes, true ones from top to bottom, predicted ones from left to right, with the
     * numbers of rows. Right predictions are blue, mistakes vermilion, the darker, the larger the share of their true class.
     */
    public static BufferedImage confusion(String title, Metrics metrics, List<String> classNames) {
        int[][] counts = metrics.confusionMatrix();
        Require.that(counts.length <= 20, "metrics", "at most 20 classes", counts.length, "draw fewer");
        Require.that(classNames.size() == counts.length, "classNames", counts.length + " names, one for each class",
                classNames.size() + ": " + classNames, "pass those of the data set: data.classNames()");
        return Confusion.of(title, counts, classNames);
    }

    /**
     * Returns at most 20 small grey pictures, such as [n x 64] for 8 x 8 pixels from 0 (white) to 1 (black), with the class that
     * each was read as [n]: "7" where that is right, and where it is wrong, in a vermilion frame, "7 read as 9".
     */
    public static BufferedImage pictures(String title, Dataset digits, int[] predicted) {
        return Pictures.of(title, digits, predicted);
    }

    /** Returns the points {numbers, values} of every so many values, from the first on, and of the last. */
    private static double[][] every(int stride, int first, double[] values) {
        double[] numbers = IntStream.range(0, values.length).filter(i -> i % stride == first || i == values.length - 1)
                .asDoubleStream().toArray();
        return new double[][] {numbers, Arrays.stream(numbers).map(i -> values[(int) i]).toArray()};
    }

    /** Returns the values, which must be as many as those of the other argument, and at least one. */
    private static double[] paired(String name, double[] values, String other, int length) {
        Require.that(length > 0, other, "at least one value", "none", "run the check first");
        Require.that(values.length == length, name, length + " values, as many as " + other, values.length, "pass one for each");
        return values;
    }

    private static <T> Map<String, T> upToFour(String name, Map<String, T> series) {
        Require.that(!series.isEmpty() && series.size() <= 4, name, "1 to 4 series", series.size(), "draw a second picture");
        return series;
    }
}
