package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.check.Finding.Kind;
import gradcheck.model.Parameters;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The catalogue of wrong gradients: each turns the right gradient of any model into one with a well-known bug.
 *
 * <p>The same bug is planted at whatever weights the gradient is evaluated, so that a check can look from a second point. Bugs of a
 * row, a column or an entry sit in the first matrix (or the first tensor); {@link #suits} says whether a bug is possible at all.
 */
public enum PlantedBug {
    /** The sum over the rows instead of the mean. */
    MISSING_MEAN("The gradient is summed over the rows, where the loss takes the mean.", Kind.FACTOR),
    /** Every sign is wrong. */
    WRONG_SIGN("The error is label minus prediction: the gradient points uphill.", Kind.SIGN),
    /** The first matrix is filled column by column. */
    TRANSPOSED("The first matrix is laid out transposed.", Kind.TRANSPOSED),
    /** The last tensor is zero. */
    BIAS_MISSING("The gradient of the last tensor, a bias as a rule, was forgotten.", Kind.MISSING),
    /** The last tensor is summed over the rows, not averaged. */
    LAYER_SUM("One layer's gradient is summed over the rows, the others are averaged.", Kind.FACTOR),
    /** One row has twice its values. */
    ROW_DOUBLED("One row, that of one input, is twice what it should be.", Kind.ROW),
    /** One column has the opposite sign. */
    COLUMN_FLIPPED("One column, that of one output, has the wrong sign.", Kind.COLUMN),
    /** One entry is 10 % too large. */
    ENTRY_TENTH("One entry is 10 % too large.", Kind.ENTRY),
    /** One entry is 0.1 % too large. */
    ENTRY_THOUSANDTH("One entry is 0.1 % too large.", Kind.ENTRY),
    /** 0.01 w is missing in every matrix. */
    REGULARISATION_MISSING("The loss has the penalty 0.005 |w|^2, the gradient lacks its part 0.01 w.", Kind.REGULARISATION_MISSING),
    /** 0.01 w is there once too often in every matrix. */
    REGULARISATION_DOUBLED("The gradient has the part 0.01 w of a penalty once too often.", Kind.REGULARISATION_EXTRA),
    /** A tensor holds the numbers of the last one. */
    OTHER_TENSOR("The first vector (or tensor) holds the numbers of the last tensor.", Kind.OTHER_TENSOR),
    /** The error is carried back to the first layer with wrong slopes. */
    BACKWARD_PASS("The first layer's gradient is carried back with wrong slopes of the activation.", Kind.BACKWARD_PASS),
    /** The error that reaches the first layer is right, what is made of it in the first tensor is not. */
    OWN_PRODUCT("The first tensor's gradient is the right error times the wrong input.", Kind.OWN_PRODUCT),
    /** No tensor is right, and no law leads from one gradient to the other. */
    OTHER_FUNCTION("It is the gradient of another function: other labels, or another loss.", Kind.OTHER_FUNCTION);

    private final String sentence;
    private final Kind expected;

    PlantedBug(String sentence, Kind expected) {
        this.sentence = sentence;
        this.expected = expected;
    }

    /** Returns what is wrong, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** Returns the kind of finding that a report should give where the loss lets the bug be seen. */
    public Kind expected() {
        return expected;
    }

    /** Returns whether weights of these shapes can have this bug: a matrix of two columns or more, or enough tensors. */
    public boolean suits(Parameters weights) {
        List<Block> blocks = new Layout(weights).blocks();
        boolean wide = matrix(blocks).isMatrix() && Math.min(matrix(blocks).columns(), matrix(blocks).rows()) > 1;
        return switch (this) {
            case TRANSPOSED, ROW_DOUBLED, COLUMN_FLIPPED -> wide;
            case BIAS_MISSING, LAYER_SUM, OTHER_TENSOR, OWN_PRODUCT -> blocks.size() > 1;
            case REGULARISATION_MISSING, REGULARISATION_DOUBLED -> matrix(blocks).isMatrix();
            case BACKWARD_PASS -> blocks.size() > 2;
            default -> true;
        };
    }

    /**
     * Returns the gradient function with this bug planted.
     *
     * @param gradient a right one
     * @param rows the number m of rows that the loss is a mean of, at least 2
     */
    public UnaryOperator<Parameters> in(UnaryOperator<Parameters> gradient, long rows) {
        return weights -> applyTo(gradient.apply(weights), weights, rows);
    }

    /**
     * Returns the gradient with this bug planted, as fresh tensors.
     *
     * @param gradient the right one, of the names and shapes of the weights
     * @param weights where it was evaluated
     * @param rows the number m of rows that the loss is a mean of, at least 2
     * @throws IllegalArgumentException if names or shapes differ, rows is below 2, or the bug does not suit these weights
     */
    public Parameters applyTo(Parameters gradient, Parameters weights, long rows) {
        Layout layout = new Layout(weights);
        Require.that(rows >= 2, "rows", "at least 2", rows, "pass the number of rows: x.size(0)");
        Require.that(suits(weights), "weights", "tensors that can have the bug " + this, weights.names(), "ask suits(weights) first");
        double[] g = layout.entries("gradient", gradient);
        return layout.tensors(planted(layout.blocks(), g, layout.entries("weights", weights), rows));
    }

    private double[] planted(List<Block> blocks, double[] g, double[] w, long rows) {
        double[] bad = g.clone();
        Block matrix = matrix(blocks);
        Block last = blocks.get(blocks.size() - 1);
        Block vector = blocks.stream().filter(b -> !b.isMatrix()).findFirst().orElse(blocks.get(0));
        Block source = vector == last ? matrix : last;
        int k = matrix.columns();
        // The first that is not zero: a pixel that is white in every picture has no gradient that could be wrong.
        int entry = matrix.entries().filter(i -> g[i] != 0).findFirst().orElse(matrix.from());
        int row = matrix.entries().filter(i -> i >= matrix.from() + k && g[i] != 0).map(i -> (i - matrix.from()) / k).findFirst().orElse(1);
        IntStream all = IntStream.range(0, g.length);
        switch (this) {
            case MISSING_MEAN -> all.forEach(i -> bad[i] = g[i] * rows);
            case WRONG_SIGN -> all.forEach(i -> bad[i] = -g[i]);
            case TRANSPOSED -> matrix.entries().map(i -> i - matrix.from())
                    .forEach(at -> bad[matrix.from() + at] = g[matrix.from() + at % matrix.rows() * k + at / matrix.rows()]);
            case BIAS_MISSING -> last.entries().forEach(i -> bad[i] = 0);
            case LAYER_SUM -> last.entries().forEach(i -> bad[i] = g[i] * rows);
            case ROW_DOUBLED -> matrix.entries().filter(i -> (i - matrix.from()) / k == row).forEach(i -> bad[i] = 2 * g[i]);
            case COLUMN_FLIPPED -> matrix.entries().filter(i -> (i - matrix.from()) % k == 1).forEach(i -> bad[i] = -g[i]);
            case ENTRY_TENTH -> bad[entry] = 1.1 * g[entry];
            case ENTRY_THOUSANDTH -> bad[entry] = (1 + 1e-3) * g[entry];
            case REGULARISATION_MISSING, REGULARISATION_DOUBLED -> blocks.stream().filter(Block::isMatrix).flatMapToInt(Block::entries)
                    .forEach(i -> bad[i] = g[i] + (this == REGULARISATION_DOUBLED ? 0.01 : -0.01) * w[i]);
            case OTHER_TENSOR -> vector.entries().forEach(i -> bad[i] = g[source.from() + (i - vector.from()) % source.size()]);
            case BACKWARD_PASS -> IntStream.range(0, vector.to() < last.from() ? vector.to() : blocks.get(0).to())
                    .forEach(i -> bad[i] = g[i] * slope(i));
            case OWN_PRODUCT -> blocks.get(0).entries().forEach(i -> bad[i] = g[i] * slope(i));
            case OTHER_FUNCTION -> all.forEach(i -> bad[i] = g[i] * slope(i));
        }
        return bad;
    }

    /** A factor that differs from entry to entry, never near 1. */
    private static double slope(int i) {
        return (i % 2 == 0 ? 0.3 : 1.7) + 0.2 * Math.sin(7 * i);
    }

    private static Block matrix(List<Block> blocks) {
        return blocks.stream().filter(Block::isMatrix).findFirst().orElse(blocks.get(0));
    }
}
