package gradcheck.check;

import gradcheck.base.Doubles;
import gradcheck.base.Require;
import gradcheck.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where each named tensor stands in the flat array of all weights, and the way from tensors to the flat array and back. */
final class Layout {
    /** What to do about a number that is NaN or infinite. */
    static final String OVERFLOW = "look for an overflow, a division by zero or the logarithm of 0";
    private final Parameters form;
    private final List<Block> blocks = new ArrayList<>();

    Layout(Parameters form) {
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

    /** The tensor and the place of entry i, such as {@code W1 [2, 0]}. */
    String place(int i) {
        Block block = blocks.stream().filter(b -> i < b.to()).findFirst().orElseThrow();
        return block.name() + " " + block.place(i);
    }

    /** Fresh tensors that hold the numbers of the flat array, cast to the type of the weights. */
    Parameters tensors(double[] flat) {
        return form.like(flat);
    }

    /** The entries of weights or of a gradient, which must have the names, in any order, and shapes of these tensors. */
    double[] entries(String argument, Parameters tensors) {
        List<String> names = blocks.stream().map(Block::name).toList();
        Require.that(tensors != null, argument, "the tensors " + names, "null", "return them: one for each tensor of the weights");
        Require.that(tensors.names().equals(Set.copyOf(names)), argument, "the tensors " + names, tensors.names(),
                "name every tensor as the weights do");
        double[] flat = new double[blocks.get(blocks.size() - 1).to()];
        for (Block block : blocks) {
            INDArray tensor = tensors.get(block.name());
            String label = blocks.size() == 1 ? argument : argument + " " + block.name();
            Require.shape(label, tensor, "that of the weights", block.shape());
            double[] part = Doubles.of(tensor);
            System.arraycopy(part, 0, flat, block.from(), part.length);
        }
        return flat;
    }

    /** Requires numbers only; up to four entries that are NaN or infinite are named. */
    double[] finite(String argument, double[] flat) {
        int[] faults = IntStream.range(0, flat.length).filter(i -> !Double.isFinite(flat[i])).toArray();
        String named = Arrays.stream(faults).limit(4).mapToObj(i -> flat[i] + " at " + place(i)).collect(Collectors.joining(", "));
        String more = faults.length > 4 ? " and " + (faults.length - 4) + " more" : "";
        Require.that(faults.length == 0, argument, "finite numbers only", named + more, OVERFLOW);
        return flat;
    }
}
