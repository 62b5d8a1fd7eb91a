package gradcheck.chart;

import static gradcheck.chart.Sheet.BLUE;
import static gradcheck.chart.Sheet.GREY;
import static gradcheck.chart.Sheet.HEIGHT;
import static gradcheck.chart.Sheet.INK;
import static gradcheck.chart.Sheet.LABEL;
import static gradcheck.chart.Sheet.MARGIN;
import static gradcheck.chart.Sheet.VERMILION;
import static gradcheck.chart.Sheet.WIDTH;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One chart while it is put together: XChart draws the axes on a {@link Sheet} that has its title. We draw the legend, which
 * it can neither fold nor put above the plot, and the data, since XChart starts a dash anew at every point.
 */
final class Plot {
    private static final Color CLEAR = new Color(0, true);
    /** Okabe and Ito's blue, vermilion, green and purple, each with its dash and mark: never told by colour alone. */
    private static final Color[] COLOURS = {BLUE, VERMILION, new Color(0x009E73), new Color(0xCC79A7)};
    private static final float[][] DASHES = {{}, {9, 4}, {2, 4}, {12, 4, 2, 4}};
    private static final Marker[] MARKS =
        {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND};
    private static final int MARK = 7;

    private final Sheet sheet;
    private final Graphics2D g;
    private final Axis x;
    private final Axis y;
    private Axis right;
    private final List<Series> all = new ArrayList<>();
    private int number = -1;
    private final List<Runnable> notes = new ArrayList<>();
    private int head;                 // how far title and legend reach down
    private double legendX = WIDTH;   // where the next entry of the legend begins, if it fits
    private Rectangle2D area;

    enum Draw { LINE, DOTS, LINE_AND_DOTS, LINE_AND_RINGS, RINGS, CROSSES, BARS }

    /** A series and the axis of its y; without line and marks it is an area. */
    private record Series(Axis axis, double[] x, double[] y, Color colour, BasicStroke line, Marker mark) { }

    Plot(String title, Axis x, Axis y) {
        this.x = x;
        this.y = y;
        sheet = new Sheet(title);
        g = sheet.g;
        head = sheet.head;
    }

    /** Adds a series and widens its axes to hold it; one without a name looks like the last and is not in the legend. */
    Plot add(String name, Draw draw, double[] xs, double[] ys) {
        return add(name, y, draw, xs, ys);
    }

    Plot add(String name, Axis axis, Draw draw, double[] xs, double[] ys) {
        number += name != null || number < 0 ? 1 : 0;
        return add(name, axis, number, number, draw, xs, ys);
    }

    /** Adds a series whose dash, from 0 for none to 3, need not be that of its colour; the mark is. */
    Plot add(String name, Axis axis, int colour, int dash, Draw draw, double[] xs, double[] ys) {
        x.include(xs);
        axis.include(ys);
        right = axis == y ? right : axis;
        boolean ring = draw == Draw.RINGS || draw == Draw.LINE_AND_RINGS;
        BasicStroke line = draw.name().startsWith("LINE") ? stroke(2, DASHES[dash]) : null;
        Marker mark = draw == Draw.DOTS || draw == Draw.LINE_AND_DOTS ? MARKS[colour]
                : ring || draw == Draw.CROSSES ? new Outline(ring) : SeriesMarkers.NONE;
        return add(name, new Series(axis, xs, ys, COLOURS[colour], line, mark));
    }

    /** Adds a dashed grey line, perhaps with an entry in the legend, without widening the axes. */
    Plot reference(String name, double[] xs, double[] ys) {
        return add(name, new Series(y, xs, ys, GREY, stroke(1.4f, 7, 5), SeriesMarkers.NONE));
    }

    void note(String text, double atX, double atY, double right, double below) {
        notes.add(() -> sheet.write(text, GREY, atX(atX) + right, atY(y, atY) + below, 0));
    }

    private Plot add(String name, Series series) {
        all.add(series);
        if (name == null) {
            return this;
        }
        double sample = series.line() == null ? 16 : 34;
        double width = sample + 8 + sheet.width(sheet.fitting("name of a series", name, 690));
        if (legendX + width > WIDTH - MARGIN) {
            legendX = MARGIN;
            head += 22;
        }
        g.setColor(series.colour());
        if (series.line() != null) {
            g.setStroke(series.line());
            g.draw(new Line2D.Double(legendX, head - 25, legendX + sample, head - 25));
        }
        series.mark().paint(g, legendX + sample / 2, head - 25, MARK);
        sheet.write(name, INK, legendX + sample + 8, head - 20, 0);
        legendX += width + 24;
        return this;
    }

    /** Adds a dotted upright at each of three places, a step apart, with its name above. */
    Plot uprights(String middle, double... places) {
        head += 14;
        notes.add(() -> {
            for (int i = 0; i < 3; i++) {
                double atX = atX(places[i]);
                // The outer names stand aside, so that they clear the middle one however close the uprights are.
                String name = middle + List.of(" − step", "", " + step").get(i);
                sheet.write(name, INK, atX + 10 * (i - 1), area.getY() - 12, 1 - i / 2.0);
                g.setColor(GREY);
                g.setStroke(stroke(1, 3, 3));
                g.draw(new Line2D.Double(atX, area.getY() - 8, atX, area.getMaxY()));
            }
        });
        return this;
    }

