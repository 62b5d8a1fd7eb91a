package gradcheck.check;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Tells errors from the precision of the claimed numbers. A disagreement below 1e-6 of the derivative is no error of the gradient: it
 * is rounded, or has a constant of few digits. So is one below 1e-6 of its tensor if most entries have such a one and no law explains
 * them: a solver's tolerance.
 */
final class Precision {
    private final Evidence evidence;
    private final double[] own;

    private Precision(Evidence evidence) {
        this.evidence = evidence;
        this.own = evidence.here().scale().own();
    }

    /** Returns the evidence with such entries told from wrong ones. */
    static Evidence applied(Evidence evidence) {
        Precision precision = new Precision(evidence);
        int[] fine = evidence.blocks().stream().flatMapToInt(block -> Arrays.stream(precision.fine(block))).toArray();
        Derivative[] found = evidence.derivatives().clone();
        Arrays.stream(fine).forEach(i -> found[i] = found[i].rounded());
        return fine.length == 0 ? evidence : evidence.with(found);
    }

    private int[] fine(Block block) {
        double share = Thresholds.PRECISION;
        double largest = largest(block, i -> Math.abs(evidence.claimed()[i]));
        double largestInOwnSizes = largest(block, i -> Math.abs(evidence.claimed()[i]) * own[i]);
        int[] wrong = evidence.wrong(block.entries()).filter(i -> evidence.derivatives()[i].isAlone()
                && !evidence.derivatives()[i].is(Answer.Shape.KINK)).toArray();
        boolean most = wrong.length > Thresholds.LAW_FROM * block.size() && most(block, wrong, share);
        return IntStream.of(wrong).filter(i -> evidence.gap(i) <= share * Math.abs(evidence.value(i)) || most
                || evidence.gap(i) <= share / 10 * largest && evidence.gap(i) * own[i] <= share * largestInOwnSizes).toArray();
    }

    private boolean most(Block block, int[] wrong, double share) {
        double rms = Vectors.rms(evidence.claimed(), block.entries());
        double rmsInOwnSizes = Math.sqrt(block.entries().mapToDouble(i -> Math.pow(evidence.claimed()[i] * own[i], 2)).average().orElse(0));
        return Arrays.stream(wrong).allMatch(i -> evidence.gap(i) <= share * rms && evidence.gap(i) * own[i] <= 10 * share * rmsInOwnSizes)
                && !Cause.isLaw(evidence, block, block.entries().toArray());
    }

    private static double largest(Block block, IntToDoubleFunction size) {
        return block.entries().mapToDouble(size).max().orElse(0);
    }
}
