package gradcheck.model;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels, checked once and read row by row: the true class of a one-hot row, or the 0 or 1 of a single column. */
final class Labels {
    private Labels() {
    }

    /**
     * Returns the true class of each row [m].
     *
     * @throws IllegalArgumentException if the labels are not of the shape and type of {@code scores} or not one-hot (0 or 1)
     */
    static int[] trueClasses(INDArray labels, String scoresName, INDArray scores) {
        Require.matrix(scoresName, scores);
        return trueClasses(labels, scoresName, scores.dataType(), scores.size(0), scores.size(1));
    }

    /** Returns the same for scores of this type and shape [m x k]. */
    static int[] trueClasses(INDArray labels, String scoresName, DataType type, long m, long k) {
        Require.matrix("labels", labels);
        Require.type("labels", labels, scoresName, type);
        Require.rows("labels", labels, scoresName, m);
        Require.shape("labels", labels, "one row per example, one column per column of " + scoresName, m, k);
        double[] values = Doubles.of(labels);
        int[] classes = new int[(int) m];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = k == 1 ? zeroOrOne(values[i], i) : oneHot(values, i, (int) k);
        }
        return classes;
    }

    private static int zeroOrOne(double value, int row) {
        Require.that(value == 0 || value == 1, "labels", "0 or 1 in a single column", value + " in row " + row,
                "for more than two classes give one column per class: Dataset.oneHot(classes, k)");
        return (int) value;
    }

    private static int oneHot(double[] values, int row, int k) {
        int truth = -1;
        int ones = 0;
        int zeros = 0;
        for (int j = 0; j < k; j++) {
            double value = values[row * k + j];
            if (value == 1) {
                truth = j;
                ones++;
            } else if (value == 0) {
                zeros++;
            }
        }
        if (ones != 1 || zeros != k - 1) {
            String found = Arrays.toString(Arrays.copyOfRange(values, row * k, row * k + k));
            Require.that(false, "labels", "one-hot rows (a single 1, else 0)", found + " in row " + row,
                    "make them with Dataset.oneHot(classes, k)");
        }
        return truth;
    }
}
