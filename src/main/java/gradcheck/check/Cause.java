package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names the cause of a disagreement: which simple change of the claimed gradient gives the numbers that were measured. */
final class Cause {
    private final List<Block> blocks;
    private final double[] weights;
    private final double[] claimed;
    private final Measurement measured;
    private final long rows;

    Cause(List<Block> blocks, double[] weights, double[] claimed, Measurement measured, long rows) {
        this.blocks = blocks;
        this.weights = weights;
        this.claimed = claimed;
        this.measured = measured;
        this.rows = rows;
    }

    /** One law for the whole gradient if there is one (biases carry no regularisation), else what is wrong with each tensor. */
    List<Finding> findings() {
        if (blocks.size() > 1 && Arrays.stream(claimed).anyMatch(v -> v != 0)) {
            double[] penalised = new double[weights.length];
            blocks.stream().filter(Block::isMatrix)
                    .forEach(b -> System.arraycopy(weights, b.from(), penalised, b.from(), b.size()));
            Finding whole = law("the whole gradient", IntStream.range(0, claimed.length).toArray(), penalised);
            if (whole != null) {
                return List.of(whole);
            }
        }
        List<Block> bad = blocks.stream().filter(b -> wrongIn(b.entries().toArray()).length > 0).toList();
        List<Finding> findings = bad.stream().map(this::of).toList();
        if (findings.stream().noneMatch(f -> f.kind() == Kind.OTHER_FUNCTION)) {
            return findings;
        }
        String all = findings.stream().map(Finding::message).collect(Collectors.joining("; "));
        String right = blocks.stream().filter(b -> !bad.contains(b)).map(Block::name).collect(Collectors.joining(", "));
        return List.of(right.isEmpty() || blocks.size() <= 2 ? Kind.OTHER_FUNCTION.with(all) : Kind.BACKWARD_PASS.with(all
                + "; right: " + right));
    }

    /** The cause in one tensor: transposed, a law, another tensor's numbers, one row or column, a few entries, or none of these. */
    private Finding of(Block block) {
        int[] entries = block.entries().toArray();
        int[] wrong = wrongIn(entries);
        long seen = Arrays.stream(entries).filter(i -> Double.isFinite(measured.bound[i])).count();
        if (block.isMatrix() && Math.min(block.rows(), block.columns()) > 1 && fits(entries, transposed(block))) {
            return Kind.TRANSPOSED.with(String.format(Locale.ROOT,
                    "%s is laid out transposed: its numbers fit %d x %d, read row by row",
                    block.name(), block.columns(), block.rows()));
        }
        Finding law = wrong.length > 0.25 * seen || entries.length <= 3 ? law(block.name(), entries, weights) : null;
        if (law == null) {
            law = numbersOfAnother(block, entries);
        }
        if (law == null && block.isMatrix() && wrong.length > 1) {
            law = line(Kind.ROW, block, wrong, r -> block.entries().filter(i -> (i - block.from()) / block.columns() == r));
        }
        if (law == null && block.isMatrix() && wrong.length > 1) {
            law = line(Kind.COLUMN, block, wrong, c -> block.entries().filter(i -> (i - block.from()) % block.columns() == c));
        }
        if (law != null) {
            return law;
        }
        if (wrong.length <= Math.max(2, 0.1 * seen)) {
            return Kind.ENTRY.with(Arrays.stream(wrong).limit(4).mapToObj(i -> entry(block, i)).collect(Collectors.joining("; ")));
        }
        return Kind.OTHER_FUNCTION.with(String.format(Locale.ROOT, "%s: %d of %d entries are wrong, with no simple relation",
                block.name(), wrong.length, seen));
    }

    private String entry(Block block, int i) {
        return String.format(Locale.ROOT, "%s %s: the gradient says %.6g, the loss %.6g +- %.1g", block.name(), block.place(i),
                claimed[i], measured.value[i], measured.bound[i]);
    }

    private int[] wrongIn(int[] entries) {
        return Arrays.stream(entries).filter(i -> measured.wrong[i]).toArray();
    }

    /** The claimed numbers of a tensor, read as if they had been written column by column. */
    private double[] transposed(Block block) {
        int k = block.columns();
        return block.entries().map(i -> i - block.from())
                .mapToDouble(at -> claimed[block.from() + at % k * block.rows() + at / k]).toArray();
    }

    private Finding numbersOfAnother(Block block, int[] entries) {
        for (Block other : blocks) {
            if (other != block && entries.length > 1) {
                int[] there = Arrays.stream(entries).map(i -> other.from() + (i - block.from()) % other.size()).toArray();
                double[] of = Arrays.stream(there).mapToDouble(i -> measured.value[i]).toArray();
                double[] bounds = Arrays.stream(there).mapToDouble(i -> measured.bound[i]).toArray();
                if (Fit.explains(of, at(claimed, entries), bounds, at(measured.value, entries))) {
                    return Kind.OTHER_TENSOR.with(block.name() + " holds the gradient of " + other.name());
                }
            }
        }
        return null;
    }

