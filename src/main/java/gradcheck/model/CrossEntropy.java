package gradcheck.model;

/**
 * Cross-entropy from logits, the default loss: the mean of log(sum_j exp(z_j)) - z_true, in the data type of the logits.
 *
 * <p>The maximum of a row is taken out before the exponential, so nothing overflows and nothing needs clipping. With one column
 * of logits z and labels y it is the mean of log(1 + exp(z)) - y z. The sum over the rows is pairwise.
 *
 * <p>Source: Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.3.
 */
public final class CrossEntropy extends RowLoss {
    /** With one column log(1 + exp(z)) - y z: with s = z where y = 0 and -z where y = 1 it is log(1 + exp(s)). */
    @Override
    double ofRow(double[] logits, int truth, Arithmetic a) {
        if (logits.length > 1) {
            return a.logSumExpMinus(logits, truth);
        }
        double s = truth == 0 ? logits[0] : -logits[0];
        return a.round(Math.max(s, 0) + a.round(Math.log1p(a.round(Math.exp(-Math.abs(s))))));
    }
}
