package gradcheck.model;

import gradcheck.data.Require;
import java.util.Arrays;
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
        Require.matrix("labels", labels);
        Require.matrix(scoresName, scores);
        Require.sameType("labels", labels, scoresName, scores);
        Require.sameRows("labels", labels, scoresName, scores);
        Require.shape("labels", labels, "one row per example, one column per column of " + scoresName, scores.shape());
        int k = (int) labels.size(1);
        double[] values = labels.dup('c').data().asDouble();
        int[] classes = new int[(int) labels.size(0)];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = k == 1 ? zeroOrOne(values[i], i) : oneHot(values, i, k);
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
