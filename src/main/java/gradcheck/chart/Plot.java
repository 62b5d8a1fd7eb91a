package gradcheck.chart;

import gradcheck.data.Require;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One picture while it is put together: XChart draws axes and data, we draw title, legend and notes around them. */
final class Plot {
    private static final int TITLE_LINE = 24;
    private static final int LEGEND_LINE = 22;
    private static final int FINE = 800;

    private final List<String> title;
    private final Axis x;
    private final Axis y;
    private Axis right;
    private final List<Series> all = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /** A series and the axis of its y; without a name it stays out of the legend. */
    private record Series(String name, Axis axis, double[] x, double[] y, Style style) {
    }

    /** A text at a point of the picture: NaN is the middle of an axis; anchor 0 is the left end of the text, 1 its right. */
    private record Note(String text, double x, double y, double anchor, double right, double down, Color colour) {
    }

    Plot(String title, Axis x, Axis y) {
        this.title = Look.fold("title", title, Look.TITLE, 3);
        Require.that(Look.width(y.title, Look.LABEL) < 280, "y axis title", "at most 280 pixels", y.title, "shorten it");
        this.x = x;
        this.y = y;
    }

    /** Adds a series and widens both axes to hold it. */
    Plot add(String name, double[] xs, double[] ys, Style style) {
        return add(name, y, xs, ys, style);
    }

    /** Adds a series that is drawn against an axis of its own, on the right unless it is the left one. */
    Plot add(String name, Axis axis, double[] xs, double[] ys, Style style) {
        x.include(xs);
        axis.include(ys);
        right = axis == y ? right : axis;
        all.add(new Series(name, axis, xs, ys, style));
        return this;
    }

    /** Adds a series without widening the axes: what lies outside is cut off. */
    Plot over(String name, double[] xs, double[] ys, Style style) {
        all.add(new Series(name, y, xs, ys, style));
        return this;
    }

    /** Adds dotted uprights at these three x, each with its name above all that the axes hold by now. */
    Plot uprights(String[] names, double[] at) {
        double[] ends = y.roomAbove(0.12);
        // The outer names stand aside, further where the uprights are close.
        double aside = Math.max(4, 16 - 620 * (at[1] - at[0]) / (x.high() - x.low()));
        for (int i = 0; i < at.length; i++) {
            add(null, new double[] {at[i], at[i]}, ends, new Style(Look.GREY, Style.stroke(1, 3, 3), null));
            note(names[i], at[i], ends[1], 1 - i / 2.0, aside * (i - 1), 4, Look.INK);
        }
        return this;
    }

    Plot note(String text, double atX, double atY, double anchor, double right, double down, Color colour) {
        notes.add(new Note(text, atX, atY, anchor, right, down, colour));
        return this;
    }

    /** Returns the finished picture. */
    BufferedImage image() {
        x.settle(x.isLog() ? 14 : 15);
        y.settle(9);
        if (right != null) {
            right.settle(6);
        }
        if (x.hasFloor() || y.hasFloor()) {
            Style zeros = new Style(Look.GREY, null, Style.marks(0, 7).mark().hollow());
            all.add(new Series("exactly 0, drawn at the edge", y, new double[0], new double[0], zeros));
        }
        if (all.stream().flatMapToDouble(series -> Arrays.stream(series.y())).noneMatch(Double::isFinite)) {
            note("no finite value to draw", Double.NaN, Double.NaN, 0.5, 0, 0, Look.GREY);
        }
        BufferedImage image = new BufferedImage(Look.WIDTH, Look.HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, Look.WIDTH, Look.HEIGHT);
        int head = drawHead(g);
        XYChart chart = chart(Look.HEIGHT - head);
        g.translate(0, head);
        chart.paint(g, Look.WIDTH, Look.HEIGHT - head);
        notes.forEach(note -> draw(g, note, chart));
        g.dispose();
        return image;
    }

    private XYChart chart(int height) {
        XYChart chart = Look.chart(height);
        chart.setXAxisTitle(x.title);
        chart.setYAxisTitle(y.title);
        double tall = 0.95 * (height - 82);
        int distance = Math.max(y.tickDistance(tall), right == null ? 0 : right.tickDistance(tall));
        chart.getStyler().setXAxisMin(x.low()).setXAxisMax(x.high()).setYAxisMin(0, y.low()).setYAxisMax(0, y.high())
                .setXAxisTickLabelsFormattingFunction(x::tick).setYAxisTickLabelsFormattingFunction(y::tick)
                .setXAxisTickMarkSpacingHint(x.tickDistance(650)).setYAxisTickMarkSpacingHint(distance)
                .setPlotGridVerticalLinesVisible(x.isLog());
        // The unseen first series has unevenly spaced points: evenly spaced data would move XChart's ticks onto the data.
        invisible(chart, " ", y, 0);
        if (right != null) {
            invisible(chart, "  ", right, 1);
            chart.setYAxisGroupTitle(1, right.title);
            chart.getStyler().setYAxisMin(1, right.low()).setYAxisMax(1, right.high())
                    .setYAxisGroupPosition(1, YAxisPosition.Right);
        }
        all.stream().filter(series -> series.x().length > 0).forEach(series -> addTo(chart, series));
        return chart;
    }

