package gradcheck.model;

import gradcheck.base.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random weights to start from. */
public final class Weights {
    private Weights() {
    }

    /**
     * Returns weights [rows x columns], DOUBLE, drawn row by row from the normal distribution N(0, 1 / rows), the same for the
     * same seed on every machine.
     *
     * @throws IllegalArgumentException if rows or columns is below 1
     */
    public static INDArray normal(int rows, int columns, long seed) {
        Require.that(rows >= 1 && columns >= 1, "rows, columns", "1 or more", rows + ", " + columns,
                "a row per feature and a column per class");
        return normal(rows, columns, new Random(seed));
    }

    /**
     * Returns the weights of a network, DOUBLE: matrices W1 [sizes[0] x sizes[1]], W2 [sizes[1] x sizes[2]], ..., each drawn from
     * N(0, 1 / rows), and after each its biases b1 [sizes[1]], b2 [sizes[2]], ..., which are 0.
     *
     * @param seed gives the same weights on every machine
     * @param sizes the number of features, of units in each hidden layer, and of classes (1 for a binary model)
     * @throws IllegalArgumentException if there are fewer than two sizes, or one is below 1
     */
    public static Parameters layers(long seed, int... sizes) {
        Require.that(sizes.length >= 2 && Arrays.stream(sizes).allMatch(size -> size >= 1), "sizes", "two or more, each at least 1",
                Arrays.toString(sizes), "for 64 features, 32 hidden units and 10 classes: layers(seed, 64, 32, 10)");
        Random random = new Random(seed);
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        for (int l = 1; l < sizes.length; l++) {
            tensors.put("W" + l, normal(sizes[l - 1], sizes[l], random));
            tensors.put("b" + l, Nd4j.zeros(DataType.DOUBLE, sizes[l]));
        }
        return new Parameters(tensors);
    }

    private static INDArray normal(int rows, int columns, Random random) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() * Math.sqrt(1.0 / rows);
        }
        return Nd4j.createFromArray(values).reshape(rows, columns);
    }
}
