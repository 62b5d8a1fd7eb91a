package gradcheck.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoublesTest {
    private static INDArray upTo(int n) {
        return Nd4j.createFromArray(IntStream.rangeClosed(1, n).asDoubleStream().toArray());
    }

    private static Map<String, INDArray> layouts() {
        INDArray matrix = upTo(12).reshape(3, 4);
        // Not made by reshape: then ND4J says of the turned box, too, that it is no view and in the order of the rows.
        INDArray box = Nd4j.createFromArray(new double[][][] {{{1, 2, 3}, {4, 5, 6}}, {{7, 8, 9}, {10, 11, 12}}});
        Map<String, INDArray> layouts = new LinkedHashMap<>();
        layouts.put("rows", matrix);
        layouts.put("columns", matrix.dup('f'));
        layouts.put("transposed", matrix.transpose());
        layouts.put("one row", matrix.getRow(1));
        layouts.put("one column", matrix.getColumn(2));
        layouts.put("first rows", matrix.get(NDArrayIndex.interval(0, 2), NDArrayIndex.all()));
        layouts.put("inner block", matrix.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 3)));
        layouts.put("reshaped", matrix.reshape(2, 6));
        layouts.put("a box", box);
        layouts.put("a box with its axes turned", box.permute(2, 0, 1));
        layouts.put("a box with two axes changed", box.permute(0, 2, 1));
        layouts.put("broadcast", Nd4j.createFromArray(1.0, 2.0, 3.0).reshape(1, 3).broadcast(2, 3));
        layouts.put("a scalar", Nd4j.scalar(7.0));
        layouts.put("a column", matrix.reshape(12, 1));
        return layouts;
    }

    private static double[] oneByOne(INDArray array) {
        double[] entries = new double[(int) array.length()];
        for (int i = 0; i < entries.length; i++) {
            long[] place = new long[array.rank()];
            int rest = i;
            for (int d = place.length - 1; d >= 0; d--) {
                place[d] = rest % array.size(d);
                rest /= (int) array.size(d);
            }
            entries[i] = place.length == 0 ? array.getDouble(0) : array.getDouble(place);
        }
        return entries;
    }

    @Test
    void are_read_in_row_major_order_whatever_the_layout_and_type() {
        layouts().forEach((name, array) -> {
            for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.INT32, DataType.INT64}) {
                INDArray cast = array.dataType() == type ? array : array.castTo(type);
                assertThat(Doubles.of(cast)).as(name + " " + type).isEqualTo(oneByOne(array));
            }
        });
    }

    @Test
    void keep_NaN_infinity_and_minus_zero() {
        double[] special = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE};
        assertThat(Doubles.of(Nd4j.createFromArray(special))).isEqualTo(special);
    }

    @Test
    void are_a_copy() {
        INDArray array = Nd4j.createFromArray(1.0, 2.0);
        Doubles.of(array)[0] = 7;
        assertThat(array.getDouble(0)).isEqualTo(1);
    }
}
