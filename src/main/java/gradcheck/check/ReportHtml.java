package gradcheck.check;

import java.util.List;
import java.util.stream.Collectors;

/** A report as a piece of HTML: the facts of its text, with the verdict in colour and word, for light pages and dark ones. */
final class ReportHtml {
    private static final String CELL = "padding:2px 10px;border-bottom:1px solid rgba(128,128,128,.4);";

    private ReportHtml() {
    }

    static String of(ReportText text) {
        StringBuilder html = new StringBuilder("<div style=\"font-family:sans-serif;max-width:60em\">");
        String headline = text.headline();
        Verdict verdict = text.conclusion().verdict();
        html.append("<p>").append(badge(verdict)).append(escaped(headline.substring(verdict.toString().length()))).append("</p>");
        List<Finding> findings = text.conclusion().findings();
        for (int k = 0; k < findings.size(); k++) {
            html.append("<p style=\"margin:2px 0 2px 1em\">").append(escaped(findings.get(k).message())).append(".</p>");
            if (text.isLastOfCure(k)) {
                html.append("<p style=\"margin:2px 0 8px 2em\">&rarr; <em>").append(escaped(findings.get(k).cure())).append("</em></p>");
            }
        }
        html.append("<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;background:transparent\"><thead>")
                .append(row("th", ReportText.HEAD)).append("</thead><tbody>");
        text.rows().forEach(row -> html.append(row("td", row)));
        return html.append("</tbody></table></div><p style=\"opacity:.8\">").append(escaped(text.summary())).append("</p></div>")
                .toString();
    }

    private static String row(String tag, List<String> cells) {
        return cells.stream().map(cell -> {
            boolean number = cell.matches("[<−-]?[\\d.]+(e[-+]\\d+)?|error|gradient|loss says");
            String shown = List.of(Verdict.values()).stream().filter(v -> v.toString().equals(cell)).map(ReportHtml::badge).findFirst()
                    .orElseGet(() -> escaped(cell));
            return "<" + tag + (tag.equals("th") ? " scope=\"col\"" : "") + " style=\"" + CELL + "text-align:" + (number ? "right" : "left")
                    + "\">" + shown + "</" + tag + ">";
        }).collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String badge(Verdict verdict) {
        String colour = switch (verdict) {
            case RIGHT -> "#00664b";
            case WRONG -> "#a33c00";
            case CANNOT_TELL -> "#4d4d4d";
        };
        return "<span style=\"background:" + colour + ";color:#fff;border-radius:3px;padding:1px 7px;font-weight:bold;white-space:nowrap\">"
                + verdict + "</span>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
