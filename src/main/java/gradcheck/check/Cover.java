package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A part of a tensor that may be wrong as one: all of it, some rows or columns or slices, a triangle, every k-th entry.
 *
 * @param kind of finding that it makes
 * @param name in words
 */
record Cover(Kind kind, String name, int[] entries) {
    /** The covers of a tensor that hold all of these wrong entries, from the whole to the least regular. */
    static List<Cover> of(Block block, int[] wrong) {
        List<Cover> covers = new ArrayList<>();
        covers.add(new Cover(null, block.name(), block.entries().toArray()));
        IntStream.range(0, block.shape().length).mapToObj(axis -> lines(block, axis, wrong))
                .filter(cover -> cover.entries.length < block.size() && cover.entries.length > 0)
                .sorted(Comparator.comparingInt(cover -> cover.entries.length)).forEach(covers::add);
        IntUnaryOperator side = i -> Integer.signum(place(block, i, 1) - place(block, i, 0));
        boolean square = block.isMatrix() && block.rows() == block.columns();
        if (square && Arrays.stream(wrong).map(side).distinct().count() == 1) {
            int of = side.applyAsInt(wrong[0]);
            String name = of == 0 ? "the diagonal of " : of > 0 ? "the upper triangle of " : "the lower triangle of ";
            int[] entries = block.entries().filter(i -> side.applyAsInt(i) == of).toArray();
            covers.add(new Cover(Kind.PART, name + block.name(), entries));
        }
        return covers;
    }

    /** The index of entry i along an axis. */
    static int place(Block block, int i, int axis) {
        int stride = 1;
        for (int d = axis + 1; d < block.shape().length; d++) {
            stride *= (int) block.shape()[d];
        }
        return (i - block.from()) / stride % (int) block.shape()[axis];
    }

    /** All entries whose index along an axis is one of the wrong entries'. */
    static Cover lines(Block block, int axis, int[] wrong) {
        int[] lines = Arrays.stream(wrong).map(i -> place(block, i, axis)).distinct().sorted().toArray();
        int[] entries = block.entries().filter(i -> Arrays.binarySearch(lines, place(block, i, axis)) >= 0).toArray();
        int rank = block.shape().length;
        int step = lines.length > 2 ? lines[1] - lines[0] : 0;
        boolean every = step > 1 && IntStream.range(1, lines.length).allMatch(k -> lines[k] - lines[k - 1] == step)
                && lines[lines.length - 1] + step >= block.shape()[axis];
        Kind kind = rank != 2 ? Kind.PART : axis == 0 ? Kind.ROW : Kind.COLUMN;
        String line = rank == 1 ? "entry" : rank > 2 ? "slice" : axis == 0 ? "row" : "column";
        String which = rank <= 2 ? listed(lines, 4, String::valueOf).replaceFirst(", (\\d+)$", " and $1")
                : listed(lines, 3, l -> IntStream.range(0, rank).mapToObj(d -> d == axis ? String.valueOf(l) : ":")
                        .collect(Collectors.joining(", ", "[", "]")));
        String name = every ? String.format("%s, every %s %s from %d on,", block.name(), ordinal(step), line, lines[0])
                : block.name() + " " + (lines.length == 1 ? line : line.endsWith("y") ? "entries" : line + "s") + " " + which;
        return new Cover(kind, name, entries);
    }

    private static String ordinal(int n) {
        return n + (n % 10 == 2 && n != 12 ? "nd" : n % 10 == 3 && n != 13 ? "rd" : "th");
    }

    /** Up to so many numbers in words, or three of more, such as {@code 1, 4, 7, ... (12)}. */
    static String listed(int[] numbers, int most, IntFunction<String> word) {
        boolean more = numbers.length > most;
        String first = Arrays.stream(numbers).limit(more ? 3 : most).mapToObj(word).collect(Collectors.joining(", "));
        return more ? first + ", ... (" + numbers.length + ")" : first;
    }
}
