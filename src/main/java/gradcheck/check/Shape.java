package gradcheck.check;

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
