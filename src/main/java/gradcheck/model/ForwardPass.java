package gradcheck.model;

import java.util.List;

/**
 * What the layers make of the features with these weights: the weighted sums of each unit and its outputs, as columns.
 *
 * <p>A column depends on nothing but the weights of its unit and the columns of the layer before. So a pass near another one, where
 * few weights differ, computes only the columns that those weights reach and shares all others with it.
 *
 * @param sums of each layer, a column for each unit; null in a pass near another, which puts the outputs in their place
 * @param outputs the same with bias and activation
 */
record ForwardPass(double[][] features, double[] weights, double[][][] sums, double[][][] outputs) {
    /** Returns the pass with these weights; {@code near} is one from the start, with the same features, or null. */
    static ForwardPass of(List<Layer> layers, double[][] features, double[] weights, ForwardPass near) {
        int depth = layers.size();
        ForwardPass pass = new ForwardPass(features, weights, near == null ? new double[depth][][] : null, new double[depth][][]);
        ForwardPass shared = near;
        for (int l = 0; l < depth; l++) {
            shared = pass.compute(layers.get(l), l, shared) ? near : null;
        }
        return pass;
    }

    /** Computes the columns of layer l and returns whether all are those of {@code shared}, which has the same inputs or is null. */
    private boolean compute(Layer layer, int l, ForwardPass shared) {
        boolean keeps = sums != null;
        if (keeps) {
            sums[l] = new double[layer.outputs()][];
        }
        outputs[l] = new double[layer.outputs()][];
        boolean all = shared != null;
        for (int j = 0; j < layer.outputs(); j++) {
            boolean sameSums = shared != null && layer.sameWeights(j, weights, shared.weights);
            boolean same = sameSums && layer.sameBias(j, weights, shared.weights);
            double[] z = sameSums ? shared.sums[l][j] : layer.sums(j, weights, inputs(l));
            if (keeps) {
                sums[l][j] = z;
            }
            outputs[l][j] = same ? shared.outputs[l][j] : layer.output(j, weights, keeps || sameSums ? z.clone() : z);
            all &= same;
        }
        return all;
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
