package gradcheck.model;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-entropy as Keras computes it from probabilities, step by step in one data type.
 *
 * <p>Each row of probabilities is cast to the type, divided by its sum, clipped to [1e-7, 1 - 1e-7]; then -log(p_true), and the
 * mean over the rows, summed pairwise. With one column nothing is divided: -log(p) where the label is 1, -log(1 - p) where it is 0.
 * Keras' own default is FLOAT. A clipped probability has no slope: there the loss does not react to the weights.
 *
 * <p>Source: Keras 3, {@code keras.losses.CategoricalCrossentropy} and {@code BinaryCrossentropy} with their defaults.
 */
public final class KerasCrossEntropy extends RowLoss {
    private static final double CLIP = 1e-7;

    private final Arithmetic a;

    /**
     * Makes the loss.
     *
     * @param type the data type of every step: FLOAT as Keras does by default, or DOUBLE
     * @throws IllegalArgumentException if it is another type
     */
    public KerasCrossEntropy(DataType type) {
        Require.that(type == DataType.FLOAT || type == DataType.DOUBLE, "type", "FLOAT or DOUBLE", type,
                "Keras' default is DataType.FLOAT");
        this.a = new Arithmetic(type);
    }

    /** Returns the loss of the probabilities that softmax (or sigmoid) makes of the logits, in the logits' own type. */
    @Override
    double ofRow(double[] logits, int truth, Arithmetic ofLogits) {
        return ofProbabilities(ofLogits.probabilities(logits), truth);
    }

    @Override
    Arithmetic ofMean(Arithmetic ofLogits) {
        return a;
    }

    /**
     * Returns the mean loss of probabilities.
     *
     * @param labels one-hot [m x k], or 0 and 1 [m x 1]
     * @param probabilities from 0 to 1, of the same shape and data type, FLOAT or DOUBLE; NaN makes the loss NaN
     * @throws IllegalArgumentException if an argument is empty, of another type or shape, the labels are not one-hot, or a
     *     probability is outside 0 to 1
     */
    public double ofProbabilities(INDArray labels, INDArray probabilities) {
        int[] truth = Labels.trueClasses(labels, "probabilities", probabilities);
        double[] entries = Doubles.of(probabilities);
        for (int i = 0; i < entries.length; i++) {
            // A row that sums to 1 in float32 may hold one that exceeds 1 by its round-off.
            if (entries[i] < 0 || entries[i] > 1 + 1e-6) {
                Require.that(false, "probabilities", "numbers from 0 to 1", entries[i] + " at "
                        + Require.entry(i, probabilities.shape()), "logits go to value(labels, logits)");
            }
        }
        double[] losses = new double[truth.length];
        Columns.forRows(Columns.of(probabilities), (row, i) -> losses[i] = ofProbabilities(row, truth[i]));
        return a.mean(losses);
    }

    /**
     * Returns the number of rows whose true class has a probability below 1e-7, so that it is clipped and gives no slope.
     *
     * @param labels one-hot [m x k], or 0 and 1 [m x 1]
     * @param logits of the same shape and data type
     * @throws IllegalArgumentException as {@link #value}
     */
    public int clippedRows(INDArray labels, INDArray logits) {
        int[] truth = Labels.trueClasses(labels, "logits", logits);
        Arithmetic ofLogits = new Arithmetic(logits.dataType());
        boolean[] clipped = new boolean[truth.length];
        Columns.forRows(Columns.of(logits), (row, i) -> {
            double p = ofTruth(ofLogits.probabilities(row), truth[i]);
            clipped[i] = row.length == 1 && truth[i] == 0 ? p > a.round(1 - CLIP) : p < a.round(CLIP);
        });
        return (int) IntStream.range(0, clipped.length).filter(i -> clipped[i]).count();
    }

    /** The probability in the true class' column (or the single one) of a row, cast and divided by the row's sum. */
    private double ofTruth(double[] p, int truth) {
        double[] cast = a.rounded(p);
        return p.length == 1 ? cast[0] : a.round(cast[truth] / a.sum(cast, 0, cast.length));
    }

    private double ofProbabilities(double[] p, int truth) {
        double clipped = Math.max(a.round(CLIP), Math.min(ofTruth(p, truth), a.round(1 - CLIP)));
        return -a.round(Math.log(p.length == 1 && truth == 0 ? a.round(1 - clipped) : clipped));
    }
}
