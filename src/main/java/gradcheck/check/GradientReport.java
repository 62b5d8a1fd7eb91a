package gradcheck.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a gradient check found: the verdict, why, what to change, and the numbers tensor by tensor.
 *
 * <p>A report never changes; arrays that it gives out are copies, flat, tensor after tensor in row-major order. Where nothing could be
 * measured (the loss is not deterministic, say) the numbers are NaN and the bounds infinite.
 */
public final class GradientReport {
    private static final int WIDTH = 80;

    private final Evidence evidence;
    private final double ownStep;
    private final int evaluations;
    private final double seconds;

    GradientReport(Evidence evidence, double ownStep, int evaluations, double seconds) {
        this.evidence = evidence;
        this.ownStep = ownStep;
        this.evaluations = evaluations;
        this.seconds = seconds;
    }

    /**
     * One tensor of the gradient.
     *
     * @param name the tensor's
     * @param shape the tensor's
     * @param error ||g - J|| / (||g|| + ||J||) over its entries; NaN if they were not all measured one by one
     * @param certified the relative error that the measurement leaves possible; infinite if part of it was not measured
     * @param worst the place of the entry where both values are farthest apart, such as {@code [2, 0]}; empty if none was measured
     * @param gradient the analytic value there
     * @param numeric the measured value there
     * @param verdict WRONG if one of its entries is wrong
     */
    public record Tensor(String name, List<Long> shape, double error, double certified, String worst, double gradient, double numeric,
            Verdict verdict) {
    }

    /** Returns what the check concludes. */
    public Verdict verdict() {
        return evidence.verdict();
    }

    /** Returns the causes, the most important first; none where the gradient is RIGHT and the loss is in double precision. */
    public List<Finding> findings() {
        return evidence.findings();
    }

    /**
     * Returns ||g - J|| / (||g|| + ||J||), from 0 to 1, of gradient g and numeric gradient J over all entries; NaN if not every entry
     * was measured on its own. Source: Andrew Ng's course, as in {@link FiniteDifference#relativeError}.
     */
    public double relativeError() {
        return allAlone(IntStream.range(0, evidence.alone().length)) ? evidence.relativeError(all()) : Double.NaN;
    }

    /**
     * Returns the relative error that the measurement leaves possible: that of |g - J| plus the error bound of J. A RIGHT gradient is
     * right to that error: of every entry; if {@link #everyParameter} is false only along the directions taken, where a small error
     * may not show.
     */
    public double certified() {
        double certified = evidence.certified(all());
        return Double.isNaN(certified) ? Double.POSITIVE_INFINITY : certified;
    }

    /** Returns how often the loss was evaluated. */
    public int evaluations() {
        return evaluations;
    }

    /** Returns how long the check took, in seconds. */
    public double seconds() {
        return seconds;
    }

    /** Returns the step that was asked for, else the one step that would show the smallest error; each entry had one of its own. */
    public double step() {
        return Double.isNaN(ownStep) ? bestStep() : ownStep;
    }

    /** Returns the step for central differences that causes the smallest error on its own: {@code predict(bestStep())}. */
    public double bestStep() {
        return Double.isNaN(predict(1)) ? Double.NaN : evidence.stepError().bestStep();
    }

    /**
     * Returns the relative error that central differences of this step show even for a perfect gradient, at most 1. Where noise
     * rules it is good to a factor of about 3, where the curvature of the loss rules to a factor of about 10.
     *
     * @param step above 0
     */
    public double predict(double step) {
        return evidence.stepError().at(step);
    }

    /** Returns the noise of the loss at the weights. */
    public Noise noise() {
        return evidence.noise();
    }

    /** Returns whether every parameter was measured, not random directions alone. */
    public boolean everyParameter() {
        return evidence.everyParameter();
    }

    /** Returns the gradient that was checked [n]. */
    public double[] gradient() {
        return evidence.claimed().clone();
    }

    /** Returns the numeric gradient [n]; NaN where an entry was not measured on its own. */
    public double[] numeric() {
        return all().mapToDouble(i -> evidence.alone()[i] ? evidence.numeric()[i] : Double.NaN).toArray();
    }

    /** Returns how far the true derivative of each entry can be from the numeric one [n]; infinite where nothing is known. */
    public double[] bounds() {
        return evidence.bound().clone();
    }

    /** Returns the tensors, in the order of the weights. */
    public List<Tensor> tensors() {
        List<Block> open = evidence.open();
        return evidence.blocks().stream().map(block -> tensor(block, open.contains(block))).toList();
    }

