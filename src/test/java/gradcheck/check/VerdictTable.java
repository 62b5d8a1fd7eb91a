package gradcheck.check;

import gradcheck.check.Case.Bug;
import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Seeded cases, checked in both ways and by the fixed rules, and the table of what came out. */
final class VerdictTable {
    final List<Row> rows = new ArrayList<>();

    /** One case; a report is null where the loss is not finite at the very weights. */
    record Row(String text, Numbers numbers, Bug bug, double planted, GradientReport every, GradientReport directions,
            Set<Kind> expected,
            Set<String> touched, Map<FixedRule, Boolean> fixed) {
        Verdict verdict() {
            return every == null ? Verdict.CANNOT_TELL : every.verdict();
        }

        boolean is(Verdict verdict) {
            return verdict() == verdict;
        }

        boolean causeNamed() {
            return every.findings().stream().map(Finding::kind).filter(k -> k != Kind.VANISHING).collect(Collectors.toSet())
                    .equals(expected);
        }

        /** Every tensor called wrong is, and one at least is called so. */
        boolean tensorNamed() {
            List<String> named = every.tensors().stream().filter(t -> t.verdict() == Verdict.WRONG)
                    .map(TensorReport::name).toList();
            return !named.isEmpty() && touched.containsAll(named);
        }

        boolean broken() {
            return is(Verdict.RIGHT) && planted > every.certified();
        }

        boolean brokenAlongDirections() {
            return directions != null && directions.verdict() == Verdict.RIGHT && planted > directions.certified();
        }
    }

    void right(long seed, Numbers numbers) {
        add(Case.draw(seed, numbers, null));
    }

    void wrong(long seed, Numbers numbers, Bug bug) {
        Case c = Case.draw(seed, numbers, bug);
        if (c.planted() > 0) {
            add(c);
        }
    }

    private void add(Case c) {
        double[] g = c.claimed(c.weights);
        double[] g0 = c.right(c.weights);
        Map<FixedRule, Boolean> fixed = new EnumMap<>(FixedRule.class);
        boolean float32 = c.numbers == Numbers.FLOAT_RESULT || c.numbers == Numbers.FLOAT_ALL;
        for (FixedRule rule : FixedRule.values()) {
            fixed.put(rule, rule.accepts(c::loss, c.weights, g, float32));
        }
        // At a stationary point most of a bug does not show: what it touches is seen beside it.
        double[] beside = Inside.moved(c.weights, c.blocks, 0.3, c.seed);
        double[] g1 = c.claimed(beside);
        double[] g2 = c.right(beside);
        Set<String> touched = c.blocks.stream().filter(b -> b.entries().anyMatch(i -> g[i] != g0[i] || g1[i] != g2[i])).map(Part::name)
                .collect(Collectors.toCollection(HashSet::new));
        long entries = IntStream.range(0, g.length).filter(i -> g[i] != g0[i]).count();
        rows.add(new Row(c.toString(), c.numbers, c.bug, c.planted(), c.check(true), c.check(false), expected(c.bug, entries),
                touched, fixed));
    }

    private static Set<Kind> expected(Bug bug, long entries) {
        return bug == null ? Set.of() : switch (bug) {
            case MISSING_MEAN, LAYER_SUM -> Set.of(Kind.FACTOR);
            case SIGN, ERROR_SWAPPED -> Set.of(Kind.SIGN);
            case TRANSPOSED -> Set.of(Kind.TRANSPOSED);
            case BIAS_MISSING -> Set.of(Kind.MISSING);
            case ROW -> Set.of(entries <= 1 ? Kind.ENTRY : Kind.ROW);
            case L2_MISSING -> Set.of(Kind.REGULARISATION_MISSING);
            case L2_DOUBLED -> Set.of(Kind.REGULARISATION_EXTRA);
            case ACTIVATION_OMITTED, RELU_NEGATIVE, SQUARE_OMITTED -> Set.of(Kind.BACKWARD_PASS);
            case LABELS_SHIFTED -> Set.of(Kind.OTHER_FUNCTION);
            case OTHER_TENSOR -> Set.of(Kind.OTHER_TENSOR);
            default -> Set.of(Kind.ENTRY);
        };
    }

    List<Row> right(Numbers numbers) {
        return rows.stream().filter(r -> r.bug == null && r.numbers == numbers).toList();
    }

    List<Row> wrong(Numbers numbers) {
        return rows.stream().filter(r -> r.bug != null && r.numbers == numbers).toList();
    }

    static double percent(List<Row> rows, java.util.function.Predicate<Row> is) {
        return rows.isEmpty() ? Double.NaN : 100.0 * rows.stream().filter(is).count() / rows.size();
    }

