package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the pattern of right and wrong tensors says where no law explains the wrong ones.
 *
 * @param wrong the tensors that are wrong
 * @param dense those of them that no law explains
 */
record Advice(List<Block> blocks, List<Block> wrong, List<Block> dense) {
    /** What is wrong, and what is right beside it: {@code what} the wrong tensors with their worst entries. */
    Finding finding(String what) {
        String right = blocks.stream().filter(b -> !wrong.contains(b)).map(Block::name).collect(Collectors.joining(", "));
        return kind().with("No simple law explains " + what + (right.isEmpty() ? "" : ". Right: " + right));
    }

    private Kind kind() {
        List<List<Block>> layers = layers();
        if (wrong.containsAll(blocks)) {
            return Kind.OTHER_FUNCTION;
        }
        boolean alone = layers.stream().anyMatch(layer -> layer.stream().anyMatch(dense::contains) && !wrong.containsAll(layer));
        int last = IntStream.range(0, layers.size()).filter(l -> layers.get(l).stream().anyMatch(dense::contains)).max().orElse(0);
        boolean ends = last == layers.size() - 1 && layers.size() > 1;
        if (ends && wrong.containsAll(layers.get(last)) && layers.subList(0, last).stream().anyMatch(wrong::containsAll)) {
            return Kind.OTHER_FUNCTION;
        }
        boolean behind = layers.subList(0, last + 1).stream().allMatch(wrong::containsAll) && last + 1 < layers.size();
        return !alone && behind ? Kind.BACKWARD_PASS : Kind.OWN_PRODUCT;
    }

    /** Tensors that belong to one layer: with the same number or the same first part in their names, or a matrix and its biases. */
    private List<List<Block>> layers() {
        List<List<Block>> layers = new ArrayList<>();
        for (Block block : blocks) {
            if (layers.isEmpty() || !isOneLayer(layers.get(layers.size() - 1).get(0), block)) {
                layers.add(new ArrayList<>());
            }
            layers.get(layers.size() - 1).add(block);
        }
        return layers;
    }

    private static boolean isOneLayer(Block first, Block next) {
        String a = first.name().replaceAll("\\D", "");
        String b = next.name().replaceAll("\\D", "");
        String[] parts = first.name().split("[._/]");
        boolean numbered = !a.isEmpty() && a.equals(b);
        boolean named = parts.length > 1 && next.name().startsWith(parts[0]);
        boolean biases = next.shape().length == 1 && first.shape().length > 1
                && (next.shape()[0] == first.shape()[first.shape().length - 1] || next.shape()[0] == first.shape()[0]);
        return numbered || named || a.isEmpty() && b.isEmpty() && biases;
    }
}
