package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an examination concludes from its evidence.
 *
 * @param wrong the names of the tensors that are wrong, at the weights or at others nearby
 */
record Conclusion(Evidence evidence, Verdict verdict, List<Finding> findings, Set<String> wrong) {
    /** Nothing was measured, for this reason. */
    static Conclusion none(Surroundings here, double[] claimed, Finding finding) {
        return of(Evidence.none(here, claimed), Verdict.CANNOT_TELL, List.of(finding));
    }

    static Conclusion of(Evidence evidence, Verdict verdict, List<Finding> findings) {
        return new Conclusion(evidence, verdict, List.copyOf(findings), evidence.blocks().stream()
                .filter(block -> evidence.wrong(block.entries()).findAny().isPresent()).map(Block::name).collect(Collectors.toSet()));
    }

    /** The tensors, in the order of the weights. */
    List<TensorReport> tensors() {
        List<Block> open = evidence.open();
        return evidence.blocks().stream().map(block -> tensor(block, open.contains(block))).toList();
    }

    private TensorReport tensor(Block block, boolean open) {
        boolean isWrong = wrong.contains(block.name());
        boolean everywhere = verdict == Verdict.CANNOT_TELL && !findings.stream().allMatch(f -> f.kind().isOfTensors());
        Verdict own = isWrong && verdict == Verdict.WRONG ? Verdict.WRONG
                : isWrong || open || everywhere ? Verdict.CANNOT_TELL : Verdict.RIGHT;
        int worst = evidence.worst(block).orElse(-1);
        double claimed = worst < 0 ? Double.NaN : evidence.claimed()[worst];
        double numeric = worst < 0 ? Double.NaN : evidence.value(worst);
        return new TensorReport(block.name(), Arrays.stream(block.shape()).boxed().toList(), error(block.entries()),
                evidence.certified(block.entries()), worst < 0 ? "" : block.place(worst), claimed, numeric,
                evidence.wrong(block.entries()).mapToObj(block::place).toList(), own);
    }

    /** Whether a tensor is right although not measured to 1 %: it is next to nothing beside the others. */
    private boolean isTiny(Block block) {
        return verdict == Verdict.RIGHT && evidence.certified(block.entries()) > Thresholds.RESOLVED;
    }

    /** The names of these tensors. */
    Set<String> tiny() {
        return evidence.blocks().stream().filter(this::isTiny).map(Block::name).collect(Collectors.toSet());
    }

    /** The relative error that is left possible, in all and in each tensor, but for tiny ones. */
    double certified() {
        return evidence.blocks().stream().filter(b -> !isTiny(b)).mapToDouble(b -> evidence.certified(b.entries()))
                .reduce(evidence.certified(evidence.all()), Math::max);
    }

    /** The relative error of some entries; NaN if not all were measured on their own. */
    double error(IntStream entries) {
        int[] chosen = entries.toArray();
        boolean alone = Arrays.stream(chosen).allMatch(i -> evidence.derivatives()[i].isAlone());
        return alone ? evidence.relativeError(Arrays.stream(chosen)) : Double.NaN;
    }
}
