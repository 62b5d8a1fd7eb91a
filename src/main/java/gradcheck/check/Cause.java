package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names the cause of a disagreement: which simple change of the claimed gradient gives the numbers that were measured.
 *
 * @param rows how many the loss is a mean of; 0 if unknown
 */
record Cause(Evidence evidence, List<Block> blocks, double[] weights, double[] claimed, long rows) {
    static List<Finding> of(Evidence evidence, long rows) {
        return new Cause(evidence, evidence.blocks(), evidence.here().weights(), evidence.claimed(), rows).findings();
    }

    /** One law for the whole gradient if there is one (biases carry no regularisation), else what is wrong with each tensor. */
    private List<Finding> findings() {
        if (blocks.size() > 1 && Arrays.stream(claimed).anyMatch(v -> v != 0)) {
            double[] penalised = new double[weights.length];
            blocks.stream().filter(Block::isMatrix).forEach(b -> System.arraycopy(weights, b.from(), penalised, b.from(), b.size()));
            Optional<Finding> whole = law("the whole gradient", evidence.all().toArray(), penalised);
            if (whole.isPresent()) {
                return List.of(whole.get());
            }
        }
        List<Block> bad = blocks.stream().filter(b -> evidence.wrong(b.entries()).findAny().isPresent()).toList();
        List<Finding> findings = bad.stream().map(this::of).toList();
        if (findings.stream().noneMatch(f -> f.kind() == Kind.OTHER_FUNCTION)) {
            return findings;
        }
        String all = findings.stream().map(Finding::message).collect(Collectors.joining("; "));
        String right = blocks.stream().filter(b -> !bad.contains(b)).map(Block::name).collect(Collectors.joining(", "));
        return List.of(right.isEmpty() || blocks.size() <= 2 ? Kind.OTHER_FUNCTION.with(all)
                : Kind.BACKWARD_PASS.with(all + "; right: " + right));
    }

