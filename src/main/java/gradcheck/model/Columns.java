package gradcheck.model;

import gradcheck.base.Doubles;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix [m x k] as k columns of m doubles and back: the form in which a weight is applied to all rows in one plain loop. */
final class Columns {
    /** So many rows are turned into columns at a time: they stay in the cache. */
    private static final int TILE = 16;

    private Columns() {
    }

    static double[][] of(INDArray matrix) {
        double[] rows = Doubles.of(matrix);
        int k = (int) matrix.size(1);
        double[][] columns = new double[k][(int) matrix.size(0)];
        int m = columns[0].length;
        for (int from = 0; from < m; from += TILE) {
            for (int j = 0; j < k; j++) {
                for (int i = from; i < Math.min(from + TILE, m); i++) {
                    columns[j][i] = rows[i * k + j];
                }
            }
        }
        return columns;
    }

    /** Copies row i into {@code row}, which has an entry for each column. */
    static void row(double[][] columns, int i, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = columns[j][i];
        }
    }

    /** A number that is made of the entries of row i, which may be overwritten. */
    interface OfRow {
        double of(double[] row, int i);
    }

    /** Returns the number for each row; the columns stay as they are. */
    static double[] ofRows(double[][] columns, OfRow function) {
        double[] row = new double[columns.length];
        double[] numbers = new double[columns[0].length];
        for (int i = 0; i < numbers.length; i++) {
            row(columns, i, row);
            numbers[i] = function.of(row, i);
        }
        return numbers;
    }

    /** Returns the transposed matrix [k x m]: each column a row. */
    static INDArray transposed(double[][] columns, DataType type) {
        return Nd4j.createFromArray(columns).castTo(type);
    }

    /** Returns the matrix [m x k]. */
    static INDArray matrix(double[][] columns, DataType type) {
        return transposed(columns, type).transpose().dup('c');
    }
}
