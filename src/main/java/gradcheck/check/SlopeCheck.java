package gradcheck.check;

/**
 * What the loss says of one claimed slope.
 *
 * @param best the best difference
 * @param bound how far the true slope can be from it
 * @param wrong whether the claim is certainly wrong
 * @param suspect whether screening alone did not pass it
 */
record SlopeCheck(Difference best, double bound, boolean wrong, boolean suspect) {
    /** Screens the claim, and confirms where it is outside the error bound. */
    static SlopeCheck of(Surroundings here, Claim claim, double start) {
        return of(here, claim, start, false);
    }

    /** @param believe whether a single step that excludes the claim is enough */
    static SlopeCheck of(Surroundings here, Claim claim, double start, boolean believe) {
        Difference best = StepSearch.best(here, claim, start);
        if (Math.abs(claim.slope() - best.value()) <= best.bound()) {
            return new SlopeCheck(best, best.bound(), false, false);
        }
        return believe && best.excludes(claim.slope()) ? new SlopeCheck(best, best.bound(), true, true)
                : Confirmation.of(here, claim, best);
    }

    /** Whether the claim was neither passed nor excluded, and the one-sided slopes differ by more than the noise. */
    boolean kinked() {
        return suspect && !wrong && best.gap() > best.noise();
    }
}
