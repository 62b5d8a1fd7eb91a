package gradcheck.model;

import gradcheck.base.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Classification into k classes: the probabilities of a row are softmax(x W), and the gradient X^T (softmax(X W) - Y) / m.
 *
 * <p>It is the network of one layer without biases: a bias is the weight of a feature that is 1 in every row. Source: Bishop,
 * Pattern Recognition and Machine Learning, section 4.3.4.
 */
public final class SoftmaxRegression extends NeuralNetwork {
    /** Makes the model with {@link CrossEntropy}; see {@link #SoftmaxRegression(INDArray, Loss)}. */
    public SoftmaxRegression(INDArray weights) {
        this(weights, new CrossEntropy());
    }

    /**
     * Makes the model.
     *
     * @param weights [d x k], k at least 2, DOUBLE or FLOAT, finite; copied, and named W
     * @param loss what {@link #loss} computes; {@link #gradient} refuses one that is not of this library
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public SoftmaxRegression(INDArray weights, Loss loss) {
        super(weights, loss);
        Require.that(weights.size(1) >= 2, "weights", "one column per class, at least two", weights.size(1),
                "for two classes with labels in a single column take LogisticRegression");
    }
}
