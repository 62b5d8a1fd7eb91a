package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-entropy from logits, the default loss: the mean of log(sum_j exp(z_j)) - z_true, in the data type of the logits.
 *
 * <p>The maximum of a row is taken out before the exponential, so nothing overflows and nothing needs clipping. With one column
 * of logits z and labels y it is the mean of log(1 + exp(z)) - y z. The sum over the rows is pairwise.
 *
 * <p>Source: Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2.3.
 */
public final class CrossEntropy implements Loss {
    @Override
    public double value(INDArray labels, INDArray logits) {
        int[] truth = Labels.trueClasses(labels, "logits", logits);
        Arithmetic a = new Arithmetic(logits.dataType());
        int k = (int) logits.size(1);
        double[] z = logits.dup('c').data().asDouble();
        double[] losses = new double[truth.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = k == 1 ? binary(a, z[i], truth[i]) : a.logSumExpMinus(z, i * k, k, truth[i]);
        }
        return a.mean(losses);
    }

    /** log(1 + exp(z)) - y z: with s = z where y = 0 and -z where y = 1 it is log(1 + exp(s)). */
    private static double binary(Arithmetic a, double z, int y) {
        double s = y == 0 ? z : -z;
        return a.round(Math.max(s, 0) + a.round(Math.log1p(a.exp(-Math.abs(s)))));
    }
}
