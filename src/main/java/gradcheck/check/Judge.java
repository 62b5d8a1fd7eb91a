package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns evidence into a verdict. */
final class Judge {
    private Judge() {
    }

    /**
     * Something disagrees: it is WRONG if it does so at a second point too, for a clipped loss looks like a bug at the weights.
     *
     * @param nearby what is concluded beside a kink, or null
     */
    static Conclusion disagreeing(Evidence evidence, List<Finding> causes, SecondOpinion second, Conclusion nearby) {
        boolean kinked = evidence.wrong(evidence.all()).anyMatch(i -> evidence.derivatives()[i].is(Shape.KINK));
        boolean all = evidence.wrong(evidence.all()).allMatch(i -> evidence.derivatives()[i].is(Shape.KINK));
        List<Finding> kinks = kinked ? Sentences.kinks(evidence, nearby) : List.of();
        if (second.outcome() == SecondOpinion.Outcome.SAME) {
            return Conclusion.of(evidence, Verdict.WRONG, joined(causes, kinks));
        }
        if (all && nearby != null && nearby.verdict() != Verdict.CANNOT_TELL) {
            // Right beside the kink, so that nothing is clipped: what lies outside the two slopes at it is wrong.
            return nearby.verdict() == Verdict.RIGHT ? Conclusion.of(evidence, Verdict.WRONG, kinks) : wrongNearby(evidence, nearby, kinks);
        }
        if (all && second.outcome() != SecondOpinion.Outcome.NOT_ASKED) {
            return Conclusion.of(evidence, Verdict.CANNOT_TELL, kinks);
        }
        return Conclusion.of(evidence, Verdict.CANNOT_TELL, second.outcome() == SecondOpinion.Outcome.NOT_ASKED
                ? joined(List.of(Sentences.noFunction()), causes) : List.of(Sentences.notThere(evidence, second)));
    }

    /**
     * Nothing disagrees: RIGHT when every tensor is resolved and a point off all kinks is right; else a kink, a vanishing gradient or a
     * coarse loss hides it.
     *
     * @param nearby what is concluded at random weights nearby, where the gradient vanishes or has kinks; else null
     */
    static Conclusion agreeing(Evidence evidence, Conclusion nearby) {
        List<Block> open = evidence.open();
        String names = open.stream().map(Block::name).collect(Collectors.joining(", "));
        Noise noise = evidence.here().noise();
        List<Finding> kinks = Sentences.kinks(evidence, nearby);
        List<Finding> coarse = noise.isCoarse() ? List.of(Sentences.coarseLoss(noise, evidence.stepError())) : List.of();
        if (evidence.any(i -> evidence.derivatives()[i].is(Shape.NOT_FINITE))) {
            return Conclusion.of(evidence, Verdict.CANNOT_TELL, joined(List.of(Sentences.notFiniteBeside(evidence)), kinks));
        }
        if (!kinks.isEmpty()) {
            boolean right = open.isEmpty() && nearby != null && nearby.verdict() == Verdict.RIGHT;
            List<Finding> told = !right ? kinks : kinks.stream().map(k -> new Finding(Kind.KINK, k.message(),
                    "Nothing is wrong: between the two slopes any number is a subgradient.")).toList();
            return Conclusion.of(evidence, right ? Verdict.RIGHT : Verdict.CANNOT_TELL, joined(told, coarse));
        }
        if (evidence.vanishes()) {
            return vanishing(evidence, nearby, coarse);
        }
        boolean rough = open.stream().anyMatch(b -> b.entries().anyMatch(i -> evidence.derivatives()[i].is(Shape.ROUGH)));
        if (!open.isEmpty()) {
            double worst = open.stream().mapToDouble(evidence::doubt).max().orElseThrow();
            Finding why = rough && !noise.isCoarse() ? Sentences.rough(names, evidence) : Sentences.tooCoarse(noise, names, worst);
            return Conclusion.of(evidence, Verdict.CANNOT_TELL, joined(List.of(why), coarse));
        }
        return Conclusion.of(evidence, Verdict.RIGHT, joined(Sentences.notes(evidence), coarse));
    }

    /** No derivative is more than its error: the loss is too coarse, constant up to rounding, or at a stationary point. */
    private static Conclusion vanishing(Evidence evidence, Conclusion nearby, List<Finding> coarse) {
        Surroundings here = evidence.here();
        double reaction = Vectors.norm(evidence.all().mapToDouble(i -> evidence.claimed()[i] * here.scale().own()[i]));
        boolean stairs = evidence.any(i -> evidence.derivatives()[i].is(Shape.STAIRS));
        String names = evidence.blocks().stream().map(Block::name).collect(Collectors.joining(", "));
        if (stairs || reaction > Thresholds.MATTERS * here.size()) {
            return Conclusion.of(evidence, Verdict.CANNOT_TELL, joined(List.of(Sentences.tooCoarse(here.noise(), names, 1)), coarse));
        }
        if (!evidence.any(i -> evidence.derivatives()[i].reaction() > Thresholds.REACTS)) {
            Finding constant = Sentences.constant(here.value(), Vectors.norm(evidence.claimed()));
            return Conclusion.of(evidence, Verdict.CANNOT_TELL, List.of(constant));
        }
        List<Finding> vanishing = List.of(Sentences.vanishing(evidence, nearby));
        return nearby != null && nearby.verdict() == Verdict.WRONG ? wrongNearby(evidence, nearby, vanishing)
                : Conclusion.of(evidence, Verdict.CANNOT_TELL, joined(vanishing, coarse));
    }

    private static Conclusion wrongNearby(Evidence evidence, Conclusion nearby, List<Finding> here) {
        return new Conclusion(evidence, Verdict.WRONG, joined(nearby.findings(), here), nearby.wrong());
    }

    private static List<Finding> joined(List<Finding> first, List<Finding> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * Judges once more by a step of the caller's own. A right gradient stays RIGHT if the step leaves less than 1 % open in every
     * tensor, a wrong one WRONG if its error is more than three times what the step can cause.
     *
     * @param own the evidence with the numeric gradient of that step
     */
    static Conclusion withStep(double step, Conclusion without, Evidence own) {
        double error = own.relativeError(own.all());
        boolean tells = switch (without.verdict()) {
            case CANNOT_TELL -> true;
            case RIGHT -> own.open().isEmpty();
            // What was found at other weights does not hang on a step at these.
            case WRONG -> !own.disagrees() || error > Thresholds.OWN_STEP * own.stepError().at(step);
        };
        if (tells) {
            return new Conclusion(own, without.verdict(), without.findings(), without.wrong());
        }
        List<Finding> coarse = without.findings().stream().filter(f -> f.kind() == Kind.COARSE_LOSS).toList();
        return Conclusion.of(own, Verdict.CANNOT_TELL, joined(List.of(Sentences.step(step, error, own.stepError())), coarse));
    }
}
