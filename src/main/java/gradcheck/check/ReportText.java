package gradcheck.check;

import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report in words, in at most 80 columns.
 *
 * @param ownStep the step that was asked for, or NaN
 */
record ReportText(Conclusion conclusion, double ownStep, int evaluations, double seconds) {
    private static final int WIDTH = 80;

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        for (Finding finding : conclusion.findings()) {
            lines.addAll(wrapped("  ", finding.message() + "."));
            lines.addAll(wrapped("    -> ", finding.cure()));
        }
        lines.add("");
        lines.add(row("tensor", "shape", "error", "worst entry", "gradient", "loss says", "verdict"));
        conclusion.tensors().forEach(t -> lines.add(row(t)));
        lines.add("");
        lines.addAll(wrapped("", summary()));
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private Evidence evidence() {
        return conclusion.evidence();
    }

    private String headline() {
        String where = evidence().everyParameter() ? "in every one of " + evidence().claimed().length + " parameters"
                : "along random directions";
        return conclusion.verdict() != Verdict.RIGHT ? conclusion.verdict().toString()
                : text("RIGHT, to %.0e: gradient and loss agree %s", conclusion.certified(evidence().all()), where);
    }

    private static String row(String... cells) {
        return text("%-12s %-11s %8s  %-12s %11s %11s  %s", (Object[]) cells);
    }

    private static String row(TensorReport t) {
        return row(cut(t.name(), 12), cut(t.shape().toString(), 11), number("%.1e", Double.isNaN(t.error()) ? t.certified() : t.error()),
                cut(t.worst().isEmpty() ? "-" : t.worst(), 12), number("%.4g", t.gradient()), number("%.4g", t.numeric()),
                t.verdict() == Verdict.CANNOT_TELL ? "?" : t.verdict().toString());
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        StepError steps = evidence().stepError();
        Noise noise = evidence().here().noise();
        boolean right = conclusion.verdict() == Verdict.RIGHT;
        boolean coarse = conclusion.findings().stream().anyMatch(f -> f.kind() == Kind.COARSE_LOSS);
        if (!Double.isNaN(ownStep)) {
            parts.add(text("your step %.0e: error %s, the step alone must cause about %s", ownStep,
                    number("%.1e", conclusion.error(evidence().all())), number("%.0e", steps.at(ownStep))));
        } else if (right && !Double.isNaN(steps.at(1e-7)) && !coarse) {
            parts.add(text("a single step of 1e-07 would show an error of about %.0e, the best step, %.0e, of %.0e", steps.at(1e-7),
                    steps.bestStep(), steps.at(steps.bestStep())));
        }
        if (!Double.isNaN(noise.level())) {
            parts.add(text("the loss carries %.0f bits (%s)", noise.bits(), noise.arithmetic()));
        }
        if (right && !evidence().everyParameter()) {
            parts.add("directions do not see a single small error in a large tensor: everyParameter() does");
        }
        parts.add(text("%d evaluations of the loss, %.2f\u00a0s", evaluations, seconds));
        String all = String.join("; ", parts) + ".";
        return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String number(String form, double value) {
        return Double.isFinite(value) ? text(form, value) : "-";
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 2) + "..";
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
