package gradcheck.check;

/**
 * A central difference along a direction and what may be wrong with it.
 *
 * @param value (f+ - f-) / 2h
 * @param step h, the step really taken
 * @param noise bound of the error that the noise of the loss causes
 * @param truncation estimated bound of the error that the curvature causes
 * @param gap half the difference of the two one-sided slopes
 * @param bend |f+ - 2f + f-|
 */
record Slope(double value, double step, double noise, double truncation, double gap, double bend) {
    /** Kinks on both sides of the weights may hide this many times the visible gap of the one-sided slopes. */
    private static final double KINKS = 3;

    /** How far the true slope can be if the loss is smooth. */
    double bound() {
        return noise + truncation;
    }

    /** How far the true slope can be whatever kinks the loss has. */
    double reach() {
        return noise + KINKS * gap;
    }

    boolean excludes(double claimed) {
        return Math.abs(claimed - value) > reach();
    }
}
