package gradcheck.check;

import gradcheck.check.Evaluations.NotFinite;
import gradcheck.check.Finding.Kind;
import java.util.Locale;
import java.util.stream.IntStream;

/** The findings that tell what stands in the way of a verdict, in words; those that tell a cause are in {@link Cause}. */
final class Sentences {
    private Sentences() {
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    static Finding overflow(double value) {
        return new Finding(Kind.NOT_FINITE, text("The loss is %.3g: its square overflows or vanishes", value),
                "Multiply loss and gradient by a constant.");
    }

    static Finding notFinite(NotFinite met, Surroundings here) {
        double[] at = met.weights;
        int[] moved = IntStream.range(0, at.length).filter(i -> at[i] != here.weights()[i]).toArray();
        String where = switch (moved.length) {
            case 0 -> "at a second call with the very same weights";
            case 1 -> text("where %s is %.6g instead of %.6g", here.layout().place(moved[0]), at[moved[0]],
                    here.weights()[moved[0]]);
            default -> "where " + moved.length + " weights are moved a little";
        };
        return Kind.NOT_FINITE.with(text("The loss is %s %s; at the weights it is %.6g", met.value, where, here.value()));
    }

    static Finding notDeterministic(double spread) {
        return Kind.NOT_DETERMINISTIC.with(text("Two evaluations at the same weights differ by %.1g of their size", spread));
    }

    static Finding constant(double value, double norm) {
        return Kind.CONSTANT.with(text("The loss is %.6g all around the weights, and the norm of the gradient %.3g", value, norm));
    }

    static Finding noFunction() {
        return Kind.NO_FUNCTION.with("The gradient was given as numbers. They disagree with the loss, but so would the right ones where a "
                + "loss is clipped. Most likely the next line says why");
    }

    static Finding notThere(long entries, double worst, SecondOpinion second) {
        String here = text("The gradient disagrees with the loss in %d entries, the worst by %.1g", entries, worst);
        return second.answer() == SecondOpinion.Answer.NOT_THERE
                ? Kind.SATURATED.with(here + text(", but not where the weights are %.2g times as large: here the loss is clipped, "
                        + "or a unit saturated", second.shrunk()))
                : Kind.TOO_COARSE.with(here + text("; where the weights are %.2g times as large nothing so small can be seen",
                        second.shrunk()));
    }

    static Finding vanishing(Evidence evidence, String more) {
        return Kind.VANISHING.with(text("The norm of the gradient is %.1g, no more than the error of measuring it",
                Vectors.norm(evidence.claimed())) + more);
    }

    /** @param nearby what was concluded at random weights nearby */
    static Finding vanishing(Evidence evidence, Conclusion nearby) {
        return vanishing(evidence, switch (nearby.verdict()) {
            case WRONG -> "; all this was measured at random weights nearby";
            case RIGHT -> text("; at random weights nearby it is right, to %.0e", nearby.evidence().certified(nearby.evidence().all()));
            case CANNOT_TELL -> "";
        });
    }

    static Finding kink(String tensors, Evidence evidence, int i) {
        return Kind.KINK.with("In " + tensors + " the loss has a kink at the weights: " + (evidence.allAlone(IntStream.of(i))
                ? text("at %s the slope is %.6g +- %.1g, the gradient %.6g", evidence.here().layout().place(i), evidence.value(i),
                        evidence.bound(i), evidence.claimed()[i])
                : "no two steps along a random direction agree"));
    }

    static Finding tooCoarse(Noise noise, String tensors, double error) {
        return Kind.TOO_COARSE.with(text("The loss carries %.0f bits, too few for %s: its error may be up to %.1g", noise.bits(), tensors,
                error));
    }

    static Finding coarseLoss(Noise noise, StepError error) {
        return Kind.COARSE_LOSS.with(text("The loss carries %.0f bits (%s): a step of 1e-07 shows an error near %.1g even for a perfect "
                + "gradient, a step of %.0e one of %.0e", noise.bits(), noise.arithmetic(), error.at(1e-7), error.bestStep(),
                error.at(error.bestStep())));
    }

    static Finding step(double step, double shown, StepError error) {
        double best = error.bestStep();
        return new Finding(Kind.STEP, text("With the step %.0e the error is %.1g; this step alone must cause about %.1g, even for a "
                + "perfect gradient", step, shown, error.at(step)),
                text("Leave the step to the check, or take %.0e, which alone must cause %.0e.", best, error.at(best)));
    }
}
