package gradcheck.model;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
        this.tensors.forEach(this::requireType);
    }

    private void requireType(String name, INDArray array) {
        String first = names().iterator().next();
        Require.type(name, Require.floating(name, array), first, get(first).dataType());
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
        requireType("flat", flat);
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
        for (String name : names()) {
            INDArray tensor = get(name);
            double[] part = Arrays.copyOfRange(flat, from, from + (int) tensor.length());
            fresh.put(name, Nd4j.create(part, tensor.shape(), 'c').castTo(tensor.dataType()));
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
        return other instanceof Parameters that && heads().equals(that.heads()) && Arrays.equals(entries(), that.entries());
    }

    @Override
    public int hashCode() {
        return heads().hashCode() + Arrays.hashCode(entries());
    }

    private List<String> heads() {
        return tensors.keySet().stream().map(this::head).toList();
    }

    private String head(String name) {
        return name + " " + Arrays.toString(get(name).shape()) + " " + get(name).dataType();
    }

    /** Returns the name, the shape and the entries of each tensor, such as {@code W [5, 3] DOUBLE}, a line a row. */
    @Override
    public String toString() {
        return names().stream().map(name -> head(name) + "\n" + get(name).toStringFull()).collect(Collectors.joining("\n"));
    }
}
