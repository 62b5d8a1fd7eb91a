package gradcheck.check;

import java.util.Arrays;
import java.util.Comparator;
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
        Arrays.stream(fine).forEach(i -> found[i] = found[i].with(Derivative.Claimed.ROUNDED));
        return fine.length == 0 ? evidence : evidence.with(found);
    }

    private int[] fine(Block block) {
        double share = Thresholds.PRECISION;
        double largest = largest(block, i -> Math.abs(evidence.claimed()[i]));
        double largestInOwnSizes = largest(block, i -> Math.abs(evidence.claimed()[i]) * own[i]);
        int[] wrong = evidence.wrong(block.entries())
                .filter(i -> evidence.derivatives()[i].isAlone() && !evidence.derivatives()[i].is(Shape.KINK)).toArray();
        boolean most = wrong.length > Thresholds.LAW_FROM * block.size() && most(block, wrong, share);
        int[] small = IntStream.of(wrong).filter(i -> most || evidence.gap(i) <= share / 10 * largest
                && evidence.gap(i) * own[i] <= share * largestInOwnSizes).toArray();
        boolean noise = Arrays.stream(small).allMatch(i -> isNoise(block, i)) && !(small.length > 1 && Cause.isLaw(evidence, small));
        return IntStream.of(wrong)
                .filter(i -> evidence.gap(i) <= share(evidence.value(i)) || noise && Arrays.binarySearch(small, i) >= 0).toArray();
    }

    /** Whether what an entry is off by can be noise of the claim: then the largest other claims are not far more exact. */
    private boolean isNoise(Block block, int i) {
        double gap = evidence.gap(i);
        return gap <= share(evidence.value(i)) || block.entries().filter(j -> j != i).boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(evidence.claimed()[j]))).limit(Thresholds.OTHERS).anyMatch(j -> {
                    Answer found = again(j, gap);
                    return found.bound() > gap / 10 || Math.abs(evidence.claimed()[j] - found.value()) >= gap * Thresholds.ALIKE;
                });
    }

    /** Measures an entry once more, with a step that shows an error of a given size. */
    private Answer again(int j, double gap) {
        double claimed = evidence.claimed()[j];
        Claim claim = new Claim(Direction.entry(j), claimed, gap, Entries.precision(evidence.claimed()) * Math.abs(claimed));
        return SlopeCheck.of(evidence.here(), claim, evidence.here().relativeStep() * own[j]);
    }

    private static double share(double value) {
        return Thresholds.PRECISION * Math.abs(value);
    }

    private boolean most(Block block, int[] wrong, double share) {
        double rms = Vectors.rms(evidence.claimed(), block.entries());
        double rmsInOwnSizes = Vectors.rms(block.entries().mapToDouble(i -> evidence.claimed()[i] * own[i]));
        return Arrays.stream(wrong).allMatch(i -> evidence.gap(i) <= share * rms && evidence.gap(i) * own[i] <= 10 * share * rmsInOwnSizes)
                && !Cause.isLaw(evidence, block, block.entries().toArray());
    }

    private static double largest(Block block, IntToDoubleFunction size) {
        return block.entries().mapToDouble(size).max().orElse(0);
    }
}
