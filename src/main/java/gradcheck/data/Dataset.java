package gradcheck.data;

import gradcheck.base.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples with their classes: features [m x d], one row per example, and labels [m x k], one-hot.
 *
 * <p>A data set never changes: each method returns a new one, and the arrays that it gives out are copies.
 */
public final class Dataset {
    private final double[][] features;
    private final int[] classes;
    private final List<String> classNames;

    /**
     * Makes a data set.
     *
     * @param features [m x d], m and d at least 1, DOUBLE or FLOAT (kept as DOUBLE), neither NaN nor infinite
     * @param classes the class of each row [m], from 0 to k - 1
     * @param classNames the names of the k classes, at least two
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public Dataset(INDArray features, int[] classes, List<String> classNames) {
        this(rows(Require.matrix("features", features)), classes.clone(), List.copyOf(classNames));
        Require.that(classes.length == features.size(0), "classes", "one class per row of features, " + features.size(0),
                classes.length, "pass features and classes of the same examples");
        Require.that(classNames.size() >= 2, "classNames", "at least two classes", classNames, "name every class");
        requireBelow(classNames.size(), classes);
    }

    private Dataset(double[][] features, int[] classes, List<String> classNames) {
        this.features = features;
        this.classes = classes;
        this.classNames = classNames;
    }

    /** Returns the features [m x d], DOUBLE, a copy. */
    public INDArray features() {
        return Nd4j.createFromArray(features);
    }

    /** Returns the labels, DOUBLE, a copy: one-hot [m x k], or with two classes, as {@link #onlyClasses} makes them, [m x 1] of 0 and 1. */
    public INDArray labels() {
        return classNames.size() > 2 ? oneHot(classes, classNames.size())
                : Nd4j.createFromArray(Arrays.stream(classes).asDoubleStream().toArray()).reshape(size(), 1);
    }

    /** Returns the class of each row [m], a copy. */
    public int[] classes() {
        return classes.clone();
    }

    /** Returns the names of the classes, in the order of their numbers. */
    public List<String> classNames() {
        return classNames;
    }

    /** Returns the number of rows m. */
    public int size() {
        return classes.length;
    }

    /**
     * Returns the rows {@code from} (included) to {@code to} (excluded).
     *
     * @throws IllegalArgumentException if there is no such range or it is empty
     */
    public Dataset rows(int from, int to) {
        Require.that(0 <= from && from < to && to <= size(), "rows", "0 <= from < to <= " + size(),
                "from " + from + " to " + to, "choose rows that are there");
        return pick(IntStream.range(from, to).toArray());
    }

    /**
     * Returns these rows, in this order.
     *
     * @param numbers from 0 to size - 1, at least one; a row may come twice
     * @throws IllegalArgumentException if there is no such row, or none is asked for
     */
    public Dataset rows(int[] numbers) {
        Require.that(numbers.length > 0, "numbers", "at least one row", "an empty array", "choose rows that are there");
        for (int number : numbers) {
            Require.that(0 <= number && number < size(), "numbers", "rows from 0 to " + (size() - 1), number, "choose rows that are there");
        }
        return pick(numbers);
    }

    /**
     * Returns the rows of two classes as a binary data set: labels [m x 1], 0 for the first class and 1 for the second.
     *
     * @throws IllegalArgumentException if the two are the same or one of them is not there
     */
    public Dataset onlyClasses(int first, int second) {
        Require.that(first != second, "second", "another class than the first, " + first, second, "choose two classes");
        for (int chosen : new int[] {first, second}) {
            Require.that(Arrays.stream(classes).anyMatch(c -> c == chosen), "class", "one with examples here", chosen,
                    "choose from the classes " + Arrays.toString(Arrays.stream(classes).distinct().sorted().toArray()));
        }
        Dataset rows = pick(IntStream.range(0, size()).filter(i -> classes[i] == first || classes[i] == second).toArray());
        return new Dataset(rows.features, Arrays.stream(rows.classes).map(c -> c == first ? 0 : 1).toArray(),
                List.of(classNames.get(first), classNames.get(second)));
    }