    /** The finding that a single row or column is wrong, if all wrong entries lie in one. */
    private Finding line(Kind kind, Block block, int[] wrong, IntFunction<IntStream> entriesOf) {
        int lines = kind == Kind.ROW ? block.rows() : block.columns();
        int[] bad = IntStream.range(0, lines)
                .filter(line -> entriesOf.apply(line).anyMatch(i -> measured.wrong[i])).toArray();
        if (bad.length != 1 || lines == 1) {
            return null;
        }
        String name = String.format(Locale.ROOT, "%s %s %d", block.name(), kind == Kind.ROW ? "row" : "column", bad[0]);
        Finding law = law(name, entriesOf.apply(bad[0]).toArray(), weights);
        return kind.with(law != null ? law.message() : name + " is wrong: " + entry(block, wrong[0]));
    }

    /** One formula for a set of entries: measured = -claimed, a claimed, claimed + b w or a claimed + b w; null if none fits. */
    private Finding law(String name, int[] entries, double[] penalised) {
        double[] g = at(claimed, entries);
        double[] w = at(penalised, entries);
        if (Arrays.stream(g).allMatch(v -> v == 0)) {
            int largest = Arrays.stream(entries).reduce((a, b) -> Math.abs(measured.value[b]) > Math.abs(measured.value[a]) ? b
                    : a).getAsInt();
            return Kind.MISSING.with(String.format(Locale.ROOT, "%s is missing: the gradient says 0, the loss up to %.4g",
                    name, measured.value[largest]));
        }
        double[] minus = Arrays.stream(g).map(v -> -v).toArray();
        if (fits(entries, minus)) {
            return Kind.SIGN.with(name + " has the wrong sign");
        }
        double[] none = new double[g.length];
        Fit factor = Fit.of(at(measured.value, entries), none, at(measured.bound, entries), g);
        if (factor.isSure() && fits(entries, factor.values())) {
            return factor(name, factor.coefficient(0));
        }
        Fit decay = Fit.of(at(measured.value, entries), g, at(measured.bound, entries), w);
        if (g.length >= 3 && decay.isSure() && fits(entries, decay.values())) {
            double b = decay.coefficient(0);
            return b > 0 ? Kind.REGULARISATION_MISSING.with(String.format(Locale.ROOT, "%s lacks the term %.4g w", name, b))
                    : Kind.REGULARISATION_EXTRA.with(String.format(Locale.ROOT, "%s has the term %.4g w too much", name, -b));
        }
        Fit both = Fit.of(at(measured.value, entries), none, at(measured.bound, entries), g, w);
        if (g.length >= 4 && both.isSure() && fits(entries, both.values())) {
            double a = both.coefficient(0);
            Finding data = factor(name + " without its regularisation " + String.format(Locale.ROOT, "%.4g w",
                    both.coefficient(1) / (1 - a)), a);
            return a > 0 ? data : Kind.SIGN.with(data.message());
        }
        return null;
    }

    private Finding factor(String name, double a) {
        String message = name + " must be multiplied by " + pretty(a);
        if (rows > 1 && Math.abs(a * rows - 1) < 0.01) {
            return new Finding(Kind.FACTOR, message + ": 1/m is missing, for m = " + rows + " rows",
                    "Divide the gradient by the number of rows, as the loss does.");
        }
        if (rows > 1 && Math.abs(a / rows - 1) < 0.01) {
            return new Finding(Kind.FACTOR, message + ": it is divided by m = " + rows + " rows once too often",
                    "Divide the gradient by the number of rows once, or not at all if the loss is a sum.");
        }
        return Kind.FACTOR.with(message + (rows == 0 && a > 0 && a < 0.5 ? " (1/m missing, if that is the number of rows)" : ""));
    }

    /** The factor as an integer or 1 over an integer if it is one within 1 %. */
    private static String pretty(double a) {
        if (Math.round(a) != 0 && Math.abs(a - Math.round(a)) < 0.01 * Math.abs(a)) {
            return String.valueOf(Math.round(a));
        }
        double inverse = 1 / a;
        return Math.round(inverse) != 0 && Math.abs(inverse - Math.round(inverse)) < 0.01 * Math.abs(inverse)
                ? "1/" + Math.round(inverse) : String.format(Locale.ROOT, "%.4g", a);
    }

    private boolean fits(int[] entries, double[] model) {
        return Fit.explains(at(measured.value, entries), model, at(measured.bound, entries), at(claimed, entries));
    }

    private static double[] at(double[] values, int[] entries) {
        return Arrays.stream(entries).mapToDouble(i -> values[i]).toArray();
    }
}
