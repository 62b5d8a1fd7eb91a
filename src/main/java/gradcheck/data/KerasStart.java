package gradcheck.data;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One random start on Iris and what Keras and NumPy measured there, with central differences of step 1e-7.
 *
 * <p>The features are Iris in file order with a leading column of ones; the binary model sees the first 100 rows.
 */
public final class KerasStart {
    private final double[] row;

    private KerasStart(double[] row) {
        this.row = row;
    }

    /** Returns the thirty starts, in the order of their seeds. */
    public static List<KerasStart> all() {
        List<String> lines = Datasets.lines("keras-starts.csv");
        return lines.stream().skip(1).map(line -> new KerasStart(Datasets.numbers(line))).toList();
    }

    /** Returns the seed that the weights were drawn with in NumPy: 0 to 29. */
    public int seed() {
        return (int) row[0];
    }

    /** Returns the number of rows whose true class has a probability below 1e-7, which Keras clips. */
    public int clippedRows() {
        return (int) row[1];
    }

    /** Returns the categorical cross-entropy that Keras computes in float32. */
    public double float32Loss() {
        return row[2];
    }

    /** Returns the relative error of the softmax model's gradient check with Keras' float32 loss. */
    public double float32Error() {
        return row[3];
    }

    /** Returns the categorical cross-entropy that Keras computes in float64. */
    public double float64Loss() {
        return row[4];
    }

    /** Returns the relative error of the softmax model's gradient check with Keras' float64 loss. */
    public double float64Error() {
        return row[5];
    }

    /** Returns the binary cross-entropy of the binary model. */
    public double binaryLoss() {
        return row[6];
    }

    /** Returns the relative error of the binary model's gradient check. */
    public double binaryError() {
        return row[7];
    }

    /** Returns the weights of the softmax model [5 x 3], DOUBLE, a copy. */
    public INDArray weights() {
        return Nd4j.createFromArray(Arrays.copyOfRange(row, 8, 23)).reshape(5, 3);
    }

    /** Returns the weights of the binary model [5 x 1], DOUBLE, a copy. */
    public INDArray binaryWeights() {
        return Nd4j.createFromArray(Arrays.copyOfRange(row, 23, 28)).reshape(5, 1);
    }
}
