package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Named tensors as one flat array of doubles and back; and the few sums that every step of the check needs. */
final class Flat {
    private final List<Block> blocks = new ArrayList<>();
    private final Parameters form;

    Flat(Parameters form) {
        this.form = form;
        int from = 0;
        for (String name : form.names()) {
            INDArray tensor = form.get(name);
            blocks.add(new Block(name, tensor.shape(), from, from + (int) tensor.length()));
            from += (int) tensor.length();
        }
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Fresh tensors that hold the numbers of the flat array, cast to the type of the weights. */
    Parameters tensors(double[] flat) {
        return form.like(flat);
    }

    /** The entries of weights or of a gradient, which must have the names and shapes of these tensors. */
    double[] entries(String argument, Parameters tensors) {
        List<String> names = blocks.stream().map(Block::name).toList();
        Require.that(tensors != null, argument, "the tensors " + names, "null", "return them: one for each tensor of the weights");
        Require.that(List.copyOf(tensors.names()).equals(names), argument, "the tensors " + names + ", in this order",
                tensors.names(), "name every tensor as the weights do");
        double[] flat = new double[blocks.get(blocks.size() - 1).to()];
        for (Block block : blocks) {
            INDArray tensor = tensors.get(block.name());
            String label = blocks.size() == 1 ? argument : argument + " " + block.name();
            Require.shape(label, tensor, "that of the weights", block.shape());
            double[] part = tensor.castTo(DataType.DOUBLE).dup('c').data().asDouble();
            System.arraycopy(part, 0, flat, block.from(), part.length);
        }
        return flat;
    }

    /** Requires numbers only; up to four entries that are NaN or infinite are named. */
    double[] finite(String argument, double[] flat, String remedy) {
        List<String> faults = new ArrayList<>();
        for (Block block : blocks) {
            block.entries().filter(i -> !Double.isFinite(flat[i]))
                    .forEach(i -> faults.add(flat[i] + " at " + block.name() + " " + block.place(i)));
        }
        String more = faults.size() > 4 ? " and " + (faults.size() - 4) + " more" : "";
        Require.that(faults.isEmpty(), argument, "finite numbers only",
                String.join(", ", faults.subList(0, Math.min(4, faults.size()))) + more, remedy);
        return flat;
    }

    static double norm(double[] x) {
        return norm(x, IntStream.range(0, x.length));
    }

    static double norm(double[] x, IntStream entries) {
        return norm(entries.mapToDouble(i -> x[i]));
    }

    static double norm(DoubleStream values) {
        return Math.sqrt(values.map(v -> v * v).sum());
    }

    static double rms(double[] x, IntStream entries) {
        return Math.sqrt(entries.mapToDouble(i -> x[i] * x[i]).average().orElse(0));
    }
}
