package gradcheck.check;

import gradcheck.base.Require;
import java.util.stream.IntStream;

/** One named tensor among the flat weights: the entries {@code from} (included) to {@code to} (excluded), in row-major order. */
record Block(String name, long[] shape, int from, int to) {
    int size() {
        return to - from;
    }

    boolean isMatrix() {
        return shape.length == 2;
    }

    int columns() {
        return isMatrix() ? (int) shape[1] : 1;
    }

    int rows() {
        return size() / columns();
    }

    IntStream entries() {
        return IntStream.range(from, to);
    }

    /** The place of entry i of the flat weights within this tensor, such as {@code [2, 0]}. */
    String place(int i) {
        return Require.entry(i - from, shape);
    }
}
