package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.model.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * What a gradient check found: the verdict, why, what to change, and the numbers tensor by tensor.
 *
 * <p>A report never changes; arrays that it gives out are copies, flat, tensor after tensor in row-major order. Where nothing could be
 * measured (the loss is not deterministic, say) the numbers are NaN and the bounds infinite.
 */
public final class GradientReport {
    private final ReportText text;
    private final Conclusion conclusion;
    private final Evidence evidence;

    GradientReport(Conclusion conclusion, double ownStep, int evaluations, double seconds) {
        this.text = new ReportText(conclusion, ownStep, evaluations, seconds);
        this.conclusion = conclusion;
        this.evidence = conclusion.evidence();
    }

    /** Returns what the check concludes. */
    public Verdict verdict() {
        return conclusion.verdict();
    }

    /** Returns the causes, the most important first; none where the gradient is RIGHT and the loss is in double precision. */
    public List<Finding> findings() {
        return conclusion.findings();
    }

    /**
     * Returns ||g - J|| / (||g|| + ||J||), from 0 to 1, of gradient g and numeric gradient J over all entries; NaN if not every entry
     * was measured on its own. Source: Andrew Ng's course, as in {@link FiniteDifference#relativeError}.
     */
    public double relativeError() {
        return conclusion.error(evidence.all());
    }

    /**
     * Returns the relative error that the measurement leaves possible: that of |g - J| plus the error bound of J, of all entries or of
     * the tensor where it is largest, but for tensors that are next to nothing beside the others. A RIGHT gradient is right to that
     * error; if {@link #everyParameter} is false only along the directions taken, where a small error may not show.
     */
    public double certified() {
        return conclusion.certified();
    }

    /** Returns how often the loss was evaluated. */
    public int evaluations() {
        return text.evaluations();
    }

    /** Returns how long the check took, in seconds. */
    public double seconds() {
        return text.seconds();
    }

    /** Returns the step that was asked for, else the one step that would show the smallest error; each entry had one of its own. */
    public double step() {
        return hasOwnStep() ? text.ownStep() : bestStep();
    }

    /** Returns whether a step was asked for. */
    public boolean hasOwnStep() {
        return !Double.isNaN(text.ownStep());
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
        return evidence.here().noise();
    }

    /** Returns whether every parameter was measured, not random directions alone. */
    public boolean everyParameter() {
        return evidence.everyParameter();
    }

    /** Returns the gradient that was checked [n]. */
    public double[] gradient() {
        return evidence.claimed().clone();
    }

    /** Returns {@link #gradient} as named tensors, in the data type of the weights. */
    public Parameters gradientTensors() {
        return evidence.here().layout().tensors(gradient());
    }

    /** Returns {@link #numeric} as named tensors, in the data type of the weights. */
    public Parameters numericTensors() {
        return evidence.here().layout().tensors(numeric());
    }

    /** Returns the numeric gradient [n]; NaN where an entry was not measured on its own. */
    public double[] numeric() {
        return Arrays.stream(evidence.derivatives()).mapToDouble(d -> d.isAlone() ? d.value() : Double.NaN).toArray();
    }

    /** Returns how far the true derivative of each entry can be from the numeric one [n]; infinite where nothing is known. */
    public double[] bounds() {
        return evidence.all().mapToDouble(evidence::bound).toArray();
    }

    /** Returns the tensors, in the order of the weights. */
    public List<TensorReport> tensors() {
        return conclusion.tensors();
    }

    /**
     * Returns this report if the verdict is RIGHT.
     *
     * @throws AssertionError with the whole report otherwise
     */
    public GradientReport orThrow() {
        return orThrow(Double.POSITIVE_INFINITY);
    }

    /**
     * Returns this report if the verdict is RIGHT, to this error at least.
     *
     * @param certified the largest {@link #certified} that will do, above 0
     * @throws IllegalArgumentException if it is not above 0
     * @throws AssertionError with the whole report if the gradient is not RIGHT to that error
     */
    public GradientReport orThrow(double certified) {
        Require.that(certified > 0, "certified", "a number above 0", certified, "pass the error that will do, such as 1e-6");
        if (verdict() != Verdict.RIGHT || certified() > certified) {
            throw new AssertionError((verdict() == Verdict.RIGHT ? "expected RIGHT to " + certified + ", got " : "") + this);
        }
        return this;
    }

    /** Returns the report in words: the verdict, why, the cure, and a table tensor by tensor; in 80 columns unless a name is longer. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** Returns the same facts as HTML, for {@code display(report.html(), "text/html")} in a notebook. */
    public String html() {
        return ReportHtml.of(text);
    }
}
