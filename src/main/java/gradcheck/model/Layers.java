package gradcheck.model;

import gradcheck.base.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers of units, one after the other: the forward and the backward pass that all models here have in common.
 *
 * <p>The forward pass goes column by column: a column is what one unit gives for all rows, and depends on nothing but its own
 * weights and the columns of the layer before. So where few weights have changed, only the columns that they reach are new.
 */
final class Layers {
    private final Parameters parameters;
    private final List<Layer> layers = new ArrayList<>();
    private final Arithmetic a;
    private final Loss loss;
    private final double decay;

    /**
     * Makes the layers.
     *
     * @param parameters for each layer a matrix [inputs x outputs] and, if it has one, a vector of biases [outputs] after it
     * @param hidden the activation of all layers but the last, whose sums are the logits
     * @param decay lambda: lambda / 2 times the sum of the squares of all matrices is added to the loss
     */
    Layers(Parameters parameters, Activation hidden, Loss loss, double decay) {
        Require.that(loss != null, "loss", "a loss", "null", "the default is new CrossEntropy()");
        this.parameters = parameters;
        this.loss = loss;
        this.decay = decay;
        List<String> names = List.copyOf(parameters.names());
        int from = 0;
        for (int n = 0; n < names.size(); n++) {
            INDArray tensor = parameters.get(names.get(n));
            if (tensor.rank() == 2) {
                boolean bias = n + 1 < names.size() && parameters.get(names.get(n + 1)).rank() == 1;
                boolean last = n + (bias ? 2 : 1) == names.size();
                layers.add(new Layer(bias, from, (int) tensor.size(0), (int) tensor.size(1), last ? null : hidden));
            }
            from += (int) tensor.length();
        }
        this.a = new Arithmetic(parameters.get(names.get(0)).dataType());
    }

    /** One layer, whose matrix stands in the flat weights at {@code from}, row by row, and its biases after it. */
    private record Layer(boolean bias, int from, int inputs, int outputs, Activation activation) {
        /** Returns the weighted sum of the inputs of unit j, for all rows. */
        double[] sums(int j, double[] flat, double[][] in, Arithmetic a) {
            double[] sums = new double[in[0].length];
            for (int i = 0; i < inputs; i++) {
                a.addMultiple(flat[from + i * outputs + j], in[i], sums);
            }
            return sums;
        }

        /** Turns the sums of unit j into what it gives: its activation of the sum plus its bias. */
        double[] activated(double[] sums, int j, double[] flat, Arithmetic a) {
            if (bias) {
                double b = flat[from + inputs * outputs + j];
                for (int r = 0; r < sums.length; r++) {
                    sums[r] = a.round(sums[r] + b);
                }
            }
            if (activation != null) {
                activation.apply(sums, a);
            }
            return sums;
        }

        /** Sets the slopes of the mean loss by the weights of this layer: error times input and, for a bias, the error, over all rows. */
        void slopes(double[][] error, double[][] in, double[] flat, double decay, double[] slopes, Arithmetic a) {
            int m = in[0].length;
            for (int i = 0; i < inputs; i++) {
                double[] products = Arithmetic.dots(in[i], error);
                for (int j = 0; j < outputs; j++) {
                    int at = from + i * outputs + j;
                    slopes[at] = products[j] / m + decay * flat[at];
                }
            }
            for (int j = 0; bias && j < outputs; j++) {
                slopes[from + inputs * outputs + j] = a.mean(error[j]);
            }
        }

