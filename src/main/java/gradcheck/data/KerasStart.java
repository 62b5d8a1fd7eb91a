package gradcheck.data;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One random start on Iris and what Keras and NumPy measured there, with central differences of step 1e-7.
 *
 * <p>The features are Iris in file order with a leading column of ones; the binary model sees the first 100 rows.
 *
 * @param seed of the weights in NumPy, 0 to 29
 * @param clippedRows the number of rows whose true class has a probability below 1e-7, which Keras clips
 * @param float32Loss the categorical cross-entropy that Keras computes in float32
 * @param float32Error the relative error of the softmax model's gradient check with that loss
 * @param float64Loss the categorical cross-entropy that Keras computes in float64
 * @param float64Error the relative error of the softmax model's gradient check with that loss
 * @param binaryLoss the binary cross-entropy of the binary model
 * @param binaryError the relative error of the binary model's gradient check
 * @param weights of the softmax model [5 x 3], DOUBLE; each call gives out a copy
 * @param binaryWeights of the binary model [5 x 1], DOUBLE; each call gives out a copy
 */
public record KerasStart(int seed, int clippedRows, double float32Loss, double float32Error, double float64Loss, double float64Error,
        double binaryLoss, double binaryError, INDArray weights, INDArray binaryWeights) {
    /** Returns the thirty starts, in the order of their seeds. */
    public static List<KerasStart> all() {
        return Datasets.lines("keras-starts.csv").stream().skip(1).map(Datasets::numbers).map(KerasStart::of).toList();
    }

    private static KerasStart of(double[] row) {
        return new KerasStart((int) row[0], (int) row[1], row[2], row[3], row[4], row[5], row[6], row[7],
                Nd4j.createFromArray(Arrays.copyOfRange(row, 8, 23)).reshape(5, 3),
                Nd4j.createFromArray(Arrays.copyOfRange(row, 23, 28)).reshape(5, 1));
    }

    @Override
    public INDArray weights() {
        return weights.dup();
    }

    @Override
    public INDArray binaryWeights() {
        return binaryWeights.dup();
    }
}
