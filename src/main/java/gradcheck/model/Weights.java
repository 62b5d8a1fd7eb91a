package gradcheck.model;

import gradcheck.data.Require;
import java.util.Random;
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
        Random random = new Random(seed);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() * Math.sqrt(1.0 / rows);
        }
        return Nd4j.createFromArray(values).reshape(rows, columns);
    }
}
