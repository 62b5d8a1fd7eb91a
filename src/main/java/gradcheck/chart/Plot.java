package gradcheck.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart of XChart while it is put together: it collects series, and hands them over once all ranges are known. */
final class Plot {
    static final Marker RING = new Mark();
    static final Marker CROSS = new Mark();
    /** A single point without a place: what a series has that lacks a line or marks. */
    static final double[][] NONE = {{Double.NaN}, {Double.NaN}};
    /** Okabe and Ito's colours, each with its mark: never told by colour alone. The last two are lighter shades of the first. */
    static final List<Look> LOOKS = List.of(look(Sheet.BLUE, SeriesMarkers.CIRCLE), look(Sheet.VERMILION, SeriesMarkers.SQUARE),
            look(Sheet.GREEN, SeriesMarkers.TRIANGLE_UP), look(new Color(0xCC79A7), SeriesMarkers.DIAMOND),
            look(new Color(0x56B4E9), RING), look(new Color(0xE69F00), RING));
    private static final Look GREY = dashed(Sheet.GREY, 1.4f, 7, 5);

    private final Sheet sheet;
    private final Axis x;
    private final List<Axis> ys = new ArrayList<>();
    private final List<Series> all = new ArrayList<>();
    private final List<Consumer<XYChart>> notes = new ArrayList<>();

