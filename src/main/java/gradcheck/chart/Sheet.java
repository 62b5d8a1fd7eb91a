package gradcheck.chart;

import gradcheck.base.Require;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;

/** A white picture with its title, which XChart can neither fold nor put at the left, and the look of all charts below it. */
final class Sheet {
    static final int WIDTH = 800;
    static final int HEIGHT = 450;
    static final int MARGIN = 16;
    static final Color INK = new Color(0x222222);
    static final Color GREY = new Color(0x707070);
    /** Okabe and Ito's blue, vermilion and green. */
    static final Color BLUE = new Color(0x0072B2);
    static final Color VERMILION = new Color(0xD55E00);
    static final Color GREEN = new Color(0x009E73);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font BOLD = LABEL.deriveFont(Font.BOLD);

    final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    final Graphics2D g = image.createGraphics();
    /** How far the title reaches down. */
    int head = 6;

    Sheet(String title) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        Font large = BOLD.deriveFont(18f);
        String folded = fitting("title", title, Integer.MAX_VALUE).strip().replaceAll("(.{1,70})(\\s+|$)", "$1\n");
        for (String words : folded.split("\n")) {
            head += 24;
            boolean fits = head < 80 && width(words, large) <= WIDTH - 2 * MARGIN;
            Require.that(fits, "title", "text that fits into 3 lines", title, "shorten it");
            write(words, large, INK, MARGIN, head, 0);
        }
    }

    static BasicStroke dashes(float width, float... dashes) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    /** Gives a chart the look of all. */
    static void style(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK).setChartPadding(MARGIN).setPlotBorderVisible(false)
                .setYAxisGroupPosition(1, YAxisPosition.Right).setMarkerSize(7).setLegendPosition(LegendPosition.OutsideS)
                .setLegendBorderColor(Color.WHITE).setLegendFont(LABEL).setLegendPadding(6).setLegendSeriesLineLength(28)
                .setAnnotationTextFont(LABEL).setAnnotationTextFontColor(GREY).setAnnotationLineColor(GREY)
                .setAnnotationLineStroke(dashes(1, 3, 3));
        style.setAxisTitleFont(LABEL).setAxisTickLabelsFont(LABEL.deriveFont(13f)).setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(GREY).setAxisTickPadding(5).setPlotTicksMarksVisible(false).setPlotMargin(0)
                .setPlotGridLinesColor(new Color(0xE8E8E8)).setPlotGridLinesStroke(new BasicStroke(1))
                .setYAxisLabelAlignment(TextAlignment.Right);
    }

    /** Returns the picture with this chart below the title; XChart's own encoder would draw lines with stairs. */
    BufferedImage with(Chart<?, ?> chart) {
        g.translate(0, head + 6);
        chart.paint(g, WIDTH, HEIGHT - head - 6);
        return image;
    }

    /** Writes a text whose left end, for anchor 0, or middle, for 0.5, is here. */
    void write(String text, Font font, Color colour, double atX, double atY, double anchor) {
        g.setFont(font);
        g.setColor(colour);
        g.drawString(text, (float) (atX - anchor * width(text, font)), (float) atY);
    }

    /** Returns the label, which must be there and fit into so many pixels. */
    String fitting(String argument, String label, int most) {
        Require.that(label != null && !label.isBlank(), argument, "some text", label, "say what is shown");
        Require.that(width(label, LABEL) <= most, argument, "at most " + most + " pixels", label, "shorten it");
        return label;
    }

    double width(String text, Font font) {
        return g.getFontMetrics(font).getStringBounds(text, g).getWidth();
    }
}
