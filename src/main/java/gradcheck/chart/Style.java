package gradcheck.chart;

import java.awt.BasicStroke;
import java.awt.Color;

/** How a series is drawn: a line (or null), marks (or null), an area where it has neither; never told by colour alone. */
record Style(Color colour, BasicStroke line, Mark mark) {
    /** Returns the line of a series: solid, dashed, dotted, dash-dotted. */
    static Style line(int series) {
        return new Style(colour(series), switch (series) {
            case 0 -> stroke(2);
            case 1 -> stroke(2, 9, 4);
            case 2 -> stroke(2, 2, 4);
            default -> stroke(2, 12, 4, 2, 4);
        }, null);
    }

    /** Returns the marks of a series: circles, squares, triangles, diamonds. */
    static Style marks(int series, double size) {
        return new Style(colour(series), null, new Mark(Mark.Shape.values()[series], size, true));
    }

    static Style area(int series) {
        return new Style(colour(series), null, null);
    }

    /** Returns the dashed grey of what is not data: references and diagonals. */
    static Style reference() {
        return new Style(Look.GREY, stroke(1.4f, 7, 5), null);
    }

    /** Returns the Okabe-Ito colours: blue, vermilion, green, purple. */
    static Color colour(int series) {
        return new Color(new int[] {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7}[series]);
    }

    static BasicStroke stroke(float width, float... dashes) {
        float[] pattern = dashes.length == 0 ? null : dashes;
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
    }

    boolean isArea() {
        return line == null && mark == null;
    }
}
