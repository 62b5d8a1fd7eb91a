package gradcheck.model;

import gradcheck.base.Doubles;
import java.util.function.ObjIntConsumer;
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
        return of(Doubles.of(matrix), (int) matrix.size(1));
    }

    /** Returns the k columns of a matrix that is given row by row. */
    static double[][] of(double[] rows, int k) {
        int m = rows.length / k;
        double[][] columns = new double[k][m];
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

    /** Does something with the entries of each row i, which may be overwritten; the columns stay as they are. */
    static void forRows(double[][] columns, ObjIntConsumer<double[]> work) {
        double[] row = new double[columns.length];
        for (int i = 0; i < columns[0].length; i++) {
            row(columns, i, row);
            work.accept(row, i);
        }
    }

    /** Returns the matrix [m x k]. */
    static INDArray matrix(double[][] columns, DataType type) {
        int m = columns[0].length;
        int k = columns.length;
        double[] rows = new double[m * k];
        forRows(columns, (row, i) -> System.arraycopy(row, 0, rows, i * k, k));
        return Nd4j.create(rows, new long[] {m, k}, 'c').castTo(type);
    }
}
