package gradcheck.base;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers of an ND4J array as plain doubles: the way in from ND4J that all rooms take. */
public final class Doubles {
    private Doubles() {
    }

    /**
     * Returns the entries of an array [n] in row-major order, a copy, whatever its layout and numeric data type; NaN and infinity stay.
     *
     * <p>They are copied in one go where that can be done: {@code asDouble} takes one at a time.
     */
    public static double[] of(INDArray array) {
        boolean rowByRow = !array.isView() && array.data().length() == array.length()
                && Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), 'c'));
        INDArray rows = rowByRow ? array : array.dup('c');
        if (rows.dataType() != DataType.DOUBLE) {
            return rows.data().asDouble();
        }
        double[] entries = new double[(int) rows.length()];
        rows.data().asNioDouble().get(entries);
        return entries;
    }
}
