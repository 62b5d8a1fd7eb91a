package gradcheck.model;

import java.util.function.ToDoubleFunction;

/** A loss on fixed data as a function of the weights alone: quick where few weights differ, and callable by several threads at once. */
@FunctionalInterface
public interface FastLoss {
    /**
     * Returns the loss as a function of all weights [n], flattened as {@link Parameters#flatten} does it.
     *
     * <p>Several threads may call it at once. What its weights have in common with those given here is computed once: so it is
     * fast where few of them differ, and right wherever they are. The numbers are those of {@link Model#loss}, bit for bit.
     *
     * @param weights [n], finite; rounded to the data type of the model's weights, and copied
     */
    ToDoubleFunction<double[]> near(double[] weights);
}
