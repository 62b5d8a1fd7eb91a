package gradcheck.check;

import static gradcheck.check.Finding.text;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The findings that tell what stands in the way of a verdict, in words; those that tell a cause are in {@link Cause}. */
final class Sentences {
    private Sentences() {
    }

    private static String entries(long count) {
        return count == 1 ? "1 entry" : count + " entries";
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
            case 1 -> text("where %s is %.6g instead of %.6g", here.layout().place(moved[0]), at[moved[0]], here.weights()[moved[0]]);
            default -> "where " + moved.length + " weights are moved a little";
        };
        return Kind.NOT_FINITE.with(text("The loss is %s %s; at the weights it is %.6g", met.value, where, here.value()));
    }

    /** @param few those of all the entries that are no numbers at which the loss was measured */
    static Finding noNumbers(Evidence evidence, int[] all, int[] few) {
        return Kind.NOT_A_NUMBER.with(Arrays.stream(few).mapToObj(i -> text("%s: the gradient says %s, the loss ", evidence.here().layout()
                .place(i), evidence.claimed()[i]) + (evidence.bound(i) < Double.POSITIVE_INFINITY
                        ? text("%.6g +- %.1g", evidence.value(i), evidence.bound(i)) : "nothing that could be measured"))
                .collect(Collectors.joining("; ")) + (all.length > few.length ? text("; and %d more", all.length - few.length) : ""));
    }

    /** Where some derivatives cannot be measured at all. */
    static Finding notFiniteBeside(Evidence evidence) {
        int[] places = evidence.all().filter(i -> evidence.derivatives()[i].is(Shape.NOT_FINITE)).toArray();
        return Kind.NOT_FINITE.with("The loss is NaN or infinite, or infinitely steep, beside the weights, however little "
                + evidence.here().layout().place(places[0]) + " is moved"
                + (places.length > 1 ? "; so in " + entries(places.length - 1) + " more" : ""));
    }

    static Finding notDeterministic(Repeats repeats) {
        String differ = text("Two evaluations at the same weights differ by %.1g of their size", repeats.spread());
        return repeats.drifts() ? new Finding(Kind.NOT_DETERMINISTIC, differ + ", and settle, or go one way, from call to call",
                "Reset what is kept between calls, such as a hidden state, at the start of each evaluation, "
                        + "or freeze it, such as running averages.")
                : Kind.NOT_DETERMINISTIC.with(differ);
    }

    static Finding constant(double value, double norm) {
        return Kind.CONSTANT.with(text("The loss is %.6g all around the weights, and the norm of the gradient %.3g", value, norm));
    }

    static Finding noFunction() {
        return Kind.NO_FUNCTION.with("The gradient was given as numbers. They disagree with the loss, but so would the right ones where a "
                + "loss is clipped. Most likely the next line says why");
    }

    static Finding notThere(Evidence evidence, SecondOpinion second) {
        String here = text("The gradient disagrees with the loss in %s, the worst by a relative error of %.1g",
                entries(evidence.wrong(evidence.all()).count()), second.worst());
        if (second.outcome() != SecondOpinion.Outcome.NOT_THERE) {
            return Kind.UNDECIDED.with(here + text(", and at weights %.2g times as large an error of that size could not be seen",
                    second.shrunk()));
        }
        here += text(", but not where the weights are %.2g times as large: ", second.shrunk());
        if (second.less()) {
            return Kind.SATURATED.with(here
                    + "at these weights the loss reacts less than the gradient says, as where it is clipped or a unit saturated");
        }
        double near = evidence.wrong(evidence.all()).mapToDouble(i -> evidence.derivatives()[i].line().near()).min().orElseThrow();
        return near < Double.POSITIVE_INFINITY ? Kind.KINK.with(here + text("the loss has a kink within %.0e of the weights", near))
                : Kind.ONLY_HERE.with(here + "at these weights the loss reacts otherwise than the gradient says");
    }

    /** @param nearby what was concluded at random weights nearby, or null */
    static Finding vanishing(Evidence evidence, Conclusion nearby) {
        return Kind.VANISHING.with(text("The norm of the gradient is %.1g, no more than the error of measuring it",
                Vectors.norm(evidence.claimed())) + elsewhere(nearby));
    }

    private static String elsewhere(Conclusion nearby) {
        return switch (nearby == null ? Verdict.CANNOT_TELL : nearby.verdict()) {
            case WRONG -> "; at random weights nearby the gradient is wrong";
            case RIGHT -> text("; at random weights nearby the gradient is right, to %.0e", nearby.certified());
            case CANNOT_TELL -> "";
        };
    }

    /**
     * The kinks at the weights, those first that the claim is outside of; none if there are none.
     *
     * @param nearby what was concluded at random weights nearby, or null
     */
    static List<Finding> kinks(Evidence evidence, Conclusion nearby) {
        int[] kinks = evidence.all().filter(i -> evidence.derivatives()[i].is(Shape.KINK)).boxed()
                .sorted(Comparator.comparing(i -> !evidence.derivatives()[i].isWrong())).mapToInt(i -> i).toArray();
        String shown = Arrays.stream(kinks).limit(3).mapToObj(i -> {
            Derivative found = evidence.derivatives()[i];
            return text("at %s its slope is %.6g to the left and %.6g to the right, and the gradient %.6g is %sbetween them",
                    evidence.here().layout().place(i), found.line().left() + 0.0, found.line().right() + 0.0, evidence.claimed()[i] + 0.0,
                    found.isWrong() ? "not " : "");
        }).collect(Collectors.joining("; "));
        return kinks.length == 0 ? List.of() : List.of(Kind.KINK.with("The loss has a kink at the weights: " + shown
                + (kinks.length > 3 ? text("; and %d more", kinks.length - 3) : "") + elsewhere(nearby)));
    }

    static Finding rough(String tensors, Evidence evidence) {
        return Kind.KINK.with("In " + tensors
                + " no two steps agree: the loss has kinks near the weights, or noise that its values do not show");
    }

    /** What is worth knowing of a gradient that is right. */
    static List<Finding> notes(Evidence evidence) {
        List<Finding> notes = new ArrayList<>();
        int[] rounded = evidence.all().filter(i -> evidence.derivatives()[i].claim() == Derivative.Claimed.ROUNDED).toArray();
        if (rounded.length > 0) {
            double most = evidence.relativeError(evidence.all());
            notes.add(Kind.ROUNDED.with(text("The gradient differs from the loss by more than its noise in %s, all in all by %.0e: "
                    + "the gradient itself carries about %.0f digits", entries(rounded.length), most, -Math.log10(most))));
        }
        int[] oneSided = evidence.all().filter(i -> evidence.derivatives()[i].is(Shape.ONE_SIDED)).toArray();
        if (oneSided.length > 0) {
            notes.add(Kind.ONE_SIDED.with("On one side of " + evidence.here().layout().place(oneSided[0])
                    + " the loss is not finite: its slope was measured on the other side alone"));
        }
        return notes;
    }

    static Finding tooCoarse(Noise noise, String tensors, double error) {
        return Kind.TOO_COARSE.with(text("The loss carries %.0f bits, too few for %s: its error may be up to %.1g", noise.bits(), tensors,
                error));
    }

    static Finding coarseLoss(Noise noise, StepError error) {
        Kind kind = noise.digits() == Noise.RANDOM ? Kind.NOISY : Kind.COARSE_LOSS;
        double best = error.bestStep();
        return kind.with(text("The loss carries %.0f bits (%s): a step of 1e-07 shows an error near %.1g even for a perfect gradient, "
                + "a step of %.0e one of %.0e", noise.bits(), noise.arithmetic(), error.at(1e-7), best, error.at(best)));
    }

    static Finding step(double step, double shown, StepError error) {
        double best = error.bestStep();
        String causes = shown > Thresholds.OWN_STEP * error.at(step)
                ? "such a step causes about %.1g as a rule: something within it, a kink perhaps, does the rest"
                : "this step alone can cause about %.1g, even for a perfect gradient";
        return new Finding(Kind.STEP, text("With the step %.0e the error is %.1g; " + causes, step, shown, error.at(step)),
                text("Leave the step to the check, or take %.0e, which alone must cause %.0e.", best, error.at(best)));
    }
}
