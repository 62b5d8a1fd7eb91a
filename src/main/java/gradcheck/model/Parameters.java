package gradcheck.model;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named tensors in order: the weights of a model, or the gradient of its loss by them.
 *
 * <p>The tensors are live: who changes an entry changes it for every holder. They are of one data type, FLOAT or DOUBLE.
 */
public final class Parameters {
    private final Map<String, INDArray> tensors;

    /**
     * Makes parameters of the tensors themselves, not of copies.
     *
     * @param tensors at least one, in the order of the map (take a LinkedHashMap), of one data type, none empty
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public Parameters(Map<String, INDArray> tensors) {
        Require.that(!tensors.isEmpty(), "tensors", "at least one", "none", "name every tensor of the model");
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        Map.Entry<String, INDArray> first = this.tensors.entrySet().iterator().next();
        this.tensors.forEach((name, tensor) -> Require.type(name, Require.floating(name, tensor), first.getKey(),
                first.getValue().dataType()));
    }

    /** Returns parameters of one tensor. */
    public static Parameters of(String name, INDArray tensor) {
        return new Parameters(Collections.singletonMap(name, tensor));
    }

    /** Returns the names, in order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * Returns the tensor of that name, live.
     *
     * @throws IllegalArgumentException if there is none
     */
    public INDArray get(String name) {
        Require.that(tensors.containsKey(name), "name", "one of " + names(), name, "spell it as the model does");
        return tensors.get(name);
    }

    /**
     * Returns the tensor of parameters that have a single one, live.
     *
     * @throws IllegalArgumentException if there are more
     */
    public INDArray only() {
        Require.that(tensors.size() == 1, "parameters", "a single tensor", names(), "choose one: get(name)");
        return tensors.values().iterator().next();
    }

    /** Returns the number of entries n of all tensors together. */
    public long size() {
        return tensors.values().stream().mapToLong(INDArray::length).sum();
    }

    /** Returns all entries [n], a copy: tensor after tensor, each in row-major order. */
    public INDArray flatten() {
        return Nd4j.createFromArray(entries()).castTo(tensors.values().iterator().next().dataType());
    }

    /** Returns the same numbers as plain doubles [n], as {@link FastLoss} takes them. */
    public double[] entries() {
        double[] flat = new double[(int) size()];
        int from = 0;
        for (INDArray tensor : tensors.values()) {
            double[] part = Doubles.of(tensor);
            System.arraycopy(part, 0, flat, from, part.length);
            from += part.length;
        }
        return flat;
    }

    /**
     * Sets all entries to those of {@code flat}, in the order of {@link #flatten}.
     *
     * @param flat [n], of the tensors' data type; NaN and infinity are kept as they are
     * @throws IllegalArgumentException if the length or the type differs; no entry is changed then
     */
    public void assign(INDArray flat) {
        Map.Entry<String, INDArray> first = tensors.entrySet().iterator().next();
        Require.type("flat", Require.floating("flat", flat), first.getKey(), first.getValue().dataType());
        Require.shape("flat", flat, "all entries, one after the other", size());
        Parameters fresh = like(Doubles.of(flat));
        tensors.forEach((name, tensor) -> tensor.assign(fresh.get(name)));
    }

    /**
     * Returns parameters of the same names, shapes and data type with other numbers.
     *
     * @param flat [n], in the order of {@link #flatten}; rounded to the data type, NaN and infinity kept
     * @throws IllegalArgumentException if the length differs
     */
    public Parameters like(double[] flat) {
        Require.that(flat.length == size(), "flat", size() + " numbers", flat.length, "pass one for each entry");
        Map<String, INDArray> fresh = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, INDArray> entry : tensors.entrySet()) {
            INDArray tensor = entry.getValue();
            double[] part = Arrays.copyOfRange(flat, from, from + (int) tensor.length());
            fresh.put(entry.getKey(), Nd4j.create(part, tensor.shape(), 'c').castTo(tensor.dataType()));
            from += part.length;
        }
        return new Parameters(fresh);
    }

    /** Returns parameters of the same names whose tensors are copies. */
    public Parameters copy() {
        return like(entries());
    }

    /** Returns whether names, order, shapes, data types and every bit of every entry are the same (0 and -0 differ, NaN is NaN). */
    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && tensors.keySet().stream().toList().equals(that.names().stream().toList())
                && tensors.keySet().stream().allMatch(name -> same(tensors.get(name), that.tensors.get(name)));
    }

    private static boolean same(INDArray a, INDArray b) {
        return a.dataType() == b.dataType() && Arrays.equals(a.shape(), b.shape()) && Arrays.equals(Doubles.of(a), Doubles.of(b));
    }

    @Override
    public int hashCode() {
        return tensors.entrySet().stream()
                .mapToInt(entry -> 31 * entry.getKey().hashCode() + Arrays.hashCode(Doubles.of(entry.getValue()))).sum();
    }

    /** Returns the name, the shape and the entries of each tensor, such as {@code W [5, 3] DOUBLE}, a line a row. */
    @Override
    public String toString() {
        return tensors.entrySet().stream()
                .map(e -> e.getKey() + " " + Arrays.toString(e.getValue().shape()) + " " + e.getValue().dataType() + "\n"
                        + e.getValue().toStringFull())
                .collect(Collectors.joining("\n"));
    }
}
