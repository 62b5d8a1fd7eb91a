package gradcheck.check;

/**
 * What the loss says of one claimed slope.
 *
 * @param best the best difference
 * @param value the slope of the loss; at a kink the slope between the one-sided ones that is nearest to the claim
 * @param bound how far the true slope can be from it
 * @param wrong whether the claim is certainly wrong
 * @param suspect whether screening alone did not pass it
 * @param line what the loss is like along the direction
 */
record Answer(Difference best, double value, double bound, boolean wrong, boolean suspect, Line line) {
    /** Neither passed nor excluded: the doubt is as large as the disagreement. */
    static Answer open(Difference best, Claim claim, double bound, Line line) {
        return new Answer(best, best.value(), Math.max(bound, Math.abs(claim.slope() - best.value())), false, true, line);
    }
}
