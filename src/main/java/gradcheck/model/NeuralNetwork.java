package gradcheck.model;

import gradcheck.base.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of fully connected layers: a_0 = x, a_l = activation(a_(l-1) W_l + b_l), and the logits a_(L-1) W_L + b_L.
 *
 * <p>With one output column it is a binary model, with more it has one class per column. Any number of hidden layers will do; none
 * is softmax regression with a bias. Source: Goodfellow, Bengio and Courville, Deep Learning, sections 6.4 and 6.5.
 */
public final class NeuralNetwork implements Model {
    private final Layers layers;

    /** Makes the network with {@link CrossEntropy} and no penalty; see {@link #NeuralNetwork(Parameters, Activation, Loss, double)}. */
    public NeuralNetwork(Parameters weights, Activation hidden) {
        this(weights, hidden, new CrossEntropy(), 0);
    }

    /** Makes the network without a penalty; see {@link #NeuralNetwork(Parameters, Activation, Loss, double)}. */
    public NeuralNetwork(Parameters weights, Activation hidden, Loss loss) {
        this(weights, hidden, loss, 0);
    }

    /**
     * Makes the network.
     *
     * @param weights a matrix [inputs x outputs] and a vector of biases [outputs] for each layer, in order, whatever their names,
     *     each with as many inputs as the layer before has outputs; DOUBLE or FLOAT, finite; copied. {@link Weights#layers}
     *     makes them
     * @param hidden the activation of all hidden layers
     * @param loss what {@link #loss} computes; the gradient is that of the cross-entropy in any case
     * @param decay lambda, 0 or more: lambda / 2 times the sum of all squared entries of the matrices (L2 regularisation) is added
     *     to the loss, and lambda W to the gradient
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public NeuralNetwork(Parameters weights, Activation hidden, Loss loss, double decay) {
        Require.that(weights != null, "weights", "named tensors", "null", "make them with Weights.layers(seed, 64, 32, 10)");
        Require.that(hidden != null, "hidden", "an activation", "null", "pass Activation.TANH");
        Require.that(decay >= 0 && Double.isFinite(decay), "decay", "a finite number, 0 or more", decay, "start with 1e-4, or 0 for none");
        requireChain(weights);
        this.layers = new Layers(weights.copy(), hidden, loss, decay);
    }

    private static void requireChain(Parameters weights) {
        List<String> names = new ArrayList<>(weights.names());
        String remedy = "make them with Weights.layers(seed, 64, 32, 10)";
        Require.that(names.size() % 2 == 0, "weights", "a matrix and a vector for each layer", names, remedy);
        long inputs = -1;
        for (int n = 0; n < names.size(); n += 2) {
            INDArray matrix = Require.matrix(names.get(n), Require.finite(names.get(n), weights.get(names.get(n))));
            Require.that(n == 0 || matrix.size(0) == inputs, names.get(n), "a row for each of the " + inputs
                    + " outputs of the layer before", matrix.size(0) + " rows", remedy);
            INDArray biases = Require.finite(names.get(n + 1), weights.get(names.get(n + 1)));
            Require.shape(names.get(n + 1), biases, "one bias for each column of " + names.get(n), matrix.size(1));
            inputs = matrix.size(1);
        }
    }

    /** Returns the weights, live, under the names that they were given. */
    @Override
    public Parameters parameters() {
        return layers.parameters();
    }

    @Override
    public double loss(INDArray x, INDArray y) {
        return layers.loss(x, y);
    }

    /**
     * Returns the gradient by backpropagation: with the error d_L = probabilities - y of the last layer and
     * d_(l-1) = (d_l W_l^T) * activation'(a_(l-1)), that of W_l is a_(l-1)^T d_l / m + lambda W_l, that of b_l the mean of d_l over the
     * rows.
     */
    @Override
    public Parameters gradient(INDArray x, INDArray y) {
        return layers.gradient(x, y);
    }

    /** Returns the probabilities [m x k], or in a binary model those of class 1 [m x 1]. */
    @Override
    public INDArray predict(INDArray x) {
        return layers.predict(x);
    }

    @Override
    public Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        return layers.fastLoss(x, y);
    }
}
