package gradcheck.model;

import gradcheck.base.Require;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Classification into k classes: the probabilities of a row are softmax(x W).
 *
 * <p>A bias is the weight of a feature that is 1 in every row. Source: Bishop, Pattern Recognition and Machine Learning, section 4.3.4.
 */
public final class SoftmaxRegression implements Model {
    private final Layers layers;

    /** Makes the model with {@link CrossEntropy}; see {@link #SoftmaxRegression(INDArray, Loss)}. */
    public SoftmaxRegression(INDArray weights) {
        this(weights, new CrossEntropy());
    }

    /**
     * Makes the model.
     *
     * @param weights [d x k], k at least 2, DOUBLE or FLOAT, finite; copied
     * @param loss what {@link #loss} computes; the gradient is that of the cross-entropy in any case
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public SoftmaxRegression(INDArray weights, Loss loss) {
        this.layers = new Layers(Parameters.of("W", shaped(weights).dup('c')), null, loss, 0);
    }

    private static INDArray shaped(INDArray weights) {
        Require.that(Require.matrix("weights", weights).size(1) >= 2, "weights", "one column per class, at least two",
                weights.size(1), "for two classes with labels in a single column take LogisticRegression");
        return Require.finite("weights", weights);
    }

    /** Returns the weights, named W, live. */
    @Override
    public Parameters parameters() {
        return layers.parameters();
    }

    @Override
    public double loss(INDArray x, INDArray y) {
        return layers.loss(x, y);
    }

    /** Returns X^T (softmax(X W) - Y) / m. */
    @Override
    public Parameters gradient(INDArray x, INDArray y) {
        return layers.gradient(x, y);
    }

    /** Returns the probabilities [m x k], each row summing to 1. */
    @Override
    public INDArray predict(INDArray x) {
        return layers.predict(x);
    }

    @Override
    public Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        return layers.fastLoss(x, y);
    }
}
