package gradcheck.check;

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
