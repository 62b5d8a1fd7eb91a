package gradcheck.check;

/** Where the loss was NaN or infinite, and which of the two. */
final class NotFinite extends ArithmeticException {
    private static final long serialVersionUID = 1;
    final double value;
    final transient double[] weights;

    NotFinite(double value, double[] weights) {
        this.value = value;
        this.weights = weights;
    }
}
