package gradcheck.base;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rules that arrays must keep, each with an error that names the argument, the rule, the value and the remedy.
 *
 * <p>Every method returns normally when the rule is kept and throws an {@link IllegalArgumentException} otherwise.
 */
public final class Require {
    private Require() {
    }

    /** Returns the array, which must be there, hold at least one entry and be of type FLOAT or DOUBLE. */
    public static INDArray floating(String name, INDArray array) {
        that(array != null, name, "an array", "null", "pass the array");
        that(!array.isEmpty() && array.length() > 0, name, "at least one entry", "an empty array", "pass data");
        that(array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE, name,
                "data type DOUBLE or FLOAT", array.dataType(), "cast it: array.castTo(DataType.DOUBLE)");
        return array;
    }

    /** Returns the array, which must be {@link #floating} and a matrix. */
    public static INDArray matrix(String name, INDArray array) {
        floating(name, array);
        that(array.rank() == 2, name, "a matrix (rank 2)", "shape " + Arrays.toString(array.shape()),
                "reshape it: array.reshape(rows, columns)");
        return array;
    }

    /** Returns the array, which must be {@link #floating} and hold neither NaN nor infinity; the first such entry is named. */
    public static INDArray finite(String name, INDArray array) {
        finiteEntries(name, array);
        return array;
    }

    /** Returns the entries, as {@link Doubles#of} does, of an array that must be {@link #finite}. */
    public static double[] finiteEntries(String name, INDArray array) {
        double[] values = Doubles.of(floating(name, array));
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                that(false, name, "finite numbers only", values[i] + " at " + entry(i, array.shape()),
                        "look for an overflow, a division by zero or a gap in the data that made it");
            }
        }
        return values;
    }

    /** Requires an array of the data type that another one has. */
    public static void type(String name, INDArray array, String otherName, DataType type) {
        that(array.dataType() == type, name, "the data type of " + otherName + ", " + type, array.dataType(),
                "cast one of them: " + name + ".castTo(DataType." + type + ")");
    }

    /** Requires a matrix with as many rows as another one has. */
    public static void rows(String name, INDArray array, String otherName, long rows) {
        that(array.size(0) == rows, name, "as many rows as " + otherName + ", " + rows, array.size(0),
                "pass features and labels of the same examples");
    }

    /** Requires an array of the given shape, whose meaning is said in the error. */
    public static void shape(String name, INDArray array, String meaning, long... expected) {
        that(Arrays.equals(array.shape(), expected), name,
                "shape " + Arrays.toString(expected) + " (" + meaning + ")", Arrays.toString(array.shape()),
                "check which argument is transposed, cut or lacks its column of ones");
    }

    /** Requires a rule to hold: the error reads {@code name: expected rule, got value; remedy}. */
    public static void that(boolean kept, String name, String rule, Object value, String remedy) {
        if (!kept) {
            throw new IllegalArgumentException(name + ": expected " + rule + ", got " + value + "; " + remedy);
        }
    }

    /** Returns the place of entry {@code i} in row-major order, such as {@code [2, 0]}. */
    public static String entry(long i, long... shape) {
        long[] place = new long[shape.length];
        for (int d = shape.length - 1; d >= 0; d--) {
            place[d] = i % shape[d];
            i /= shape[d];
        }
        return Arrays.toString(place);
    }
}