        /** Returns what the inputs have to answer for: the error of each unit, handed back along its weights. */
        double[][] errorOfInputs(double[][] error, double[] flat, Arithmetic a) {
            double[][] back = new double[inputs][error[0].length];
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < outputs; j++) {
                    a.addMultiple(flat[from + i * outputs + j], error[j], back[i]);
                }
            }
            return back;
        }

        /** Whether unit j has the same weights in both, its bias aside. */
        boolean sameWeights(int j, double[] flat, double[] other) {
            for (int at = from + j; at < from + inputs * outputs; at += outputs) {
                if (flat[at] != other[at]) {
                    return false;
                }
            }
            return true;
        }

        boolean sameBias(int j, double[] flat, double[] other) {
            return !bias || flat[from + inputs * outputs + j] == other[from + inputs * outputs + j];
        }
    }

    /** What a forward pass computed for these weights: the columns of each layer, and the weighted sums that they were made of. */
    private record Pass(double[] weights, List<double[][]> sums, List<double[][]> outputs) {
        double[][] logits() {
            return outputs.get(outputs.size() - 1);
        }
    }

    /** The forward pass, with all that others may share. */
    private Pass forward(double[] weights, double[][] features) {
        List<double[][]> sums = new ArrayList<>();
        List<double[][]> outputs = new ArrayList<>();
        double[][] in = features;
        for (Layer layer : layers) {
            double[][] of = new double[layer.outputs()][];
            double[][] out = new double[layer.outputs()][];
            for (int j = 0; j < out.length; j++) {
                of[j] = layer.sums(j, weights, in, a);
                out[j] = layer.activated(of[j].clone(), j, weights, a);
            }
            sums.add(of);
            outputs.add(out);
            in = out;
        }
        return new Pass(weights, sums, outputs);
    }

    /** The forward pass; what cannot differ from {@code near} is taken from there. */
    private double[][] logits(double[] weights, double[][] features, Pass near) {
        double[][] in = features;
        boolean shared = true;
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            double[][] out = new double[layer.outputs()][];
            boolean sameInputs = shared;
            for (int j = 0; j < out.length; j++) {
                boolean sameSums = sameInputs && layer.sameWeights(j, weights, near.weights());
                boolean same = sameSums && layer.sameBias(j, weights, near.weights());
                out[j] = same ? near.outputs().get(l)[j] : layer.activated(
                        sameSums ? near.sums().get(l)[j].clone() : layer.sums(j, weights, in, a), j, weights, a);
                shared &= same;
            }
            in = out;
        }
        return in;
    }

    Parameters parameters() {
        return parameters;
    }

    double loss(INDArray x, INDArray y) {
        double[] weights = weights();
        Pass pass = forward(weights, features(x, y));
        return a.round(loss.value(y, Columns.matrix(pass.logits(), a.type())) + penalty(weights));
    }

    Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
        if (!(loss instanceof RowLoss rows)) {
            return Optional.empty();
        }
        double[][] features = features(x, y);
        int[] truth = Labels.trueClasses(y, "logits", a.type(), x.size(0), layers.get(layers.size() - 1).outputs());
        return Optional.of(center -> {
            Pass near = forward(a.rounded(center), features);
            return weights -> {
                double[] rounded = a.rounded(weights);
                return a.round(rows.mean(truth, logits(rounded, features, near), a) + penalty(rounded));
            };
        });
    }

    INDArray predict(INDArray x) {
        return Columns.matrix(Probabilities.of(forward(weights(), features(x)).logits(), a), a.type());
    }

    /** The backward pass: the error of each layer, from the last to the first, gives the slopes of its weights. */
    Parameters gradient(INDArray x, INDArray y) {
        double[] weights = weights();
        double[][] features = features(x, y);
        Pass pass = forward(weights, features);
        int[] truth = Labels.trueClasses(y, "logits", a.type(), x.size(0), pass.logits().length);
        double[][] error = Probabilities.of(pass.logits(), a);
        for (int r = 0; r < truth.length; r++) {
            error[error.length == 1 ? 0 : truth[r]][r] -= error.length == 1 ? truth[r] : 1;
        }
        double[] gradient = new double[weights.length];
        for (int l = layers.size() - 1; l >= 0; l--) {
            double[][] in = l == 0 ? features : pass.outputs().get(l - 1);
            layers.get(l).slopes(error, in, weights, decay, gradient, a);
            if (l > 0) {
                error = layers.get(l).errorOfInputs(error, weights, a);
                for (int i = 0; i < in.length; i++) {
                    layers.get(l - 1).activation().timesSlope(in[i], error[i]);
                }
            }
        }
        return parameters.like(gradient);
    }

    /** lambda / 2 times the sum of the squares of the matrices' entries; the biases are free. */
    private double penalty(double[] weights) {
        double sum = 0;
        for (Layer layer : layers) {
            for (int i = layer.from(); decay > 0 && i < layer.from() + layer.inputs() * layer.outputs(); i++) {
                sum += weights[i] * weights[i];
            }
        }
        return decay / 2 * sum;
    }

    private double[] weights() {
        double[] weights = parameters.entries();
        if (!Columns.areFinite(weights)) {
            parameters.names().forEach(name -> Require.finite("weights " + name, parameters.get(name)));
        }
        return weights;
    }

    private double[][] features(INDArray x, INDArray y) {
        Require.rows("labels", Require.matrix("labels", y), "features", Require.matrix("features", x).size(0));
        return features(x);
    }

    private double[][] features(INDArray x) {
        Layer first = layers.get(0);
        Require.type("features", Require.matrix("features", x), "weights", a.type());
        Require.shape("features", x, "one row per example, one column per row of the weights", x.size(0), first.inputs());
        double[][] columns = Columns.of(x);
        if (!Arrays.stream(columns).allMatch(Columns::areFinite)) {
            Require.finite("features", x);
        }
        return columns;
    }
}
