package gradcheck.chart;

import gradcheck.base.Require;
import gradcheck.check.Finding.Kind;
import gradcheck.check.GradientReport;
import gradcheck.check.StepSweep;
import gradcheck.check.TensorReport;
import gradcheck.check.Verdict;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** An entry of a tensor, its place in the flat gradient and in words. */
    private record Entry(String tensor, int at, String place, boolean wrong) {
        /** All entries, tensor after tensor. */
        static List<Entry> of(GradientReport report) {
            List<Entry> entries = new ArrayList<>();
            for (TensorReport tensor : report.tensors()) {
                long[] shape = tensor.shape().stream().mapToLong(size -> size).toArray();
                Set<String> wrong = report.verdict() == Verdict.WRONG ? new HashSet<>(tensor.wrong()) : Set.of();
                int from = entries.size();
                for (int i = 0; i < Arrays.stream(shape).reduce(1, (a, b) -> a * b); i++) {
                    String place = Require.entry(i, shape);
                    entries.add(new Entry(tensor.name(), from + i, place, wrong.contains(place)));
                }
            }
            return entries;
        }
    }

    /** Gradient and numeric gradient with its error bounds; of more entries than fit, those that are wrong or disagree the most. */
    private static BufferedImage entryByEntry(GradientReport report) {
        double[] gradient = report.gradient();
        double[] numeric = report.numeric();
        double[] bounds = report.bounds();
        boolean alone = Arrays.stream(numeric).anyMatch(v -> !Double.isNaN(v));
        List<Entry> shown = Entry.of(report).stream().filter(e -> !alone || !Double.isNaN(numeric[e.at()]))
                .sorted(Comparator.comparing((Entry e) -> !e.wrong())
                .thenComparingDouble(e -> -Math.abs(gradient[e.at()] - numeric[e.at()]))).limit(MOST)
                .sorted(Comparator.comparingInt(Entry::at)).toList();
        int[] at = shown.stream().mapToInt(Entry::at).toArray();
        double[] x = IntStream.range(0, at.length).asDoubleStream().toArray();
        double[] barX = Arrays.stream(x).flatMap(i -> DoubleStream.of(i, i, i)).toArray();
        double[] barY = Arrays.stream(at).boxed().flatMapToDouble(i -> DoubleStream.of(numeric[i] - bounds[i],
                numeric[i] + bounds[i], Double.NaN)).toArray();
        double range = Arrays.stream(numeric).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        boolean visible = Arrays.stream(at).anyMatch(i -> Double.isFinite(numeric[i] + bounds[i]) && bounds[i] > 0.01 * range);
        Plot plot = entries(title(report), new Axis(Axis.Kind.WHOLE, "entry of the gradient" + (gradient.length > at.length
                ? " (the " + at.length + " that differ most)" : ""), i -> i >= 0 && i < at.length ? shown.get(i).place() : " "), x,
                        "gradient",
                at(gradient, at), "what the loss says", at(numeric, at));
        if (visible) {
            plot.add("what noise and step leave open", new double[][] {barX, barY}, Plot.NONE);
        }
        double[] wrong = IntStream.range(0, at.length).filter(i -> shown.get(i).wrong()).asDoubleStream().toArray();
        if (wrong.length > 0) {
            plot.add("wrong", Plot.LOOKS.get(3), Plot.NONE, new double[][] {wrong, Arrays.stream(wrong)
                    .map(i -> Double.isFinite(gradient[at[(int) i]]) ? gradient[at[(int) i]] : numeric[at[(int) i]]).toArray()});
        }
        return parts(plot, shown).image();
    }

    /** The names of the tensors above their entries, if there are several. */
    private static Plot parts(Plot plot, List<Entry> shown) {
        List<String> names = shown.stream().map(Entry::tensor).distinct().toList();
        double[] borders = IntStream.rangeClosed(0, names.size()).mapToDouble(k -> shown.stream().filter(e -> names.indexOf(e.tensor()) < k)
                .count() - 0.5).toArray();
        return names.size() > 1 ? plot.parts(names, borders) : plot;
    }

    /** Returns the values of two gradients at these entries, as rings and crosses. */
    static Plot entries(String title, Axis axis, double[] entries, String rings, double[] gradient, String crosses, double[] numeric) {
        return new Plot(title, axis, new Axis(Axis.Kind.LINEAR, "value"))
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
            case ROW, COLUMN -> "the gradient is wrong in a " + words;
            case PART -> "the gradient is wrong in a part";
            case MISSING, TRANSPOSED, REVERSED -> "a part of the gradient is " + words;
            case REGULARISATION_MISSING, REGULARISATION_EXTRA -> "gradient and loss differ in their regularisation";
            case OTHER_TENSOR, OTHER_FUNCTION -> "it is the gradient of an" + words;
            case BACKWARD_PASS -> "the backward pass is broken";
            case OWN_PRODUCT -> "a tensor's own product is wrong";
            case CHAIN_RULE -> "a factor of the chain rule is missing";
            case NORMALISATION -> "the derivative of a normalisation is missing";
            case NOT_A_NUMBER -> "the gradient is not a number";
            case NOT_SYMMETRIC -> "the matrix is not symmetric";
            case SATURATED -> "the loss is clipped or saturated";
            case ONLY_HERE -> "the gradient disagrees at these weights alone";
            case UNDECIDED -> "the other weights asked do not tell";
            case ROUNDED -> "the gradient carries fewer digits than the loss";
            case ONE_SIDED -> "the loss ends at these weights";
            case NOISY -> "the loss differs from call to call";
            case NO_FUNCTION -> "the gradient came without its function";
            case VANISHING -> "the gradient is lost in the noise of the loss";
            case KINK -> "the loss has a kink here";
            case COARSE_LOSS, STEP -> "the loss is too coarse for the step";
            default -> "the loss is " + words;
        };
    }
}
