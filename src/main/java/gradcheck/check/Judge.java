package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns evidence into a verdict. */
final class Judge {
    private Judge() {
    }

    /** Something disagrees: it is WRONG if it does so at a second point too, for a clipped loss looks like a bug at the weights. */
    static Conclusion disagreeing(Evidence evidence, List<Finding> causes, SecondOpinion second) {
        return switch (second.answer()) {
            case SAME -> Conclusion.of(evidence, Verdict.WRONG, causes);
            case NOT_ASKED -> Conclusion.of(evidence, Verdict.CANNOT_TELL,
                    Stream.concat(Stream.of(Sentences.noFunction()), causes.stream()).toList());
            default -> Conclusion.of(evidence, Verdict.CANNOT_TELL,
                    List.of(Sentences.notThere(evidence.wrong(evidence.all()).count(), second.worst(), second)));
        };
    }

    /** Nothing disagrees: RIGHT when every tensor is resolved; else a vanishing gradient, a kink or a coarse loss hides it. */
    static Conclusion agreeing(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        List<Block> open = evidence.open();
        String names = open.stream().map(Block::name).collect(Collectors.joining(", "));
        OptionalInt kink = evidence.worstKink(open);
        Noise noise = evidence.here().noise();
        if (evidence.vanishes()) {
            findings.add(Sentences.vanishing(evidence, ""));
        } else if (kink.isPresent()) {
            findings.add(Sentences.kink(names, evidence, kink.getAsInt()));
        } else if (!open.isEmpty()) {
            double worst = open.stream().mapToDouble(block -> evidence.certified(block.entries())).max().orElseThrow();
            findings.add(Sentences.tooCoarse(noise, names, worst));
        }
        Verdict verdict = findings.isEmpty() ? Verdict.RIGHT : Verdict.CANNOT_TELL;
        if (noise.isCoarse()) {
            findings.add(Sentences.coarseLoss(noise, evidence.stepError()));
        }
        return Conclusion.of(evidence, verdict, findings);
    }

    /** The gradient vanishes at the weights: what is wrong at random weights nearby is wrong, and the evidence stays at the weights. */
    static Conclusion vanishing(Conclusion here, Conclusion nearby) {
        Finding vanishing = Sentences.vanishing(here.evidence(), nearby);
        boolean wrong = nearby.verdict() == Verdict.WRONG;
        List<Finding> findings = wrong ? Stream.concat(nearby.findings().stream(), Stream.of(vanishing)).toList()
                : Stream.concat(Stream.of(vanishing), here.findings().stream().skip(1)).toList();
        return new Conclusion(here.evidence(), wrong ? Verdict.WRONG : here.verdict(), findings, wrong ? nearby.wrong() : here.wrong());
    }

    /**
     * Judges once more by a step of the caller's own. A right gradient stays RIGHT if the step leaves less than 1 % open in every
     * tensor, a wrong one WRONG if its error is more than three times what the step must cause.
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
        Stream<Finding> coarse = without.findings().stream().filter(f -> f.kind() == Kind.COARSE_LOSS);
        return Conclusion.of(own, Verdict.CANNOT_TELL,
                Stream.concat(Stream.of(Sentences.step(step, error, own.stepError())), coarse).toList());
    }
}
