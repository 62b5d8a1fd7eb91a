package gradcheck.model;

/**
 * One layer of units: what they make of the columns before them, and what their errors say about the weights and the inputs.
 *
 * <p>A column is what one unit gives for all rows.
 *
 * @param from where its matrix [inputs x outputs] stands in the flat weights, row by row; its biases [outputs] come after it
 * @param bias whether it has biases
 * @param activation what is made of the weighted sums, or null for the last layer, whose sums are the logits
 * @param a the arithmetic of its weights
 */
record Layer(int from, int inputs, int outputs, boolean bias, Activation activation, Arithmetic a) {
    /** Returns the weighted sum of the inputs of unit j, for all rows. */
    double[] sums(int j, double[] weights, double[][] in) {
        double[] sums = new double[in[0].length];
        for (int i = 0; i < inputs; i++) {
            a.addMultiple(weights[from + i * outputs + j], in[i], sums);
        }
        return sums;
    }

    /** Turns the sums of unit j into what it gives: the activation of each sum plus the bias. */
    double[] output(int j, double[] weights, double[] sums) {
        if (bias) {
            double b = weights[biases() + j];
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
    void slopes(double[][] error, double[][] in, double[] weights, double decay, double[] slopes) {
        for (int i = 0; i < inputs; i++) {
            double[] products = Arithmetic.dots(in[i], error);
            for (int j = 0; j < outputs; j++) {
                int at = from + i * outputs + j;
                slopes[at] = products[j] / in[i].length + decay * weights[at];
            }
        }
        for (int j = 0; bias && j < outputs; j++) {
            slopes[biases() + j] = a.mean(error[j]);
        }
    }

    /** Returns what the inputs have to answer for: the error of each unit, handed back along its weights. */
    double[][] errorOfInputs(double[][] error, double[] weights) {
        double[][] back = new double[inputs][error[0].length];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < outputs; j++) {
                a.addMultiple(weights[from + i * outputs + j], error[j], back[i]);
            }
        }
        return back;
    }

    /** Returns whether unit j has the same weights in both, its bias aside. */
    boolean sameWeights(int j, double[] weights, double[] others) {
        for (int at = from + j; at < biases(); at += outputs) {
            if (weights[at] != others[at]) {
                return false;
            }
        }
        return true;
    }

    boolean sameBias(int j, double[] weights, double[] others) {
        return !bias || weights[biases() + j] == others[biases() + j];
    }

    /** Returns where the biases begin, which is where the matrix ends. */
    int biases() {
        return from + inputs * outputs;
    }
}