    /** The cause in one tensor: transposed, a law, another tensor's numbers, one row or column, a few entries, or none of these. */
    private Finding of(Block block) {
        int[] entries = block.entries().toArray();
        int[] wrong = evidence.wrong(block.entries()).toArray();
        long seen = block.entries().filter(i -> Double.isFinite(evidence.bound(i))).count();
        boolean many = wrong.length > Thresholds.LAW_FROM * seen || entries.length <= 3;
        return transposed(block, entries)
                .or(() -> many ? law(block.name(), entries, weights) : Optional.empty())
                .or(() -> numbersOfAnother(block, entries))
                .or(() -> line(Kind.ROW, block, wrong, r -> block.entries().filter(i -> (i - block.from()) / block.columns() == r)))
                .or(() -> line(Kind.COLUMN, block, wrong, c -> block.entries().filter(i -> (i - block.from()) % block.columns() == c)))
                .orElseGet(() -> wrong.length <= Math.max(2, Thresholds.FEW * seen)
                        ? Kind.ENTRY.with(Arrays.stream(wrong).limit(4).mapToObj(this::entry).collect(Collectors.joining("; ")))
                        : Kind.OTHER_FUNCTION.with(text("%s: %d of %d entries are wrong, with no simple relation", block.name(),
                                wrong.length, seen)));
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private String entry(int i) {
        return text("%s: the gradient says %.6g, the loss %.6g +- %.1g", evidence.here().layout().place(i), claimed[i], evidence.value(i),
                evidence.bound(i));
    }

    /** Whether the numbers fit that the tensor has if it is read as written column by column. */
    private Optional<Finding> transposed(Block block, int[] entries) {
        int k = block.columns();
        boolean wide = block.isMatrix() && Math.min(block.rows(), k) > 1;
        return wide && fits(entries, block.entries().map(i -> i - block.from())
                .mapToDouble(at -> claimed[block.from() + at % k * block.rows() + at / k]).toArray())
                ? Optional.of(Kind.TRANSPOSED.with(text("%s is laid out transposed: its numbers fit %d x %d, read row by row", block.name(),
                        k, block.rows())))
                : Optional.empty();
    }

    private Optional<Finding> numbersOfAnother(Block block, int[] entries) {
        return blocks.stream().filter(other -> other != block && entries.length > 1).filter(other -> {
            int[] there = Arrays.stream(entries).map(i -> other.from() + (i - block.from()) % other.size()).toArray();
            return Fit.explains(values(there), Vectors.at(claimed, entries), bounds(there), values(entries));
        }).findFirst().map(other -> Kind.OTHER_TENSOR.with(block.name() + " holds the gradient of " + other.name()));
    }

    /** The finding that a single row or column is wrong, if all wrong entries lie in one. */
    private Optional<Finding> line(Kind kind, Block block, int[] wrong, IntFunction<IntStream> entriesOf) {
        int lines = kind == Kind.ROW ? block.rows() : block.columns();
        int[] bad = IntStream.range(0, lines).filter(line -> evidence.wrong(entriesOf.apply(line)).findAny().isPresent()).toArray();
        if (!block.isMatrix() || wrong.length < 2 || bad.length != 1 || lines == 1) {
            return Optional.empty();
        }
        String name = text("%s %s %d", block.name(), kind == Kind.ROW ? "row" : "column", bad[0]);
        return Optional.of(kind.with(law(name, entriesOf.apply(bad[0]).toArray(), weights).map(Finding::message)
                .orElseGet(() -> name + " is wrong: " + entry(wrong[0]))));
    }

    /** One formula for a set of entries: measured = 0, -claimed, a claimed, claimed + b w or a claimed + b w. */
    private Optional<Finding> law(String name, int[] entries, double[] penalised) {
        double[] g = Vectors.at(claimed, entries);
        if (Arrays.stream(g).allMatch(v -> v == 0)) {
            double largest = Arrays.stream(values(entries)).reduce((a, b) -> Math.abs(b) > Math.abs(a) ? b : a).getAsDouble();
            return Optional.of(Kind.MISSING.with(text("%s is missing: the gradient says 0, the loss up to %.4g", name, largest)));
        }
        if (fits(entries, Arrays.stream(g).map(v -> -v).toArray())) {
            return Optional.of(Kind.SIGN.with(name + " has the wrong sign"));
        }
        double[] w = Vectors.at(penalised, entries);
        double[] none = new double[g.length];
        return fit(2, entries, none, g).map(f -> factor(name, f.coefficient(0)))
                .or(() -> fit(3, entries, g, w).map(f -> decay(name, f.coefficient(0))))
                .or(() -> fit(4, entries, none, g, w).map(f -> both(name, f.coefficient(0), f.coefficient(1))));
    }

    /** A sure fit that explains the entries, of which there must be so many. */
    private Optional<Fit> fit(int least, int[] entries, double[] base, double[]... columns) {
        Fit fit = Fit.of(values(entries), base, bounds(entries), columns);
        return entries.length >= least && fit.isSure() && fits(entries, fit.values()) ? Optional.of(fit) : Optional.empty();
    }

    private static Finding decay(String name, double b) {
        return b > 0 ? Kind.REGULARISATION_MISSING.with(text("%s lacks the term %.4g w", name, b))
                : Kind.REGULARISATION_EXTRA.with(text("%s has the term %.4g w too much", name, -b));
    }

    private Finding both(String name, double a, double b) {
        Finding data = factor(name + " without its regularisation " + text("%.4g w", b / (1 - a)), a);
        return a > 0 ? data : Kind.SIGN.with(data.message());
    }

    private Finding factor(String name, double a) {
        String message = name + " must be multiplied by " + pretty(a);
        if (rows > 1 && Math.abs(a * rows - 1) < Thresholds.PRETTY) {
            return new Finding(Kind.FACTOR, message + ": 1/m is missing, for m = " + rows + " rows",
                    "Divide the gradient by the number of rows, as the loss does.");
        }
        if (rows > 1 && Math.abs(a / rows - 1) < Thresholds.PRETTY) {
            return new Finding(Kind.FACTOR, message + ": it is divided by m = " + rows + " rows once too often",
                    "Divide the gradient by the number of rows once, or not at all if the loss is a sum.");
        }
        return Kind.FACTOR.with(message + (rows == 0 && a > 0 && a < 0.5 ? " (1/m missing, if that is the number of rows)" : ""));
    }

    /** The factor as an integer or 1 over an integer if it is one within 1 %. */
    private static String pretty(double a) {
        return isWhole(a) ? String.valueOf(Math.round(a)) : isWhole(1 / a) ? "1/" + Math.round(1 / a) : text("%.4g", a);
    }

    private static boolean isWhole(double a) {
        return Math.round(a) != 0 && Math.abs(a - Math.round(a)) < Thresholds.PRETTY * Math.abs(a);
    }

    private boolean fits(int[] entries, double[] model) {
        return Fit.explains(values(entries), model, bounds(entries), Vectors.at(claimed, entries));
    }

    private double[] values(int[] entries) {
        return Arrays.stream(entries).mapToDouble(evidence::value).toArray();
    }

    private double[] bounds(int[] entries) {
        return Arrays.stream(entries).mapToDouble(evidence::bound).toArray();
    }
}