    /** A mark that XChart lacks: a ring, around a cross or for an exact zero, or a bold cross. */
    private static final class Mark extends Marker {
        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            double half = size / 2.0;
            g.setStroke(new BasicStroke(1.8f));
            if (this == RING) {
                g.draw(new Ellipse2D.Double(x - size, y - size, 2 * size, 2 * size));
            } else {
                g.draw(new Line2D.Double(x - half, y - half, x + half, y + half));
                g.draw(new Line2D.Double(x - half, y + half, x + half, y - half));
            }
        }
    }

    record Look(Color colour, Marker mark, BasicStroke stroke) { }

    /** A series, the axis of its y, and the points {xs, ys} of its line and of its marks. */
    private record Series(String name, Axis axis, Look look, double[][] line, double[][] marks) { }

    Plot(String title, Axis x, Axis y) {
        sheet = new Sheet(title);
        this.x = x;
        ys.add(y);
    }

    static Look look(Color colour, Marker mark) {
        return new Look(colour, mark, new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    /** Returns the look of a line of two points: at every further one XChart would start the dashes anew. */
    static Look dashed(Color colour, float width, float... dashes) {
        return new Look(colour, RING, Sheet.dashes(width, dashes));
    }

    /** Adds a series with the next look and widens the axes to hold it; one without a name is not in the legend. */
    Plot add(String name, double[][] line, double[][] marks) {
        return add(name, LOOKS.get(all.size()), line, marks);
    }

    Plot add(String name, Look look, double[][] line, double[][] marks) {
        return add(name, ys.get(0), look, line, marks);
    }

    /** Adds a series on an axis of its own, on the right if it is a second one. */
    Plot add(String name, Axis axis, Look look, double[][] line, double[][] marks) {
        if (!ys.contains(axis)) {
            ys.add(axis);
        }
        x.include(line[0]).include(marks[0]);
        axis.include(line[1]).include(marks[1]);
        all.add(new Series(name, axis, look, line, marks));
        return this;
    }

    /** Adds, after all other series, a dashed grey line that does not widen the axes. */
    Plot reference(String name, double[][] ends) {
        all.add(new Series(name, ys.get(0), GREY, ends, NONE));
        return this;
    }

    /** Adds a text with its middle beside a point, by shares of the axes. */
    void note(String text, double atX, double atY, double right, double up) {
        Axis y = ys.get(0);
        notes.add(chart -> chart.addAnnotation(
                new AnnotationText(text, x.at(atX) + x.part(right), y.at(atY) + y.part(up), false)));
    }

    /** Adds a dotted upright at each of three places, a step apart, with its name above. */
    Plot uprights(String middle, double... places) {
        sheet.head += 14;
        notes.add(chart -> {
            // The outer names stand aside, to the outside where the uprights are close, to the inside where they are at the edge.
            double aside = x.at(places[2]) - x.at(places[1]) < x.part(0.3) ? x.part(0.065) : x.part(-0.065);
            for (int i = 0; i < 3; i++) {
                chart.addAnnotation(new AnnotationLine(x.at(places[i]), true, false));
                // XChart centres what is inked, which is less in a single letter.
                chart.addAnnotation(new AnnotationText(middle + List.of(" − step", "", " + step").get(i),
                        x.at(places[i]) + (i - 1) * aside, ys.get(0).high + ys.get(0).part(i == 1 ? 0.052 : 0.06), false));
            }
        });
        return this;
    }

    /** Adds the names of parts of the x axis above them, where they fit, and a dotted upright between parts. */
    Plot parts(List<String> names, double... borders) {
        sheet.head += 14;
        notes.add(chart -> {
            for (int i = 0; i < names.size(); i++) {
                if (i > 0) {
                    chart.addAnnotation(new AnnotationLine(x.at(borders[i]), true, false));
                }
                double share = (x.at(borders[i + 1]) - x.at(borders[i])) / x.part(1);
                if (sheet.width(names.get(i), Sheet.LABEL) < 640 * share) {
                    chart.addAnnotation(new AnnotationText(names.get(i), (x.at(borders[i]) + x.at(borders[i + 1])) / 2,
                            ys.get(0).high + ys.get(0).part(0.052), false));
                }
            }
        });
        return this;
    }

    BufferedImage image() {
        Axis y = ys.get(0);
        if (x.zeros || y.zeros) {
            // A clone of no marks: marks that are not drawn, but are in the legend.
            all.add(new Series("exactly 0, drawn at the edge", y, GREY, NONE, NONE.clone()));
        }
        XYChart chart = new XYChart(Sheet.WIDTH, Sheet.HEIGHT);
        Sheet.style(chart.getStyler());
        axes(chart, Sheet.HEIGHT - sheet.head - 80 - legend(chart.getStyler()));
        all.forEach(series -> draw(chart, series, placed(series, series.line, false), series.look.stroke, SeriesMarkers.NONE));
        all.forEach(series -> drawMarks(chart, series));
        if (chart.getSeriesCollection().stream().noneMatch(series -> series.getYMin() <= series.getYMax())) {
            chart.addAnnotation(new AnnotationText("no finite value to draw", x.low + x.part(0.5), y.low + y.part(0.5), false));
        }
        notes.forEach(note -> note.accept(chart));
        return sheet.with(chart);
    }

    /** Lays the names out in a row, or in a column where they do not fit into one, and returns how high that is. */
    private int legend(XYStyler style) {
        List<String> names = all.stream().map(Series::name).filter(Objects::nonNull).toList();
        names.forEach(name -> sheet.fitting("name of a series", name, 350));
        boolean row = names.stream().mapToDouble(name -> 80 + sheet.width(name, Sheet.LABEL)).sum() < 754;
        style.setLegendVisible(!names.isEmpty()).setLegendLayout(row ? LegendLayout.Horizontal : LegendLayout.Vertical);
        return row ? 24 : 20 * names.size();
    }

    private void axes(XYChart chart, double height) {
        XYStyler style = chart.getStyler();
        style.setXAxisTickLabelsFormattingFunction(x::tick).setYAxisTickLabelsFormattingFunction(ys.get(0)::tick)
                .setPlotGridVerticalLinesVisible(x.kind == Axis.Kind.LOG)
                .setXAxisTickMarkSpacingHint(x.settle(650, 14)).setXAxisMin(x.low).setXAxisMax(x.high);
        chart.setXAxisTitle(sheet.fitting("x axis title", x.title(), 640));
        // Room for half a ring all around.
        style.setPlotContentSize(1 - 18 / height);
        for (int i = 0; i < ys.size(); i++) {
            Axis y = ys.get(i);
            style.setYAxisTickMarkSpacingHint(y.settle(height - 18, 9)).setYAxisMin(i, y.low).setYAxisMax(i, y.high);
            chart.setYAxisGroupTitle(i, sheet.fitting("y axis title", y.title(), 280));
        }
    }

    /** Draws the marks of a series, which come after all lines, and after a gap its entry in the legend. */
    private void drawMarks(XYChart chart, Series series) {
        draw(chart, series, placed(series, series.marks, false), SeriesLines.NONE, series.look.mark);
        draw(chart, series, placed(series, series.marks, true), SeriesLines.NONE, RING);
        if (series.name != null) {
            draw(chart, series, NONE, SeriesLines.NONE, SeriesMarkers.NONE).setLabel(" ").setShowInLegend(series != all.get(0)
                    && chart.getStyler().getLegendLayout() == LegendLayout.Horizontal);
            draw(chart, series, NONE, series.line == NONE ? SeriesLines.NONE : series.look.stroke,
                    series.marks == NONE ? SeriesMarkers.NONE : series.look.mark).setLabel(series.name).setShowInLegend(true);
        }
    }

    /** Hands points to XChart, without an entry in the legend. */
    private XYSeries draw(XYChart chart, Series series, double[][] points, BasicStroke stroke, Marker mark) {
        XYSeries drawn = chart.addSeries("series " + chart.getSeriesCollection().size(), points[0], points[1]);
        // A smooth line is a single path, without seams; among many points its bends are too small to be seen.
        drawn.setSmooth(points[0].length > 300).setMarker(mark).setMarkerColor(series.look.colour).setLineStyle(stroke)
                .setLineColor(series.look.colour).setShowInLegend(false).setYAxisGroup(ys.indexOf(series.axis));
        return drawn;
    }

    /** Returns the coordinates of the points without zeros off the scale, or with them; XChart leaves out the others, NaN. */
    private double[][] placed(Series series, double[][] points, boolean zeros) {
        return new double[][] {Arrays.stream(points[0]).map(x::at).toArray(), IntStream.range(0, points[0].length)
                .mapToDouble(i -> Double.isFinite(x.at(points[0][i]) + series.axis.at(points[1][i]))
                        && (x.isOffScale(points[0][i]) || series.axis.isOffScale(points[1][i])) == zeros
                        ? series.axis.at(points[1][i]) : Double.NaN).toArray()};
    }
}
