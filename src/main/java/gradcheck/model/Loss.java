package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss of a classifier: labels and logits in, the mean over the rows out.
 *
 * <p>Several classes: labels one-hot [m x k] and logits [m x k]. Two classes: labels of 0 and 1 [m x 1] and logits [m x 1].
 *
 * <p>The losses of this library are all the cross-entropy, rounded or clipped in their own ways, and a model has the gradient of the
 * cross-entropy for each of them. A model computes any other loss too, but refuses to give a gradient.
 */
public interface Loss {
    /**
     * Returns the mean loss over the m rows.
     *
     * @param labels one-hot [m x k], or 0 and 1 [m x 1]
     * @param logits the scores before softmax or sigmoid, of the same shape and data type, FLOAT or DOUBLE; one that is NaN or
     *     infinite makes the loss NaN or infinite
     * @throws IllegalArgumentException if an argument is empty, of another type or shape, or the labels are not one-hot
     */
    double value(INDArray labels, INDArray logits);
}
