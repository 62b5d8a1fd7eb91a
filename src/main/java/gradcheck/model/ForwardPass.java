package gradcheck.model;

import java.util.List;

/**
 * What the layers make of the features with these weights: the weighted sums of each unit and its outputs, as columns.
 *
 * <p>A column depends on nothing but the weights of its unit and the columns of the layer before. So a pass near another one, where
 * few weights differ, computes only the columns that those weights reach and shares all others with it.
 *
 * @param sums of each layer, a column for each unit; never changed, as other passes may share them
 * @param outputs the same with bias and activation
 */
record ForwardPass(List<Layer> layers, double[][] features, double[] weights, double[][][] sums, double[][][] outputs) {
    /** Returns the pass with other weights. */
    ForwardPass near(double[] others) {
        return of(layers, features, others, this);
    }

    /** Returns the pass with these weights, near another one or null. */
    static ForwardPass of(List<Layer> layers, double[][] features, double[] weights, ForwardPass near) {
        int depth = layers.size();
        ForwardPass pass = new ForwardPass(layers, features, weights, new double[depth][][], new double[depth][][]);
        boolean sameInputs = near != null;
        for (int l = 0; l < depth; l++) {
            Layer layer = layers.get(l);
            double[][] sums = new double[layer.outputs()][];
            double[][] outputs = new double[layer.outputs()][];
            boolean sameOutputs = sameInputs;
            for (int j = 0; j < outputs.length; j++) {
                boolean sameSums = sameInputs && layer.sameWeights(j, weights, near.weights);
                boolean same = sameSums && layer.sameBias(j, weights, near.weights);
                sums[j] = sameSums ? near.sums[l][j] : layer.sums(j, weights, pass.inputs(l));
                outputs[j] = same ? near.outputs[l][j] : layer.output(j, weights, sums[j]);
                sameOutputs &= same;
            }
            pass.sums[l] = sums;
            pass.outputs[l] = outputs;
            sameInputs = sameOutputs;
        }
        return pass;
    }

    /** Returns the columns that layer l works on. */
    double[][] inputs(int l) {
        return l == 0 ? features : outputs[l - 1];
    }

    /** Returns the columns of the last layer. */
    double[][] logits() {
        return outputs[outputs.length - 1];
    }

    /** Returns the probabilities that the logits stand for, as columns: of softmax, or of sigmoid if there is a single column. */
    double[][] probabilities(Arithmetic a) {
        double[][] probabilities = new double[logits().length][logits()[0].length];
        Columns.forRows(logits(), (row, i) -> {
            a.probabilities(row);
            for (int j = 0; j < row.length; j++) {
                probabilities[j][i] = row[j];
            }
        });
        return probabilities;
    }
}
