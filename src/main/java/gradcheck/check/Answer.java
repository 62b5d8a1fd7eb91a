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
    /**
     * What a loss is like along a line.
     *
     * @param left the slope of the loss to the left of a kink at the weights, and {@code right} the one to the right; else NaN
     * @param near how far away a kink is, at most, that is not at the weights; else infinite
     */
    record Line(Shape shape, double left, double right, double near) {
        static final Line SMOOTH = of(Shape.SMOOTH);
        static final Line ROUGH = of(Shape.ROUGH);
        static final Line STAIRS = of(Shape.STAIRS);

        static Line of(Shape shape) {
            return new Line(shape, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);
        }
    }

    /** The shapes of a line. */
    enum Shape {
        /** No more than curvature and noise was seen. */
        SMOOTH,
        /** No two steps agree, for no reason that was found. */
        ROUGH,
        /** The loss leaps. */
        STAIRS,
        /** There are two slopes, one on each side. */
        KINK,
        /** The loss is finite on one side alone. */
        ONE_SIDED,
        /** The loss is NaN or infinite however short the step, or on one side, where no two steps on the other agree. */
        NOT_FINITE
    }

    /** Neither passed nor excluded: the doubt is as large as the disagreement. */
    static Answer open(Difference best, Claim claim, double bound, Line line) {
        return new Answer(best, best.value(), Math.max(bound, Math.abs(claim.slope() - best.value())), false, true, line);
    }
}
