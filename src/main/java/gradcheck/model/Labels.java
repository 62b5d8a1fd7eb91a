package gradcheck.model;

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
        int[] classes = new int[(int) m];
        Columns.forRows(Columns.of(labels), (row, i) -> classes[i] = trueClass(row, i));
        return classes;
    }

    private static int trueClass(double[] row, int i) {
        int truth = 0;
        int ones = 0;
        int zeros = 0;
        for (int j = 0; j < row.length; j++) {
            truth = row[j] == 1 ? j : truth;
            ones += row[j] == 1 ? 1 : 0;
            zeros += row[j] == 0 ? 1 : 0;
        }
        if (ones + zeros < row.length || row.length > 1 && ones != 1) {
            Require.that(false, "labels", "one-hot rows (a single 1, else 0), or 0 or 1 in a single column",
                    Arrays.toString(row) + " in row " + i, "make them with Dataset.oneHot(classes, k)");
        }
        return row.length == 1 ? ones : truth;
    }
}
