package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-entropy through probabilities, as a textbook writes it: the mean of -log(p_true), in the data type of the logits.
 *
 * <p>Nothing is clipped: a probability that underflows to 0 makes the loss infinite. With one column the true class has the
 * probability p where the label is 1 and 1 - p where it is 0.
 *
 * <p>Source: Bishop, Pattern Recognition and Machine Learning, section 4.3.4.
 */
public final class ProbabilityCrossEntropy implements Loss {
    @Override
    public double value(INDArray labels, INDArray logits) {
        int[] truth = Labels.trueClasses(labels, "logits", logits);
        Arithmetic a = new Arithmetic(logits.dataType());
        int k = (int) logits.size(1);
        double[] p = Probabilities.of(logits).data().asDouble();
        double[] losses = new double[truth.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = -a.log(k > 1 ? p[i * k + truth[i]] : truth[i] == 1 ? p[i] : a.round(1 - p[i]));
        }
        return a.mean(losses);
    }
}
