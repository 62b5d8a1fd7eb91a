package gradcheck.model;

/**
 * What was seen while a model trained: loss and accuracy before the first step (or epoch) and after each one.
 *
 * @param losses the loss [steps done + 1]
 * @param accuracies the share of rows that are classified rightly [steps done + 1], between 0 and 1
 */
public record Training(double[] losses, double[] accuracies) {
    /** Returns the last loss. */
    public double lastLoss() {
        return losses[losses.length - 1];
    }

    /** Returns the last accuracy. */
    public double lastAccuracy() {
        return accuracies[accuracies.length - 1];
    }
}