    BufferedImage image() {
        if (x.zeros || y.zeros) {
            add("exactly 0, drawn at the edge", new Series(y, new double[0], new double[0], GREY, null, new Outline(true)));
        }
        g.translate(0, head - 24);
        drawAxes(HEIGHT - head + 24);
        if (all.stream().flatMapToDouble(series -> Arrays.stream(series.y())).noneMatch(Double::isFinite)) {
            sheet.write("no finite value to draw", GREY, area.getCenterX(), area.getCenterY(), 0.5);
        }
        notes.forEach(Runnable::run);
        g.clip(new Rectangle2D.Double(area.getX() - 18, area.getY() - 8, area.getWidth() + 36, area.getHeight() + 16));
        all.forEach(this::draw);
        return sheet.image;
    }

    private void drawAxes(int height) {
        XYChart chart = new XYChart(WIDTH, height);
        XYStyler style = chart.getStyler();
        style.setLegendVisible(false).setPlotBorderVisible(false).setChartPadding(MARGIN).setPlotContentSize(0.95)
                .setChartBackgroundColor(CLEAR).setPlotBackgroundColor(CLEAR).setChartFontColor(INK);
        style.setAxisTitleFont(LABEL).setAxisTickLabelsFont(LABEL.deriveFont(13f)).setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(GREY).setAxisTickPadding(5).setPlotTicksMarksVisible(false).setPlotMargin(0)
                .setPlotGridLinesColor(new Color(0xE8E8E8)).setPlotGridLinesStroke(stroke(1))
                .setPlotGridVerticalLinesVisible(x.kind == Axis.Kind.LOG).setYAxisLabelAlignment(TextAlignment.Right)
                .setXAxisTickLabelsFormattingFunction(x::tick).setYAxisTickLabelsFormattingFunction(y::tick)
                .setXAxisTickMarkSpacingHint(x.settle(650, 14)).setXAxisMin(x.low).setXAxisMax(x.high)
                .setYAxisGroupPosition(1, YAxisPosition.Right);
        for (Axis axis : right == null ? List.of(y) : List.of(y, right)) {
            int i = axis == y ? 0 : 1;
            style.setYAxisTickMarkSpacingHint(axis.settle(0.95 * (height - 82), 9));
            style.setYAxisMin(i, axis.low).setYAxisMax(i, axis.high);
            chart.setYAxisGroupTitle(i, sheet.fitting("y axis title", axis.title(), 280));
            // XChart draws no axis without points, and moves its ticks onto them if they are evenly spaced from the low end.
            double[][] unseen = {{x.high, 0.7 * x.low + 0.3 * x.high}, {axis.high, 0.7 * axis.low + 0.3 * axis.high}};
            chart.addSeries("unseen " + i, unseen[0], unseen[1]).setMarker(SeriesMarkers.NONE).setLineColor(CLEAR)
                    .setYAxisGroup(i);
        }
        chart.setXAxisTitle(sheet.fitting("x axis title", x.title(), 640));
        chart.paint(g, WIDTH, height);
        // XChart tells no place on an axis, not even on y, that is shorter than the distance of the ticks on x.
        style.setXAxisTickMarkSpacingHint(1);
        area = new Rectangle2D.Double();
        area.setFrameFromDiagonal(chart.getScreenXFromChart(x.low), chart.getScreenYFromChart(y.high),
                chart.getScreenXFromChart(x.high), chart.getScreenYFromChart(y.low));
    }

    private double atX(double value) {
        return area.getX() + x.share(value) * area.getWidth();
    }

    private double atY(Axis axis, double value) {
        return area.getMaxY() - axis.share(value) * area.getHeight();
    }

    private void draw(Series series) {
        Path2D line = new Path2D.Double();
        boolean gap = true;
        g.setColor(series.colour());
        for (int i = 0; i < series.x().length; i++) {
            double atX = atX(series.x()[i]);
            double atY = atY(series.axis(), series.y()[i]);
            boolean zero = x.isOffScale(series.x()[i]) || series.axis().isOffScale(series.y()[i]);
            boolean missing = !Double.isFinite(atX + atY);
            if (!missing) {
                (zero ? new Outline(true) : series.mark()).paint(g, atX, atY, MARK);
            }
            if (!missing && !zero) {
                line.append(new Line2D.Double(atX, atY, atX, atY), !gap);
            }
            gap = missing || zero;
        }
        if (series.line() != null) {
            g.setStroke(series.line());
            g.draw(line);
        } else if (series.mark() == SeriesMarkers.NONE) {
            g.fill(line);
        }
    }

    static BasicStroke stroke(float width, float... dashes) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes.length == 0 ? null : dashes, 0);
    }
}
