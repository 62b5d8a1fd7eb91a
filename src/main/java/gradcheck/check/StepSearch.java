package gradcheck.check;

import gradcheck.check.Evaluations.NotFinite;

/** Screening: looks for the step whose central difference has the smallest error bound, mostly with two evaluations. */
final class StepSearch {
    private StepSearch() {
    }

    /**
     * Returns that difference. A step is tried, and another one whenever it proves far from the best.
     *
     * @param start the first step
     * @throws NotFinite if the loss is NaN or infinite at every step
     */
    static Difference best(Surroundings here, Claim claim, double start) {
        double longest = here.longestStep(claim.direction());
        double step = Math.min(start, longest);
        double wanted = Thresholds.WANTED * here.relativeStep() * claim.reference();
        Difference best = null;
        NotFinite failure = null;
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
            if (best != null && Math.abs(taken.value() - best.value()) > taken.bound() + best.bound()) {
                // Not smooth between the two steps: the shorter one sees less of it.
                return taken.step() < best.step() ? taken : best;
            }
            if (best == null || taken.bound() < best.bound()) {
                best = taken;
            }
            boolean dead = taken.value() == 0 && claim.slope() == 0;
            double better = Math.min(taken.betterStep(here), longest);
            boolean tooLong = better <= Thresholds.TOO_LONG * taken.step();
            boolean tooShort = better >= Thresholds.TOO_SHORT * taken.step() && taken.noise() > wanted;
            if (dead || !tooLong && !tooShort) {
                break;
            }
            step = better;
        }
        if (best == null) {
            throw failure;
        }
        return best;
    }
}
