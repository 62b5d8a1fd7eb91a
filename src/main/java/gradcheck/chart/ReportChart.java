package gradcheck.chart;

import static gradcheck.chart.Axis.Kind.LINEAR;
import static gradcheck.chart.Axis.Kind.LOG;
import static gradcheck.chart.Axis.Kind.WHOLE;

import gradcheck.chart.Plot.Draw;
import gradcheck.check.Finding.Kind;
import gradcheck.check.GradientReport;
import gradcheck.check.StepSweep;
import java.awt.image.BufferedImage;
import java.util.Arrays;
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
        double own = report.hasOwnStep() ? report.step() : 1e-7;
        double[] steps = StepSweep.steps(-12, 0, 8);
        String title = String.format(Locale.ROOT, "%s: a step of %.0e must show %.0e even if all is right, %.0e shows %.0e",
                verdict(report), own, report.predict(own), report.bestStep(), report.predict(report.bestStep()));
        Plot plot = new Plot(title, new Axis(LOG, "step h"), new Axis(LOG, "relative error"))
                .add("what the step alone causes", Draw.LINE, steps, Arrays.stream(steps).map(report::predict).toArray())
                .add("the best step", Draw.DOTS, new double[] {report.bestStep()},
                        new double[] {report.predict(report.bestStep())});
        boolean asked = report.hasOwnStep() && !Double.isNaN(report.relativeError());
        return plot.add(asked ? "your step, measured" : String.format(Locale.ROOT, "the step %.0e", own), Draw.DOTS,
                new double[] {own}, new double[] {asked ? report.relativeError() : report.predict(own)}).image();
    }

    /** Gradient and numeric gradient with its error bounds; of more entries than fit, those that disagree the most. */
    private static BufferedImage entryByEntry(GradientReport report) {
        double[] gradient = report.gradient();
        double[] numeric = report.numeric();
        double[] bounds = report.bounds();
        int[] shown = IntStream.range(0, gradient.length).boxed()
                .sorted((a, b) -> Double.compare(gap(gradient, numeric, b), gap(gradient, numeric, a)))
                .limit(MOST).mapToInt(Integer::intValue).sorted().toArray();
        double[] entries = Arrays.stream(shown).mapToDouble(i -> i + 1).toArray();
        // One line of bars: down, up and a gap for each entry.
        double[] barX = Arrays.stream(entries).flatMap(i -> DoubleStream.of(i, i, i)).toArray();
        double[] barY = Arrays.stream(shown).boxed().flatMapToDouble(i -> DoubleStream.of(numeric[i] - bounds[i],
                numeric[i] + bounds[i], Double.NaN)).toArray();
        String which = gradient.length > MOST ? ", the " + MOST + " entries that differ most" : "";
        double range = Arrays.stream(numeric).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        boolean visible = Arrays.stream(bounds).anyMatch(bound -> Double.isFinite(bound) && bound > 0.01 * range);
        Plot plot = new Plot(name(report) + which, new Axis(WHOLE, "entry of the gradient"), new Axis(LINEAR, "value"))
                .add("gradient", Draw.RINGS, entries, Arrays.stream(shown).mapToDouble(i -> gradient[i]).toArray())
                .add("what the loss says", Draw.CROSSES, entries, Arrays.stream(shown).mapToDouble(i -> numeric[i]).toArray());
        return (visible ? plot.add("what noise and step leave open", Draw.LINE, barX, barY) : plot).image();
    }

    private static double gap(double[] gradient, double[] numeric, int i) {
        double gap = Math.abs(gradient[i] - numeric[i]);
        return Double.isNaN(gap) ? -1 : gap;
    }

    private static String name(GradientReport report) {
        return verdict(report) + (report.findings().isEmpty() ? ""
                : ": " + report.findings().get(0).kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static String verdict(GradientReport report) {
        return switch (report.verdict()) {
            case RIGHT -> "Right";
            case WRONG -> "Wrong";
            case CANNOT_TELL -> "Cannot tell";
        };
    }
}
