package gradcheck.model;

import gradcheck.base.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Binary classification: the probability of class 1 is sigmoid(x W), and the gradient X^T (sigmoid(X W) - y) / m.
 *
 * <p>It is the network of a single unit without a bias: a bias is the weight of a feature that is 1 in every row. Source: Bishop,
 * Pattern Recognition and Machine Learning, section 4.3.2.
 */
public final class LogisticRegression extends NeuralNetwork {
    /** Makes the model with {@link CrossEntropy}; see {@link #LogisticRegression(INDArray, Loss)}. */
    public LogisticRegression(INDArray weights) {
        this(weights, new CrossEntropy());
    }

    /**
     * Makes the model.
     *
     * @param weights [d x 1], DOUBLE or FLOAT, finite; copied, and named W
     * @param loss what {@link #loss} computes; {@link #gradient} refuses one that is not of this library
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public LogisticRegression(INDArray weights, Loss loss) {
        super(weights, loss);
        Require.shape("weights", weights, "one row per feature, a single column", weights.size(0), 1);
    }
}
