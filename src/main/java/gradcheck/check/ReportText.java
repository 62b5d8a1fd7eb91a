package gradcheck.check;

import static gradcheck.check.Finding.text;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A report in words, in 80 columns unless a place or a name needs more: a headline, the findings, a table and a summary.
 *
 * @param ownStep the step that was asked for, or NaN
 */
record ReportText(Conclusion conclusion, double ownStep, int evaluations, double seconds) {
    private static final int WIDTH = 80;
    static final List<String> HEAD = List.of("tensor", "shape", "error", "worst entry", "gradient", "loss says", "verdict");
    private static final int[] WIDTHS = {11, 10, 8, 11, 10, 10, 0};

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        List<Finding> findings = conclusion.findings();
        for (int k = 0; k < findings.size(); k++) {
            lines.addAll(wrapped("  ", findings.get(k).message() + "."));
            if (isLastOfCure(k)) {
                lines.addAll(wrapped("    -> ", findings.get(k).cure()));
            }
        }
        lines.add("");
        lines.addAll(table());
        lines.add("");
        lines.addAll(wrapped("", summary()));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    /** Whether the next finding has another cure: equal ones stand once. */
    boolean isLastOfCure(int k) {
        List<Finding> findings = conclusion.findings();
        return k + 1 == findings.size() || !findings.get(k).cure().equals(findings.get(k + 1).cure());
    }

    private Evidence evidence() {
        return conclusion.evidence();
    }

    String headline() {
        int n = evidence().claimed().length;
        String where = !evidence().everyParameter() ? "along random directions"
                : n == 1 ? "in its only parameter" : "in every one of " + n + " parameters";
        return conclusion.verdict() != Verdict.RIGHT ? conclusion.verdict().toString()
                : text("RIGHT, to %.0e: gradient and loss agree %s", conclusion.certified(), where);
    }

    private List<String> table() {
        List<List<String>> rows = Stream.concat(Stream.of(HEAD), rows().stream()).toList();
        int[] widths = IntStream.range(0, WIDTHS.length)
                .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).reduce(WIDTHS[c], Math::max)).toArray();
        // A name is never cut: a long one has a line of its own.
        boolean own = IntStream.of(widths).sum() + 8 > WIDTH && widths[0] > WIDTHS[0];
        widths[0] = own ? WIDTHS[0] : widths[0];
        return rows.stream().flatMap(row -> {
            boolean long0 = row.get(0).length() > widths[0];
            String line = text("%-" + widths[0] + "s %-" + widths[1] + "s %" + widths[2] + "s  %-" + widths[3] + "s %" + widths[4] + "s %"
                    + widths[5] + "s  %s", long0 ? "" : row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6));
            return (long0 ? List.of(row.get(0), line) : List.of(line)).stream();
        }).toList();
    }

    /** The cells of the table, row by row: an error, or with a {@code <} the bound of one that was not measured entry by entry. */
    List<List<String>> rows() {
        return conclusion.tensors().stream().map(t -> {
            boolean none = t.worst().isEmpty();
            return List.of(t.name(), t.shape().toString(), error(t), none ? "none alone" : t.worst(),
                    none ? "" : number("%.4g", t.gradient()), none ? "" : number("%.4g", t.numeric()), t.verdict().toString());
        }).toList();
    }

    private String error(TensorReport t) {
        double shown = Double.isNaN(t.error()) ? t.certified() : t.error();
        String none = t.verdict() == Verdict.RIGHT ? "zero" : "unknown";
        return Double.isInfinite(shown) ? none : t.error() != 0 && conclusion.tiny().contains(t.name()) ? "tiny"
                : (Double.isNaN(t.error()) ? "<" : "") + text("%.1e", shown);
    }

    String summary() {
        List<String> parts = new ArrayList<>();
        StepError steps = evidence().stepError();
        Noise noise = evidence().here().noise();
        boolean right = conclusion.verdict() == Verdict.RIGHT;
        boolean coarse = conclusion.findings().stream().anyMatch(f -> f.kind() == Kind.COARSE_LOSS || f.kind() == Kind.KINK);
        if (!Double.isNaN(ownStep)) {
            parts.add(text("your step %.0e: error %s, the step alone can cause about %s", ownStep,
                    number("%.1e", conclusion.error(evidence().all())), number("%.0e", steps.at(ownStep))));
        } else if (right && !Double.isNaN(steps.at(1e-7)) && !coarse) {
            parts.add(text("a single step of 1e-07 would show an error of about %.0e, the best one, %.0e, about %.0e", steps.at(1e-7),
                    steps.bestStep(), steps.at(steps.bestStep())));
        }
        if (!Double.isNaN(noise.level()) && conclusion.findings().stream().noneMatch(f -> f.kind() == Kind.CONSTANT)) {
            parts.add(noise.bits() > 0 ? text("the loss carries %.0f bits (%s)", noise.bits(), noise.arithmetic())
                    : text("the noise of the loss is %.1g (%s)", noise.level(), noise.arithmetic()));
        }
        if (right && !evidence().everyParameter()) {
            parts.add((Double.isFinite(evidence().unseen()) ? text("a single entry could be off by up to %.0g unseen", evidence().unseen())
                    : "a single small error could be unseen") + ": everyParameter() sees it");
        }
        parts.add(text("%d evaluations of the loss, %.2f\u00a0s", evaluations, seconds));
        String all = String.join("; ", parts) + ".";
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
    }

    private static String number(String form, double value) {
        return Double.isFinite(value) ? text(form, value) : Double.isNaN(value) ? "NaN" : "infinite";
    }

    /** The text in lines of at most 80 columns, the first after the indent, the others as far in. */
    private static List<String> wrapped(String indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString());
        return lines;
    }
}
