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
public class NeuralNetwork implements Model {
    private final Parameters parameters;
    private final List<Layer> layers;
    private final Loss loss;
    private final double decay;
    private final Arithmetic a;

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
     * @param loss what {@link #loss} computes; {@link #gradient} refuses one that is not of this library
     * @param decay lambda, 0 or more: lambda / 2 times the sum of all squared entries of the matrices (L2 regularisation) is added
     *     to the loss, and lambda W to the gradient
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public NeuralNetwork(Parameters weights, Activation hidden, Loss loss, double decay) {
        this(layers(weights, hidden), weights, loss, decay);
        Require.that(decay >= 0 && Double.isFinite(decay), "decay", "a finite number, 0 or more", decay, "start with 1e-4, or 0 for none");
    }

    /** Makes a network of one layer without biases from its matrix, named W. */
    NeuralNetwork(INDArray weights, Loss loss) {
        this(List.of(layer(Require.matrix("weights", Require.finite("weights", weights)))), Parameters.of("W", weights), loss, 0);
    }

    private static Layer layer(INDArray matrix) {
        return new Layer(0, (int) matrix.size(0), (int) matrix.size(1), false, null, new Arithmetic(matrix.dataType()));
    }

    private NeuralNetwork(List<Layer> layers, Parameters parameters, Loss loss, double decay) {
        Require.that(loss != null, "loss", "a loss", "null", "the default is new CrossEntropy()");
        this.parameters = parameters.copy();
        this.layers = layers;
        this.loss = loss;
        this.decay = decay;
        this.a = layers.get(0).a();
    }

    private static List<Layer> layers(Parameters weights, Activation hidden) {
        String remedy = "make them with Weights.layers(seed, 64, 32, 10)";
        Require.that(weights != null, "weights", "named tensors", "null", remedy);
        Require.that(hidden != null, "hidden", "an activation", "null", "pass Activation.TANH");
        List<String> names = List.copyOf(weights.names());
        Require.that(names.size() % 2 == 0, "weights", "a matrix and a vector for each layer", names, remedy);
        List<Layer> layers = new ArrayList<>();
        int from = 0;
        for (int n = 0; n < names.size(); n += 2) {
            INDArray matrix = Require.matrix(names.get(n), Require.finite(names.get(n), weights.get(names.get(n))));
            INDArray biases = Require.finite(names.get(n + 1), weights.get(names.get(n + 1)));
            int inputs = (int) matrix.size(0);
            int outputs = (int) matrix.size(1);
            int before = n == 0 ? inputs : layers.get(layers.size() - 1).outputs();
            Require.that(inputs == before, names.get(n), "a row for each of the " + before + " outputs of the layer before",
                    inputs + " rows", remedy);
            Require.shape(names.get(n + 1), biases, "one bias for each column of " + names.get(n), outputs);
            layers.add(new Layer(from, inputs, outputs, true, n + 2 < names.size() ? hidden : null, new Arithmetic(matrix.dataType())));
            from += (inputs + 1) * outputs;
        }
        return layers;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public double loss(INDArray x, INDArray y) {
        ForwardPass pass = forward(features(x, y));
        return a.round(loss.value(y, Columns.matrix(pass.logits(), a.type())) + penalty(pass.weights()));
    }

    @Override
    public Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        if (!(loss instanceof RowLoss rows)) {
            return Optional.empty();
        }
        double[][] features = features(x, y);
        int[] truth = truth(x, y);
        return Optional.of(at -> {
            ForwardPass center = ForwardPass.of(layers, features, a.rounded(at), null);
            return weights -> {
                ForwardPass pass = ForwardPass.of(layers, features, a.rounded(weights), center);
                return a.round(rows.mean(truth, pass.logits(), a) + penalty(pass.weights()));
            };
        });
    }

    @Override
    public INDArray predict(INDArray x) {
        return Columns.matrix(forward(features(x)).probabilities(a), a.type());
    }

    /**
     * Returns the gradient by backpropagation: with the error d_L = probabilities - y of the last layer and
     * d_(l-1) = (d_l W_l^T) * activation'(a_(l-1)), that of W_l is a_(l-1)^T d_l / m + lambda W_l, that of b_l the mean of d_l over the
     * rows.
     *
     * @throws IllegalArgumentException also if the loss is not one of this library
     */
    @Override
    public Parameters gradient(INDArray x, INDArray y) {
        Require.that(loss instanceof RowLoss, "loss", "a cross-entropy of this library, as the gradient is written for that",
                loss.getClass().getName(), "write that of your loss yourself: GradientCheck.of(model, x, y).check(w -> gradient(w))");
        ForwardPass pass = forward(features(x, y));
        int[] truth = truth(x, y);
        double[][] error = pass.probabilities(a);
        for (int r = 0; r < truth.length; r++) {
            error[error.length == 1 ? 0 : truth[r]][r] -= error.length == 1 ? truth[r] : 1;
        }
        double[] gradient = new double[pass.weights().length];
        for (int l = layers.size() - 1; l >= 0; l--) {
            double[][] inputs = pass.inputs(l);
            layers.get(l).slopes(error, inputs, pass.weights(), decay, gradient);
            if (l > 0) {
                error = layers.get(l).errorOfInputs(error, pass.weights());
                for (int i = 0; i < inputs.length; i++) {
                    layers.get(l - 1).activation().timesSlope(inputs[i], error[i]);
                }
            }
        }
        return parameters.like(gradient);
    }

    /** lambda / 2 times the sum of the squares of the matrices' entries; the biases are free. */
    private double penalty(double[] weights) {
        double sum = 0;
        for (Layer layer : layers) {
            for (int i = layer.from(); decay > 0 && i < layer.biases(); i++) {
                sum += weights[i] * weights[i];
            }
        }
        return decay / 2 * sum;
    }

    private ForwardPass forward(double[][] features) {
        parameters.names().forEach(name -> Require.finite("weights " + name, parameters.get(name)));
        return ForwardPass.of(layers, features, parameters.entries(), null);
    }

    private int[] truth(INDArray x, INDArray y) {
        return Labels.trueClasses(y, "logits", a.type(), x.size(0), layers.get(layers.size() - 1).outputs());
    }

    private double[][] features(INDArray x, INDArray y) {
        Require.rows("labels", Require.matrix("labels", y), "features", Require.matrix("features", x).size(0));
        return features(x);
    }

    private double[][] features(INDArray x) {
        Require.type("features", Require.matrix("features", x), "weights", a.type());
        Require.shape("features", x, "one row per example, one column per row of the weights", x.size(0), layers.get(0).inputs());
        return Columns.of(Require.finiteEntries("features", x), layers.get(0).inputs());
    }
}
