package gradcheck.model;

/**
 * What was seen while a model trained: loss and accuracy before each step and after the last.
 *
 * @param losses the loss [steps + 1]
 * @param accuracies the share of rows that are classified rightly [steps + 1], between 0 and 1
 */
public record Training(double[] losses, double[] accuracies) {
    /** Returns the loss after the last step. */
    public double lastLoss() {
        return losses[losses.length - 1];
    }

    /** Returns the accuracy after the last step. */
    public double lastAccuracy() {
        return accuracies[accuracies.length - 1];
    }
}
