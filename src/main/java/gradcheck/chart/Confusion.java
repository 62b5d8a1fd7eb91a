package gradcheck.chart;

import gradcheck.base.Require;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler.ChartTheme;

/** The picture of a confusion matrix: a cell is the darker, the more rows of its true class are in it. */
final class Confusion {
    private Confusion() {
    }

    static BufferedImage of(String title, int[][] counts, List<String> names) {
        Sheet sheet = new Sheet(title);
        sheet.head += 22;
        sheet.write("right", Sheet.BOLD, Sheet.BLUE, Sheet.MARGIN, sheet.head, 0);
        sheet.write("mistaken", Sheet.BOLD, Sheet.VERMILION, 64, sheet.head, 0);
        sheet.write("the darker, the larger the share of its true class", Sheet.LABEL, Sheet.INK, 148, sheet.head, 0);
        int k = counts.length;
        names.forEach(name -> sheet.fitting("classNames", name, 140));
        double longest = names.stream().mapToDouble(name -> sheet.width(name, Sheet.LABEL)).max().orElse(0);
        boolean upright = longest > (720 - longest) / k - 8;
        double high = (Sheet.HEIGHT - sheet.head - 68 - (upright ? longest : 14)) / k;
        Require.that(high >= 13, "classNames", "names that leave room for " + k + " rows", names, "shorten them or the title");
        HeatMapChart chart = new HeatMapChart(Sheet.WIDTH, Sheet.HEIGHT, ChartTheme.XChart);
        HeatMapStyler style = chart.getStyler();
        Sheet.style(style);
        style.setRangeColors(new Color[] {Sheet.VERMILION, Color.WHITE, Sheet.BLUE}).setMin(-1).setMax(1);
        style.setLegendVisible(false).setPlotContentSize(0.99)
                .setAnnotationTextFont(Sheet.BOLD.deriveFont((float) Math.min(20, 0.6 * high)));
        style.setXAxisTickMarkSpacingHint(1).setXAxisMin(-0.5).setXAxisMax(k - 0.5).setYAxisMin(-0.5).setYAxisMax(k - 0.5)
                .setXAxisLabelRotation(upright ? 90 : 0).setAxisTicksMarksVisible(false);
        chart.setXAxisTitle("predicted class");
        chart.setYAxisTitle("true class");
        List<String> upwards = new ArrayList<>(names);
        Collections.reverse(upwards);
        chart.addSeries("rows", names, upwards, cells(chart, counts));
        return sheet.with(chart);
    }

    /** Returns {column, row from below, shade} of each cell that is not empty, and adds its number to the chart. */
    private static List<Number[]> cells(HeatMapChart chart, int[][] counts) {
        List<Number[]> cells = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                double share = (double) counts[i][j] / Math.max(1, Arrays.stream(counts[i]).sum());
                // The root lets a single mistake among many rows be seen.
                double shade = i == j ? 0.15 + 0.85 * share : -0.3 - 0.55 * Math.sqrt(share);
                if (share > 0) {
                    cells.add(new Number[] {j, counts.length - 1 - i, shade});
                    chart.addAnnotation(new AnnotationText(Integer.toString(counts[i][j]), j, counts.length - 1 - i, false) {
                        @Override
                        public void paint(Graphics2D g) {
                            // All texts of a chart share a colour, so each sets its own before it is painted.
                            styler.setAnnotationTextFontColor(shade > 0.88 ? Color.WHITE : Sheet.INK);
                            super.paint(g);
                        }
                    });
                }
            }
        }
        return cells;
    }
}
