package gradcheck.check;

/** Asks the loss about one claimed slope: screens it, and confirms where it is outside the error bound or the loss is not smooth. */
final class SlopeCheck {
    private SlopeCheck() {
    }

    static Answer of(Surroundings here, Claim claim, double start) {
        return of(here, claim, start, false);
    }

    /** @param believe whether a single step that excludes the claim is enough */
    static Answer of(Surroundings here, Claim claim, double start, boolean believe) {
        StepSearch search;
        try {
            search = StepSearch.of(here, claim, start);
        } catch (NotFinite e) {
            return OneSided.check(here, claim, e);
        }
        Difference best = search.best();
        if (Math.abs(claim.slope() - best.value()) <= best.bound() + claim.tolerance() && !search.odd()) {
            return new Answer(best, best.value(), best.bound(), false, false, Line.SMOOTH);
        }
        return !believe || !best.excludes(claim.slope(), claim.tolerance()) || best.isFar(here, claim.direction())
                ? new Confirmation(here, claim, best).check()
                : new Answer(best, best.value(), best.reach(), true, true, Line.SMOOTH);
    }
}
