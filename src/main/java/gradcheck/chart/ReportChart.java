package gradcheck.chart;

import gradcheck.check.Finding.Kind;
import gradcheck.check.GradientReport;
import gradcheck.check.StepSweep;
import gradcheck.check.Verdict;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The picture of a report: its evidence, which is the error against the step for a coarse loss, and else entry by entry. */
final class ReportChart {
    private static final int MOST = 60;

    private ReportChart() {
    }

    static BufferedImage of(GradientReport report) {
        boolean step = report.findings().stream().anyMatch(f -> f.kind() == Kind.COARSE_LOSS || f.kind() == Kind.STEP);
        return step && !Double.isNaN(report.bestStep()) ? againstStep(report) : entryByEntry(report);
    }

    /** What each step must show even for a perfect gradient; the step of one's own with what it did show. */
    private static BufferedImage againstStep(GradientReport report) {
        double best = report.bestStep();
        boolean asked = report.hasOwnStep();
        boolean measured = asked && !Double.isNaN(report.relativeError());
        double own = asked ? report.step() : 1e-7;
        double[] steps = StepSweep.steps(-12, 0, 40);
        String judged = String.format(Locale.ROOT, " a step of %.0e is too " + (own < best ? "small" : "large") + " for this loss", own);
        String title = report.findings().get(0).kind() == Kind.STEP ? "Cannot tell:" + judged
                : report.verdict() == Verdict.RIGHT && !asked ? "Right, but" + judged : title(report);
        return new Plot(title, new Axis(Axis.Kind.LOG, "step h"), new Axis(Axis.Kind.LOG, "relative error"))
                .add("what the step alone causes", Curves.points(report::predict, steps), Plot.NONE)
                .add(String.format(Locale.ROOT, "the best step, %.0e", best), Plot.NONE, Curves.points(report::predict, best))
                .add(measured ? "your step, measured" : String.format(Locale.ROOT, "the step %.0e", own), Plot.NONE,
                        Curves.points(step -> measured ? report.relativeError() : report.predict(step), own)).image();
    }

    /** Gradient and numeric gradient with its error bounds; of more entries than fit, those that disagree the most. */
    private static BufferedImage entryByEntry(GradientReport report) {
        double[] gradient = report.gradient();
        double[] numeric = report.numeric();
        double[] bounds = report.bounds();
        int[] shown = IntStream.range(0, gradient.length).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i] - numeric[i]))).limit(MOST)
                .mapToInt(i -> i).sorted().toArray();
        double[] entries = Arrays.stream(shown).mapToDouble(i -> i + 1).toArray();
        double[] barX = Arrays.stream(entries).flatMap(i -> DoubleStream.of(i, i, i)).toArray();
        double[] barY = Arrays.stream(shown).boxed().flatMapToDouble(i -> DoubleStream.of(numeric[i] - bounds[i],
                numeric[i] + bounds[i], Double.NaN)).toArray();
        double range = Arrays.stream(numeric).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        boolean visible = Arrays.stream(shown).anyMatch(i -> Double.isFinite(numeric[i] + bounds[i]) && bounds[i] > 0.01 * range);
        Plot plot = entries(title(report), gradient.length > MOST ? " (the " + MOST + " that differ most)" : "", entries,
                "gradient", at(gradient, shown), "what the loss says", at(numeric, shown));
        return (visible ? plot.add("what noise and step leave open", new double[][] {barX, barY}, Plot.NONE) : plot).image();
    }

    /** Returns the values of two gradients at these entries, as rings and crosses. */
    static Plot entries(String title, String which, double[] entries, String rings, double[] gradient, String crosses,
            double[] numeric) {
        return new Plot(title, new Axis(Axis.Kind.WHOLE, "entry of the gradient" + which), new Axis(Axis.Kind.LINEAR, "value"))
                .add(rings, Plot.look(Sheet.BLUE, Plot.RING), Plot.NONE, new double[][] {entries, gradient})
                .add(crosses, Plot.look(Sheet.VERMILION, Plot.CROSS), Plot.NONE, new double[][] {entries, numeric});
    }

    private static double[] at(double[] values, int[] entries) {
        return Arrays.stream(entries).mapToDouble(i -> values[i]).toArray();
    }

    private static String title(GradientReport report) {
        return report.verdict() == Verdict.RIGHT ? "Right: gradient and loss agree"
                : (report.verdict() == Verdict.WRONG ? "Wrong: " : "Cannot tell: ") + cause(report.findings().get(0).kind());
    }

    /** Returns a cause as a short sentence, for the title. */
    static String cause(Kind kind) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (kind) {
            case FACTOR, SIGN -> "the gradient has the wrong " + words;
            case ENTRY -> "the gradient is wrong in some entries";
            case ROW, COLUMN -> "the gradient is wrong in one " + words;
            case MISSING, TRANSPOSED -> "a part of the gradient is " + words;
            case REGULARISATION_MISSING, REGULARISATION_EXTRA -> "gradient and loss differ in their regularisation";
            case OTHER_TENSOR, OTHER_FUNCTION -> "it is the gradient of an" + words;
            case BACKWARD_PASS -> "the backward pass is broken";
            case NO_FUNCTION -> "the gradient came without its function";
            case VANISHING -> "the gradient is lost in the noise of the loss";
            case KINK -> "the loss has a kink here";
            case COARSE_LOSS, STEP -> "the loss is too coarse for the step";
            default -> "the loss is " + words;
        };
    }
}
