package gradcheck.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
}
