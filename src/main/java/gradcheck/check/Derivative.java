package gradcheck.check;

/**
 * What is known of the derivative by one weight.
 *
 * @param value the number measured; the claimed one where it was not measured on its own
 * @param bound how far the true derivative can be from that; infinite where nothing is known
 * @param truncation the factor c of the truncation error c h^2 that a step h causes
 * @param wrong whether the claim is wrong
 * @param kinked whether the claim was neither passed nor excluded, since the one-sided slopes differ
 * @param still whether the loss did not react at all where the weight was moved
 * @param alone whether it was measured on its own, not only along a direction
 */
record Derivative(double value, double bound, double truncation, boolean wrong, boolean kinked, boolean still, boolean alone) {
    /** Nothing is known but the claim. */
    static Derivative unknown(double claimed) {
        return new Derivative(claimed, Double.POSITIVE_INFINITY, 0, false, false, false, false);
    }

    static Derivative measured(SlopeCheck found, Surroundings here) {
        return new Derivative(found.best().value(), found.bound(), found.best().truncationFactor(here), found.wrong(), found.kinked(),
                found.best().value() == 0, true);
    }

    /** The same with the number that a step of the caller's own gives. */
    Derivative with(double value, double bound) {
        return new Derivative(value, bound, truncation, wrong, kinked, still, true);
    }
}
