package gradcheck.model;

import gradcheck.base.Require;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Binary classification: the probability of class 1 is sigmoid(x W).
 *
 * <p>A bias is the weight of a feature that is 1 in every row. Source: Bishop, Pattern Recognition and Machine Learning, section 4.3.2.
 */
public final class LogisticRegression implements Model {
    private final Layers layers;

    /** Makes the model with {@link CrossEntropy}; see {@link #LogisticRegression(INDArray, Loss)}. */
    public LogisticRegression(INDArray weights) {
        this(weights, new CrossEntropy());
    }

    /**
     * Makes the model.
     *
     * @param weights [d x 1], DOUBLE or FLOAT, finite; copied
     * @param loss what {@link #loss} computes; the gradient is that of the cross-entropy in any case
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public LogisticRegression(INDArray weights, Loss loss) {
        this.layers = new Layers(Parameters.of("W", shaped(weights).dup('c')), null, loss, 0);
    }

    private static INDArray shaped(INDArray weights) {
        Require.shape("weights", Require.matrix("weights", weights), "one row per feature, a single column", weights.size(0), 1);
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

    /** Returns X^T (sigmoid(X W) - y) / m. */
    @Override
    public Parameters gradient(INDArray x, INDArray y) {
        return layers.gradient(x, y);
    }

    /** Returns the probability of class 1 [m x 1]. */
    @Override
    public INDArray predict(INDArray x) {
        return layers.predict(x);
    }

    @Override
    public Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        return layers.fastLoss(x, y);
    }
}
