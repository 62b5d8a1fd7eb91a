package gradcheck.check;

import gradcheck.check.Family.Drawn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Seeded draws of the {@link Family families}, checked, and the table of what came out. */
final class FamilyTable {
    final List<Row> rows = new ArrayList<>();

    /** One check. {@code planted}: the size of the bug, ||g - g0|| / (||g|| + ||g0||), or 0. */
    record Row(Family family, long seed, boolean bug, double planted, GradientReport every, GradientReport directions) {
        boolean is(Verdict verdict) {
            return every != null && every.verdict() == verdict;
        }

        boolean broken() {
            return bug && is(Verdict.RIGHT) && planted > every.certified();
        }

        String text() {
            return family + " seed " + seed + (bug ? " bug " + planted : "") + ": " + every.verdict() + " "
                    + every.findings().stream().map(f -> f.kind() + " " + f.message()).toList();
        }
    }

    void add(Family family, long seed, boolean bug) {
        Random r = new Random(seed * 31 + family.ordinal());
        Drawn drawn = family.draw(r);
        UnaryOperator<double[]> claimed = bug ? family.bug(drawn, r) : drawn.gradient();
        double[] g = claimed.apply(drawn.at());
        double[] g0 = drawn.gradient().apply(drawn.at());
        if (bug && Arrays.equals(g, g0)) {
            return;
        }
        double planted = Inside.norm(IntStream.range(0, g.length).mapToDouble(i -> g[i] - g0[i]).toArray()) / (Inside.norm(g)
                + Inside.norm(g0));
        List<Part> parts = List.of(new Part("w", new long[] {g.length}, 0, g.length));
        rows.add(new Row(family, seed, bug, planted, Inside.check(drawn.loss(), claimed, drawn.at(), parts, true, seed, 0),
                Inside.check(drawn.loss(), claimed, drawn.at(), parts, false, seed, 0)));
    }

    List<Row> of(Family family, boolean bug) {
        return rows.stream().filter(row -> row.family == family && row.bug == bug).toList();
    }

    static double percent(List<Row> rows, java.util.function.Predicate<Row> is) {
        return rows.isEmpty() ? Double.NaN : 100.0 * rows.stream().filter(is).count() / rows.size();
    }

    @Override
    public String toString() {
        StringBuilder s = new StringBuilder("| family | right: N | RIGHT % | WRONG | along directions: RIGHT % | WRONG | bugs: N | WRONG % "
                + "| RIGHT % | broken certificates | along directions: WRONG % | evaluations, median |\n");
        for (Family family : Family.values()) {
            List<Row> right = of(family, false);
            List<Row> bugs = of(family, true);
            if (right.isEmpty()) {
                continue;
            }
            double[] evaluations = rows.stream().filter(r -> r.family == family).mapToDouble(r -> r.every.evaluations()).sorted().toArray();
            s.append(String.format(Locale.ROOT, "| %s | %d | %.1f | %d | %.1f | %d | %d | %.1f | %.1f | %d | %.1f | %.0f |%n", family,
                    right.size(),
                    percent(right, r -> r.is(Verdict.RIGHT)), right.stream().filter(r -> r.is(Verdict.WRONG)).count(),
                    percent(right, r -> r.directions.verdict() == Verdict.RIGHT),
                    right.stream().filter(r -> r.directions.verdict() == Verdict.WRONG).count(), bugs.size(),
                    percent(bugs, r -> r.is(Verdict.WRONG)), percent(bugs, r -> r.is(Verdict.RIGHT)),
                    bugs.stream().filter(Row::broken).count(), percent(bugs, r -> r.directions.verdict() == Verdict.WRONG),
                    evaluations[evaluations.length / 2]));
        }
        return s.toString();
    }

    /** What stands behind the verdicts that were not hoped for. */
    String details() {
        Map<String, Long> counts = new TreeMap<>(rows.stream().filter(r -> r.is(Verdict.CANNOT_TELL))
                .collect(Collectors.groupingBy(r -> (r.bug ? "bug   " : "right ") + r.family + " " + r.every.findings().get(0).kind(),
                        Collectors.counting())));
        return counts + "\n" + rows.stream().filter(r -> r.bug ? !r.is(Verdict.WRONG) : !r.is(Verdict.RIGHT)).map(Row::text)
                .collect(Collectors.joining("\n"));
    }

    public static void main(String[] arguments) {
        FamilyTable table = new FamilyTable();
        int n = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        for (Family family : Family.values()) {
            if (arguments.length < 4 || family.name().equals(arguments[3])) {
                IntStream.range(0, n).forEach(i -> table.add(family, seed + i, false));
                IntStream.range(0, n / 2).forEach(i -> table.add(family, seed + 500_000 + i, true));
            }
        }
        System.out.print(table);
        if (arguments.length > 2 && arguments[2].equals("details")) {
            System.out.println(table.details());
            table.rows.stream().filter(r -> r.bug && r.directions.verdict() != r.every.verdict()).forEach(r -> System.out.println("ALONG "
                    + r.text()
                    + " " + r.directions.verdict() + " " + r.directions.certified() + r.directions.findings().stream()
                            .map(Finding::message).toList()));
        }
    }
}
