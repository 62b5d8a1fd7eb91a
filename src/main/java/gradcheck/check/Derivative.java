package gradcheck.check;

import java.util.Collections;

/**
 * What is known of the derivative by one weight.
 *
 * @param value the number measured; NaN where it was not measured on its own
 * @param bound how far the true derivative can be from that
 * @param isShare whether the bound is a share of the claimed value
 * @param truncation the factor c of the truncation error c h^2 that a step h causes
 * @param claim what this says of the claim
 * @param line what the loss is like where the weight is moved
 * @param reaction how much the loss reacted, in units of its noise
 */
record Derivative(double value, double bound, boolean isShare, double truncation, Claimed claim, Line line, double reaction) {
    /** What a measurement says of a claim. */
    enum Claimed {
        /** It is not excluded: right within the bound. */
        WITHIN,
        /** It is off by no more than the precision of the claimed numbers. */
        ROUNDED,
        /** It is wrong. */
        WRONG
    }

    /** Nothing is known. */
    static final Derivative UNKNOWN = new Derivative(Double.NaN, Double.POSITIVE_INFINITY, false, 0, Claimed.WITHIN, Line.ROUGH, 0);

    /** The loss is NaN or infinite beside the weights. */
    static final Derivative NOT_FINITE = new Derivative(Double.NaN, Double.POSITIVE_INFINITY, false, 0, Claimed.WITHIN,
            Line.of(Shape.NOT_FINITE), 0);

    /** So many of the same. */
    static Derivative[] all(int n, Derivative each) {
        return Collections.nCopies(n, each).toArray(new Derivative[n]);
    }

    /** Not known on its own, but within a share of the claimed one. */
    static Derivative within(double share) {
        return new Derivative(Double.NaN, share, true, 0, Claimed.WITHIN, Line.SMOOTH, Double.MAX_VALUE);
    }

    static Derivative measured(Answer found) {
        return new Derivative(found.value(), found.bound(), false, found.best().truncationFactor(),
                found.wrong() ? Claimed.WRONG : Claimed.WITHIN, found.line(), found.best().reaction());
    }

    /** Measured with a step of the caller's own. */
    Derivative with(double value, double bound) {
        return new Derivative(value, bound, false, truncation, claim, line, reaction);
    }

    Derivative with(Claimed other) {
        return new Derivative(value, bound, isShare, truncation, other, line, reaction);
    }

    /** Whether it was measured on its own, not only along a direction. */
    boolean isAlone() {
        return !Double.isNaN(value);
    }

    boolean isWrong() {
        return claim == Claimed.WRONG;
    }

    boolean is(Shape shape) {
        return line.shape() == shape;
    }
}
