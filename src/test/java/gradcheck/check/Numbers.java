package gradcheck.check;

/** The arithmetics that the loss of a {@link Case} is computed in. */
enum Numbers {
    /** Double, from logits. */
    DOUBLE,
    /** Double, through probabilities clipped to [1e-7, 1 - 1e-7]. */
    DOUBLE_CLIPPED,
    /** Double, exp(z) / sum exp(z) and its logarithm as written: overflows, and log 0. */
    DOUBLE_NAIVE,
    /** As Keras: the probabilities are cast to float32, clipped, and the loss stays float32. */
    FLOAT_RESULT,
    /** Everything in float32, the weights too. */
    FLOAT_ALL,
    /** Everything in float32, but the mean over the rows in double. */
    FLOAT_INSIDE;

    boolean isFloat() {
        return this == FLOAT_RESULT || this == FLOAT_ALL || this == FLOAT_INSIDE;
    }

    /** Whether the forward pass is in float32. */
    boolean isFloatForward() {
        return this == FLOAT_ALL || this == FLOAT_INSIDE;
    }

    boolean isClipped() {
        return this == DOUBLE_CLIPPED || this == FLOAT_RESULT;
    }
}
