package gradcheck.model;

/**
 * Cross-entropy through probabilities, as a textbook writes it: the mean of -log(p_true), in the data type of the logits.
 *
 * <p>Nothing is clipped: a probability that underflows to 0 makes the loss infinite. With one column the true class has the
 * probability p where the label is 1 and 1 - p where it is 0.
 *
 * <p>Source: Bishop, Pattern Recognition and Machine Learning, section 4.3.4.
 */
public final class ProbabilityCrossEntropy extends RowLoss {
    @Override
    double ofRow(double[] logits, int truth, Arithmetic a) {
        double[] p = a.probabilities(logits);
        return -a.round(Math.log(p.length > 1 ? p[truth] : truth == 1 ? p[0] : a.round(1 - p[0])));
    }
}