    /** Returns the same examples with a leading column of ones, so that the first row of the weights is the bias. */
    public Dataset withBias() {
        double[][] wider = Arrays.stream(features)
                .map(row -> IntStream.rangeClosed(0, row.length).mapToDouble(j -> j == 0 ? 1 : row[j - 1]).toArray())
                .toArray(double[][]::new);
        return new Dataset(wider, classes, classNames);
    }

    /** Returns the same rows in an order drawn from the seed. */
    public Dataset shuffle(long seed) {
        return pick(permutation(IntStream.range(0, size()).toArray(), new Random(seed)));
    }

    /**
     * Returns this data set in two parts, each with the same mix of classes: {@code heldOutShare} of every class (rounded)
     * is held out, the rest is for training. Both are in an order drawn from the seed.
     *
     * @param heldOutShare above 0 and below 1
     * @throws IllegalArgumentException if the share is not, or leaves one part without a row
     */
    public Split split(double heldOutShare, long seed) {
        Require.that(heldOutShare > 0 && heldOutShare < 1, "heldOutShare", "a number above 0 and below 1", heldOutShare,
                "a quarter is 0.25");
        Random random = new Random(seed);
        boolean[] held = new boolean[size()];
        for (int c = 0; c < classNames.size(); c++) {
            int number = c;
            int[] members = permutation(IntStream.range(0, size()).filter(i -> classes[i] == number).toArray(), random);
            Arrays.stream(members, 0, (int) Math.round(heldOutShare * members.length)).forEach(i -> held[i] = true);
        }
        int[] order = permutation(IntStream.range(0, size()).toArray(), random);
        int[] train = Arrays.stream(order).filter(i -> !held[i]).toArray();
        int[] heldOut = Arrays.stream(order).filter(i -> held[i]).toArray();
        Require.that(train.length > 0 && heldOut.length > 0, "heldOutShare", "a row or more in each part",
                heldOutShare + " of " + size() + " rows", "choose another share or more rows");
        return new Split(pick(train), pick(heldOut));
    }

    /**
     * Two parts of one data set.
     *
     * @param train the rows to learn from
     * @param heldOut the rows to judge by
     */
    public record Split(Dataset train, Dataset heldOut) {
    }

    /**
     * Returns one-hot labels [m x k], DOUBLE: 1 in the column of the row's class, 0 elsewhere.
     *
     * @param classes from 0 to k - 1 [m], m at least 1
     * @throws IllegalArgumentException if a class is outside that range or there is none
     */
    public static INDArray oneHot(int[] classes, int k) {
        Require.that(classes.length > 0, "classes", "at least one", "an empty array", "pass data");
        requireBelow(k, classes);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, classes.length, k);
        for (int i = 0; i < classes.length; i++) {
            labels.putScalar(i, classes[i], 1);
        }
        return labels;
    }

    private static void requireBelow(int k, int[] classes) {
        for (int i = 0; i < classes.length; i++) {
            Require.that(classes[i] >= 0 && classes[i] < k, "classes", "numbers from 0 to " + (k - 1), classes[i] + " at [" + i + "]",
                    "number the classes from 0");
        }
    }

    private static double[][] rows(INDArray matrix) {
        double[] values = Require.finiteEntries("features", matrix);
        int d = (int) matrix.size(1);
        return IntStream.range(0, (int) matrix.size(0)).mapToObj(i -> Arrays.copyOfRange(values, i * d, (i + 1) * d))
                .toArray(double[][]::new);
    }

    private Dataset pick(int[] rows) {
        return new Dataset(Arrays.stream(rows).mapToObj(i -> features[i]).toArray(double[][]::new),
                Arrays.stream(rows).map(i -> classes[i]).toArray(), classNames);
    }

    private static int[] permutation(int[] values, Random random) {
        List<Integer> shuffled = Arrays.asList(Arrays.stream(values).boxed().toArray(Integer[]::new));
        Collections.shuffle(shuffled, random);
        return shuffled.stream().mapToInt(i -> i).toArray();
    }
}
