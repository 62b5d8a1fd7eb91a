package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a hidden unit makes of its weighted sum z. NaN stays NaN. */
public enum Activation {
    /** tanh(z), between -1 and 1. */
    TANH,
    /** max(0, z): a kink at 0, where its slope is taken as 0. */
    RELU,
    /** 1 / (1 + exp(-z)), between 0 and 1. */
    SIGMOID;

    /** Applies it to the sums of one unit for all rows, in place. */
    void apply(double[] z, Arithmetic a) {
        switch (this) {
            case TANH -> {
                for (int i = 0; i < z.length; i++) {
                    z[i] = a.tanh(z[i]);
                }
            }
            case RELU -> {
                for (int i = 0; i < z.length; i++) {
                    z[i] = Math.max(0, z[i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < z.length; i++) {
                    z[i] = a.sigmoid(z[i]);
                }
            }
        }
    }

    /** Returns its slope where it has these outputs: 1 - a^2, or 1 where a > 0 else 0, or a (1 - a). */
    INDArray slope(INDArray outputs) {
        return switch (this) {
            case TANH -> outputs.mul(outputs).rsubi(1);
            case RELU -> outputs.gt(0).castTo(outputs.dataType());
            case SIGMOID -> outputs.rsub(1).muli(outputs);
        };
    }
}
