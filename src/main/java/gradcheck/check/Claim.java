package gradcheck.check;

/**
 * The slope that a gradient claims along a direction.
 *
 * @param slope the claimed gradient times the direction
 * @param reference the size of slope beside which noise matters
 * @param tolerance how far the claim may be off since its numbers are rounded
 */
record Claim(Direction direction, double slope, double reference, double tolerance) {
}
