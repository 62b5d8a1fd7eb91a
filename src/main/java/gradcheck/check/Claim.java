package gradcheck.check;

/**
 * The slope that a gradient claims along a direction.
 *
 * @param slope the claimed gradient times the direction
 * @param reference the size of slope beside which noise matters
 * @param tolerance how far the claim may be off since its numbers are rounded
 */
record Claim(Direction direction, double slope, double reference, double tolerance) {
    /** @param claimed the whole claimed gradient */
    static Claim ofEntry(int i, double[] claimed, double reference, double precision) {
        return new Claim(Direction.entry(i), claimed[i], Math.max(Math.abs(claimed[i]), reference), precision * Math.abs(claimed[i]));
    }
}
