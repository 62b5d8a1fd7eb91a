package gradcheck.check;

/**
 * The slope that a gradient claims along a direction.
 *
 * @param slope the claimed gradient times the direction
 * @param reference the size of slope beside which noise matters
 */
record Claim(Direction direction, double slope, double reference) {
    /** A claim that is as precise as it is large. */
    static Claim ofEntry(int i, double slope) {
        return new Claim(Direction.entry(i), slope, Math.abs(slope));
    }
}
