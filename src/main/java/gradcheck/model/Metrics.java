package gradcheck.model;

import gradcheck.base.Require;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How good predictions are: accuracy, macro precision, macro recall and the confusion matrix.
 *
 * <p>A row is predicted to be of the class with the largest probability (of equal ones the first), or with a single column of
 * class 1 where the probability is at least 0.5. Macro means: the plain average over the classes that occur, as label or as
 * prediction. The precision of a class that is never predicted is 0, and so is the recall of one that never occurs.
 */
public final class Metrics {
    private final int[][] confusion;

    private Metrics(int[][] confusion) {
        this.confusion = confusion;
    }

    /**
     * Returns the metrics of predictions.
     *
     * @param labels one-hot [m x k], or 0 and 1 [m x 1]
     * @param probabilities of the same shape and data type, finite
     * @throws IllegalArgumentException if an argument is empty, of another type or shape, the labels are not one-hot, or a
     *     probability is NaN or infinite
     */
    public static Metrics of(INDArray labels, INDArray probabilities) {
        int[] truth = Labels.trueClasses(labels, "probabilities", Require.finite("probabilities", probabilities));
        double[][] columns = Columns.of(probabilities);
        int k = Math.max(2, columns.length);
        int[][] confusion = new int[k][k];
        Columns.forRows(columns, (row, i) -> confusion[truth[i]][predicted(row)]++);
        return new Metrics(confusion);
    }

    private static int predicted(double[] p) {
        int best = p.length == 1 && p[0] >= 0.5 ? 1 : 0;
        for (int j = 1; j < p.length; j++) {
            best = p[j] > p[best] ? j : best;
        }
        return best;
    }

    /** Returns the share of rows that are classified rightly, from 0 to 1. */
    public double accuracy() {
        int right = IntStream.range(0, confusion.length).map(c -> confusion[c][c]).sum();
        return (double) right / Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    }

    /** Returns the average over the classes of right predictions of a class / all predictions of it, from 0 to 1. */
    public double macroPrecision() {
        return average(this::predictions);
    }

    /** Returns the average over the classes of right predictions of a class / all rows of it, from 0 to 1. */
    public double macroRecall() {
        return average(this::members);
    }

    /** Returns the number of rows of each true class (row) and predicted class (column) [k x k], a copy. */
    public int[][] confusionMatrix() {
        return Arrays.stream(confusion).map(int[]::clone).toArray(int[][]::new);
    }

    private int members(int c) {
        return Arrays.stream(confusion[c]).sum();
    }

    private int predictions(int c) {
        return Arrays.stream(confusion).mapToInt(row -> row[c]).sum();
    }

    private double average(IntUnaryOperator all) {
        return IntStream.range(0, confusion.length).filter(c -> members(c) + predictions(c) > 0)
                .mapToDouble(c -> all.applyAsInt(c) == 0 ? 0 : (double) confusion[c][c] / all.applyAsInt(c)).average().orElseThrow();
    }

    /** Returns the three figures in a line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "accuracy %.3f, macro precision %.3f, macro recall %.3f", accuracy(), macroPrecision(),
                macroRecall());
    }
}