    private void invisible(XYChart chart, String name, Axis axis, int group) {
        double[] uneven = {1, 0.3, 0};
        chart.addSeries(name, Arrays.stream(uneven).map(t -> x.low() + t * (x.high() - x.low())).toArray(),
                Arrays.stream(uneven).map(t -> axis.low() + t * (axis.high() - axis.low())).toArray())
                .setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE).setYAxisGroup(group);
    }

    /** Adds the points of a series as XChart takes them; zeros on log axes become a series of hollow marks of their own. */
    private void addTo(XYChart chart, Series series) {
        Axis axis = series.axis();
        int n = series.x().length;
        double[] xs = new double[n];
        double[] ys = new double[n];
        double[] zeros = new double[n];
        for (int i = 0; i < n; i++) {
            boolean zero = x.isLog() && series.x()[i] == 0 || axis.isLog() && series.y()[i] == 0;
            double atX = x.at(series.x()[i]);
            double atY = Double.isNaN(atX) ? Double.NaN : axis.at(series.y()[i]);
            // XChart breaks a line at a y that is NaN, but fails at such an x.
            xs[i] = Double.isNaN(atX) ? x.low() : atX;
            ys[i] = zero ? Double.NaN : atY;
            zeros[i] = zero ? atY : Double.NaN;
        }
        // XChart starts a dash anew at every point, except on smooth lines; those are straight only between close points.
        boolean smooth = n > 2 && series.style().mark() == null && !series.style().isArea();
        int pieces = smooth ? 1 + FINE / n : 1;
        style(chart, refined(xs, pieces), refined(ys, pieces), series, series.style()).setSmooth(smooth);
        if (series.style().mark() != null && !Arrays.stream(zeros).allMatch(Double::isNaN)) {
            style(chart, xs, zeros, series, new Style(series.style().colour(), null, series.style().mark().hollow()));
        }
    }

    /** Returns the values with each gap divided into equal pieces. */
    private static double[] refined(double[] values, int pieces) {
        return IntStream.rangeClosed(0, (values.length - 1) * pieces).mapToDouble(i -> {
            double share = i % pieces / (double) pieces;
            double from = values[i / pieces];
            return share == 0 ? from : from + share * (values[i / pieces + 1] - from);
        }).toArray();
    }

    private XYSeries style(XYChart chart, double[] xs, double[] ys, Series series, Style style) {
        XYSeries drawn = chart.addSeries("series " + chart.getSeriesCollection().size(), xs, ys);
        drawn.setMarker(style.mark() == null ? SeriesMarkers.NONE : style.mark()).setMarkerColor(style.colour())
                .setLineStyle(style.line() == null ? SeriesLines.NONE : style.line()).setLineColor(style.colour())
                .setFillColor(style.colour()).setYAxisGroup(series.axis() == y ? 0 : 1);
        return drawn.setXYSeriesRenderStyle(style.isArea() ? XYSeriesRenderStyle.Area : XYSeriesRenderStyle.Line);
    }

    /** Draws the title and, in rows of as many as fit, a sample of each named series; returns the height they take. */
    private int drawHead(Graphics2D g) {
        for (int i = 0; i < title.size(); i++) {
            text(g, title.get(i), Look.TITLE, Look.INK, Look.MARGIN, Look.MARGIN + 14 + i * TITLE_LINE);
        }
        int height = TITLE_LINE * title.size();
        double atX = Look.WIDTH;
        for (Series series : all.stream().filter(series -> series.name() != null).toList()) {
            String name = Look.fold("name of a series", series.name(), Look.LABEL, 1).get(0);
            Style style = series.style();
            double sample = style.line() == null ? 16 : 34;
            double width = sample + 8 + Look.width(name, Look.LABEL);
            if (atX + width > Look.WIDTH - Look.MARGIN) {
                atX = Look.MARGIN;
                height += LEGEND_LINE;
            }
            double atY = height + Look.MARGIN - LEGEND_LINE / 2.0;
            g.setColor(style.colour());
            if (style.line() != null) {
                g.setStroke(style.line());
                g.draw(new Line2D.Double(atX, atY, atX + sample, atY));
            }
            if (style.mark() != null) {
                style.mark().paint(g, atX + sample / 2, atY, 0);
            }
            text(g, name, Look.LABEL, Look.INK, atX + sample + 8, atY + 5);
            atX += width + 24;
        }
        return height + 6;
    }

    private void draw(Graphics2D g, Note note, XYChart chart) {
        double width = Look.width(note.text(), Look.LABEL);
        double atX = chart.getScreenXFromChart(place(x, note.x())) + note.right() - note.anchor() * width;
        double atY = chart.getScreenYFromChart(place(y, note.y())) + note.down();
        double most = chart.getScreenXFromChart(x.high()) - width;
        text(g, note.text(), Look.LABEL, note.colour(), Math.max(chart.getScreenXFromChart(x.low()), Math.min(atX, most)), atY);
    }

    private static double place(Axis axis, double value) {
        return Double.isNaN(value) ? (axis.low() + axis.high()) / 2 : axis.at(value);
    }

    private static void text(Graphics2D g, String text, Font font, Color colour, double x, double y) {
        g.setFont(font);
        g.setColor(colour);
        g.drawString(text, (float) x, (float) y);
    }
}