    private static double quantile(List<Row> rows, double share, java.util.function.ToDoubleFunction<GradientReport> of) {
        double[] sorted = rows.stream().filter(r -> r.every != null).mapToDouble(r -> of.applyAsDouble(r.every)).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder(rows.size()
                + " cases\n| right gradients | N | RIGHT % | WRONG | along directions: RIGHT % | WRONG "
                + "| certified, median | 95 % | evaluations, median | 95 % |" + fixedNames() + "\n");
        for (Numbers a : Numbers.values()) {
            List<Row> r = right(a);
            List<Row> ok = r.stream().filter(row -> row.is(Verdict.RIGHT)).toList();
            s.append(String.format(Locale.ROOT, "| %s | %d | %.1f | %d | %.1f | %d | %.0e | %.0e | %.0f | %.0f |%s%n", a,
                    r.size(),
                    percent(r, row -> row.is(Verdict.RIGHT)), r.stream().filter(row -> row.is(Verdict.WRONG)).count(),
                    percent(r, row -> row.directions != null && row.directions.verdict() == Verdict.RIGHT),
                    r.stream().filter(row -> row.directions != null && row.directions.verdict() == Verdict.WRONG).count(),
                    quantile(ok, 0.5, GradientReport::certified), quantile(ok, 0.95, GradientReport::certified),
                    quantile(r, 0.5, GradientReport::evaluations), quantile(r, 0.95, GradientReport::evaluations), fixed(r,
                            true)));
        }
        s.append("| bugs | N | WRONG % | RIGHT % | of these larger than certified | cause named % | tensor named % "
                + "| along directions: WRONG % | evaluations, median |" + fixedNames() + "\n");
        for (Numbers a : Numbers.values()) {
            List<Row> r = wrong(a);
            if (r.isEmpty()) {
                continue;
            }
            List<Row> found = r.stream().filter(row -> row.is(Verdict.WRONG)).toList();
            s.append(String.format(Locale.ROOT, "| %s | %d | %.1f | %.1f | %d | %.1f | %.1f | %.1f | %.0f |%s%n", a, r.size(),
                    percent(r, row -> row.is(Verdict.WRONG)), percent(r, row -> row.is(Verdict.RIGHT)),
                            r.stream().filter(Row::broken).count(),
                    percent(found, Row::causeNamed), percent(found, Row::tensorNamed),
                    percent(r, row -> row.directions != null && row.directions.verdict() == Verdict.WRONG),
                    quantile(r, 0.5, GradientReport::evaluations), fixed(r, false)));
        }
        return s.toString();
    }

    private static String fixedNames() {
        return Arrays.stream(FixedRule.values()).map(rule -> " " + rule + " % |").collect(Collectors.joining());
    }

    /** The share of right gradients that a fixed rule accepts, or of bugs that it refuses. */
    private static String fixed(List<Row> rows, boolean accepted) {
        return Arrays.stream(FixedRule.values())
                .map(rule -> String.format(Locale.ROOT, " %.0f |", percent(rows,
                        row -> row.fixed.get(rule) == accepted))).collect(Collectors.joining());
    }

    /** Which findings stand behind CANNOT TELL and behind causes named wrongly. */
    String details() {
        Map<String, Long> counts = new TreeMap<>(rows.stream().filter(r -> r.is(Verdict.CANNOT_TELL))
                .collect(Collectors.groupingBy(r -> (r.bug == null ? "right " : "bug   ") + r.numbers + " "
                        + (r.every == null ? "loss not finite" : r.every.findings().get(0).kind()), Collectors.counting())));
        String missed = rows.stream().filter(r -> r.bug != null && (r.is(Verdict.CANNOT_TELL)
                || r.is(Verdict.WRONG) && !(r.causeNamed() && r.tensorNamed())))
                .map(r -> r.verdict() + " " + r.text + ": " + (r.every == null ? "not finite"
                        : r.every.findings().stream().map(f -> f.kind() + " " + f.message()).toList()))
                .collect(Collectors.joining("\n"));
        return counts + "\n" + missed;
    }

    public static void main(String[] arguments) {
        VerdictTable table = new VerdictTable();
        int n = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        for (Numbers numbers : Numbers.values()) {
            IntStream.range(0, n).forEach(i -> table.right(seed + 10_000L * numbers.ordinal() + i, numbers));
            for (Bug bug : Bug.values()) {
                IntStream.range(0, numbers == Numbers.DOUBLE ? n / 6 : n / 15).forEach(i ->
                        table.wrong(seed + 10_000L * numbers.ordinal() + 100L * bug.ordinal() + i, numbers, bug));
            }
        }
        System.out.print(table);
        if (arguments.length > 2) {
            System.out.println(table.details());
            table.rows.stream().filter(r -> r.directions() != null && r.directions().verdict() != r.verdict())
                    .forEach(r -> System.out.println(
                    "ALONG " + r.text() + ": " + r.verdict() + " but " + r.directions().verdict() + " planted " + r.planted() + " "
                            + r.directions().certified()
                    + r.directions().findings().stream().map(f -> f.kind() + " " + f.message()).toList()));
            table.rows.stream().filter(r -> r.bug() == null && !r.is(Verdict.RIGHT)).forEach(r -> System.out.println("OPEN " + r.text()
                    + ": "
                    + r.verdict() + " " + (r.every() == null ? "" : r.every().findings().stream().map(f -> f.kind() + " " + f.message())
                            .toList())));
        }
        table.rows.stream().filter(r -> r.bug() == null && (r.is(Verdict.WRONG) || r.directions() != null && r.directions()
                .verdict() == Verdict.WRONG)
                || r.bug() != null && (r.broken() || r.brokenAlongDirections())).forEach(r -> System.out.println("BAD " + r.text() + " "
                        + r.verdict()
                        + " planted " + r.planted() + " certified " + r.every().certified() + " along " + r.directions().verdict() + " "
                        + r.directions().certified()));
    }
}
