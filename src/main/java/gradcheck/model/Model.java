package gradcheck.model;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A classifier with a loss and a gradient written by hand.
 *
 * <p>Features x are [m x d]; labels y are one-hot [m x k], or 0 and 1 [m x 1] in a binary model. All arrays of a call are of the
 * data type of the weights, FLOAT or DOUBLE. Each method throws an {@link IllegalArgumentException} when an array is empty, of
 * another type, of a shape that does not fit, or when a feature or a weight is NaN or infinite.
 */
public interface Model {
    /** Returns the weights, live, under the names that they were given: who changes an entry changes the model. */
    Parameters parameters();

    /** Returns the mean loss over the m rows; NaN or infinite if the arithmetic overflows. */
    double loss(INDArray x, INDArray y);

    /**
     * Returns the gradient of the loss by the weights, as if the loss were neither rounded nor clipped: a tensor for each of
     * {@link #parameters}, of the same name, shape and type.
     */
    Parameters gradient(INDArray x, INDArray y);

    /** Returns the probabilities [m x k], or in a binary model those of class 1 [m x 1]. */
    INDArray predict(INDArray x);

    /**
     * Returns the loss on this data as one that can be evaluated at many sets of weights at once, if the model can do so; it is for
     * a check, which asks thousands of times. The arrays are copied.
     */
    default Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        return Optional.empty();
    }
}
