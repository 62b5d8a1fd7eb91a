package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A step that the caller asked for: what it measures, and what it alone must cause. */
record OwnStep(double step, Point point, Measurement measured) {

    /**
     * Returns the evidence with the numeric gradient of this step. A right gradient stays RIGHT if the step leaves less than 1 %
     * open in every tensor, a wrong one WRONG if its error is more than three times what the step must cause.
     */
    Evidence judge(Evidence evidence) {
        double[] w = point.weights();
        double[] numeric = new double[w.length];
        double[] bound = new double[w.length];
        point.loss().run(w.length, i -> {
            Direction entry = Direction.entry(i);
            numeric[i] = (point.loss().at(entry.from(w, step)) - point.loss().at(entry.from(w, -step))) / (2 * step);
            bound[i] = point.noiseBound(step) + measured.truncation[i] * step * step;
        });
        Evidence own = evidence.withNumeric(numeric, bound);
        double error = own.relativeError(IntStream.range(0, w.length));
        double caused = evidence.stepError().at(step);
        boolean tells = evidence.verdict() == Verdict.WRONG ? error > 3 * caused : own.open().isEmpty();
        if (tells || evidence.verdict() == Verdict.CANNOT_TELL) {
            return own;
        }
        double best = evidence.stepError().bestStep();
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Kind.STEP, String.format(Locale.ROOT,
                "With the step %.0e the error is %.1g; this step alone must cause about %.1g, even for a perfect gradient", step,
                        error, caused),
                String.format(Locale.ROOT, "Leave the step to the check, or take %.0e, which alone must cause %.0e.", best,
                        evidence.stepError().at(best))));
        evidence.findings().stream().filter(f -> f.kind() == Kind.COARSE_LOSS).forEach(findings::add);
        return own.with(Verdict.CANNOT_TELL, findings);
    }
}
