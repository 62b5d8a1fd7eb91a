package gradcheck.check;

/**
 * Screening: looks for the step whose central difference has the smallest error bound, mostly with two evaluations.
 *
 * @param best that difference
 * @param odd whether the loss is not smooth as far as the steps reached: their bends grow as at a kink, or they disagree
 */
record StepSearch(Difference best, boolean odd) {
    /**
     * A step is tried, and another one whenever it proves far from the best.
     *
     * @param start the first step
     * @throws NotFinite if the loss is NaN or infinite at every step
     */
    static StepSearch of(Surroundings here, Claim claim, double start) {
        double longest = here.longestStep(claim.direction());
        double step = Math.min(start, longest);
        double wanted = Thresholds.WANTED * here.relativeStep() * claim.reference();
        Difference best = null;
        Difference last = null;
        NotFinite failure = null;
        boolean odd = false;
        for (int round = 0; round < Thresholds.ROUNDS; round++) {
            Difference taken;
            try {
                taken = Difference.along(claim.direction(), step, here);
            } catch (NotFinite e) {
                failure = e;
                step = step / 10;
                longest = step;
                continue;
            }
            odd |= last != null && isKinked(last, taken);
            // A step as long as the curvature length tells nothing.
            boolean trusted = taken.bend() < Thresholds.TRUSTED * taken.size();
            if (best != null && Math.abs(taken.value() - best.value()) > taken.bound() + best.bound()) {
                // Not smooth between the two steps: the shorter one sees less of it.
                return new StepSearch(taken.step() < best.step() ? taken : best, odd);
            }
            if (trusted && (best == null || taken.bound() < best.bound())) {
                best = taken;
            }
            boolean dead = taken.isStill() && claim.slope() == 0;
            double better = Math.min(better(here, taken, wanted), longest);
            boolean tooLong = better <= Thresholds.TOO_LONG * taken.step() || !trusted;
            boolean tooShort = better >= Thresholds.TOO_SHORT * taken.step() && taken.noise() > wanted;
            if (dead || !tooLong && !tooShort) {
                break;
            }
            last = taken;
            step = better;
        }
        if (best == null && last == null) {
            throw failure;
        }
        return best == null ? new StepSearch(last, true) : new StepSearch(best, odd);
    }

    /** The step that balances noise and truncation, judged by the bend seen; where none shows, as long as the noise calls for. */
    private static double better(Surroundings here, Difference taken, double wanted) {
        return taken.isBent() ? taken.step() * here.relativeStep() * Math.sqrt(taken.size() / taken.bend())
                : taken.step() * Math.max(10, Math.min(Thresholds.GROWTH, taken.noise() / Math.max(wanted, 1e-300)));
    }

    /** Whether the bend grows as the step does, as at a kink; it grows as its square where the loss is smooth. */
    private static boolean isKinked(Difference a, Difference b) {
        double ratio = b.step() / a.step();
        boolean seen = Math.min(a.bend(), b.bend()) > 3 * Thresholds.VISIBLE * a.sigma() && (ratio >= 2 || ratio <= 0.5);
        return seen && Math.log(b.bend() / a.bend()) / Math.log(ratio) < Thresholds.SMOOTH;
    }
}
