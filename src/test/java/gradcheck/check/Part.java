package gradcheck.check;

import java.util.stream.IntStream;

/** One named tensor of a {@link Case} among its flat weights: {@code from} (included) to {@code to} (excluded), row by row. */
record Part(String name, long[] shape, int from, int to) {
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
}
