package gradcheck.model;

/** What a hidden unit makes of its weighted sum z. NaN stays NaN. */
public enum Activation {
    /** tanh(z), between -1 and 1. */
    TANH,
    /** max(0, z): a kink at 0, where its slope is taken as 0. */
    RELU,
    /** 1 / (1 + exp(-z)), between 0 and 1. */
    SIGMOID;

    /** Applies it to the sums of one unit for all rows, in place; a loop each, as a choice inside would cost a tenth of a check. */
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

    /** Multiplies the errors by its slope where it has these outputs: 1 - a^2, or 1 where a > 0 else 0, or a (1 - a). */
    void timesSlope(double[] outputs, double[] errors) {
        for (int i = 0; i < errors.length; i++) {
            double out = outputs[i];
            errors[i] *= switch (this) {
                case TANH -> 1 - out * out;
                case RELU -> out > 0 ? 1 : 0;
                case SIGMOID -> out * (1 - out);
            };
        }
    }
}
