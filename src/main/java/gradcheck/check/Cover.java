package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
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
        if (block.isMatrix() && block.rows() == block.columns()) {
            triangle(covers, block, wrong, "the upper triangle of ", i -> place(block, i, 0) < place(block, i, 1));
            triangle(covers, block, wrong, "the lower triangle of ", i -> place(block, i, 0) > place(block, i, 1));
            triangle(covers, block, wrong, "the diagonal of ", i -> place(block, i, 0) == place(block, i, 1));
        }
        return covers;
    }

    private static void triangle(List<Cover> covers, Block block, int[] wrong, String name, IntPredicate inside) {
        if (Arrays.stream(wrong).allMatch(inside)) {
            covers.add(new Cover(Kind.PART, name + block.name(), block.entries().filter(inside).toArray()));
        }
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
        String which = rank <= 2 ? listed(lines) : Arrays.stream(lines).limit(3).mapToObj(l -> IntStream.range(0, rank)
                .mapToObj(d -> d == axis ? String.valueOf(l) : ":").collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", ")) + (lines.length > 3 ? ", ... (" + lines.length + ")" : "");
        String name = every ? String.format("%s, every %s %s from %d on,", block.name(), ordinal(step), line, lines[0])
                : block.name() + " " + (lines.length == 1 ? line : line.endsWith("y") ? "entries" : line + "s") + " " + which;
        return new Cover(kind, name, entries);
    }

    private static String ordinal(int n) {
        return n + (n % 10 == 2 && n != 12 ? "nd" : n % 10 == 3 && n != 13 ? "rd" : "th");
    }

    /** Numbers in words, such as {@code 2 and 5} or {@code 1, 4, 7, ... (12)}. */
    static String listed(int[] numbers) {
        String first = Arrays.stream(numbers).limit(numbers.length > 4 ? 3 : 4).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return numbers.length > 4 ? first + ", ... (" + numbers.length + ")" : first.replaceFirst(", (\\d+)$", " and $1");
    }

    /** The places of entries, such as {@code [1], [4], [7], ... (12)}. */
    static String places(Block block, int[] entries) {
        String first = Arrays.stream(entries).limit(entries.length > 4 ? 3 : 4)
                .mapToObj(i -> Require.entry(i - block.from(), block.shape())).collect(Collectors.joining(", "));
        return entries.length > 4 ? first + ", ... (" + entries.length + ")" : first;
    }
}