    private Tensor tensor(Block block, boolean open) {
        boolean wrong = block.entries().anyMatch(i -> evidence.wrong()[i]);
        Verdict verdict = wrong && verdict() == Verdict.WRONG ? Verdict.WRONG
                : wrong || open || verdict() == Verdict.CANNOT_TELL && !certainHere() ? Verdict.CANNOT_TELL : Verdict.RIGHT;
        OptionalInt worst = evidence.worst(block);
        double error = allAlone(block.entries()) ? evidence.relativeError(block.entries()) : Double.NaN;
        return new Tensor(block.name(), Arrays.stream(block.shape()).boxed().toList(), error, evidence.certified(block.entries()),
                worst.isPresent() ? block.place(worst.getAsInt()) : "",
                worst.isPresent() ? evidence.claimed()[worst.getAsInt()] : Double.NaN,
                worst.isPresent() ? evidence.numeric()[worst.getAsInt()] : Double.NaN, verdict);
    }

    /** Whether what stands in the way of a verdict is the matter of single tensors only. */
    private boolean certainHere() {
        return findings().stream().allMatch(f -> f.kind() == Finding.Kind.TOO_COARSE || f.kind() == Finding.Kind.KINK
                || f.kind() == Finding.Kind.COARSE_LOSS);
    }

    /**
     * Returns this report if the verdict is RIGHT.
     *
     * @throws AssertionError with the whole report otherwise
     */
    public GradientReport orThrow() {
        if (verdict() != Verdict.RIGHT) {
            throw new AssertionError(this);
        }
        return this;
    }

    /** Returns the report in at most 80 columns: the verdict, why, the cure, and a table tensor by tensor. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(verdict() == Verdict.RIGHT ? String.format(Locale.ROOT, "RIGHT, to %.0e: gradient and loss agree %s", certified(),
                everyParameter() ? "in every one of " + evidence.claimed().length + " parameters" : "along random directions")
                : verdict().toString());
        for (Finding finding : findings()) {
            lines.addAll(wrapped("  ", finding.message() + "."));
            lines.addAll(wrapped("    -> ", finding.cure()));
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-12s %-11s %8s  %-12s %11s %11s  %s", "tensor", "shape", "error", "worst entry",
                "gradient", "loss says", "verdict"));
        tensors().forEach(t -> lines.add(row(t)));
        lines.add("");
        lines.addAll(wrapped("", summary()));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static String row(Tensor t) {
        String verdict = t.verdict() == Verdict.CANNOT_TELL ? "?" : t.verdict().toString();
        return String.format(Locale.ROOT, "%-12s %-11s %8s  %-12s %11s %11s  %s", cut(t.name(), 12), cut(t.shape().toString(), 11),
                number("%.1e", Double.isNaN(t.error()) ? t.certified() : t.error()), cut(t.worst().isEmpty() ? "-" : t.worst(), 12),
                        number("%.4g", t.gradient()),
                number("%.4g", t.numeric()), verdict);
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        if (!Double.isNaN(ownStep)) {
            parts.add(String.format(Locale.ROOT, "your step %.0e: error %s, the step alone must cause about %s", ownStep,
                    number("%.1e", relativeError()), number("%.0e", predict(ownStep))));
        } else if (verdict() == Verdict.RIGHT && !Double.isNaN(predict(1e-7)) && findings().stream().noneMatch(f -> f.kind() == Finding.Kind.COARSE_LOSS)) {
            parts.add(String.format(Locale.ROOT,
                    "a single step of 1e-07 would show an error of about %.0e, the best step, %.0e, of %.0e", predict(1e-7),
                    bestStep(), predict(bestStep())));
        }
        if (!Double.isNaN(noise().level())) {
            parts.add(String.format(Locale.ROOT, "the loss carries %.0f bits (%s)", noise().bits(), noise().arithmetic()));
        }
        if (!everyParameter() && verdict() == Verdict.RIGHT) {
            parts.add("directions do not see a single small error in a large tensor: everyParameter() does");
        }
        parts.add(String.format(Locale.ROOT, "%d evaluations of the loss, %.2f\u00a0s", evaluations, seconds));
        String text = String.join("; ", parts) + ".";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String number(String form, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, form, value) : "-";
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 2) + "..";
    }

    /** The text in lines of at most 80 columns, the first after the indent, the others as far in. */
    private static List<String> wrapped(String indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString());
        return lines;
    }

    private IntStream all() {
        return IntStream.range(0, evidence.claimed().length);
    }

    private boolean allAlone(IntStream entries) {
        return entries.allMatch(i -> evidence.alone()[i]);
    }
}
