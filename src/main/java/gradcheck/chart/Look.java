package gradcheck.chart;

import gradcheck.data.Require;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;

/** The one look of all pictures: size, greys, fonts, and how text and numbers are written. */
final class Look {
    static final int WIDTH = 800;
    static final int HEIGHT = 450;
    static final int MARGIN = 16;
    static final int WIDEST_TEXT = 720;
    static final Color INK = new Color(0x222222);
    static final Color GREY = new Color(0x707070);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private static final Color CLEAR = new Color(0, true);
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

    private Look() {
    }

    /** Returns an XChart with nothing of XChart's own look: no title, legend, frame or background. */
    static XYChart chart(int height) {
        XYChart chart = new XYChart(WIDTH, height);
        XYStyler style = chart.getStyler();
        style.setLocale(Locale.ROOT).setLegendVisible(false).setChartTitleVisible(false).setChartPadding(MARGIN)
                .setChartBackgroundColor(CLEAR).setPlotBackgroundColor(CLEAR).setPlotBorderVisible(false)
                .setPlotContentSize(0.95).setChartFontColor(INK);
        style.setAxisTitleFont(LABEL).setAxisTickLabelsFont(TICK).setAxisTickLabelsColor(INK).setPlotMargin(0)
                .setAxisTickMarksColor(GREY).setAxisTickMarkLength(5).setAxisTickPadding(5).setAxisTitlePadding(9)
                .setPlotGridLinesColor(new Color(0xE8E8E8)).setPlotGridLinesStroke(Style.stroke(1))
                .setPlotTicksMarksVisible(false).setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        return chart;
    }

    /** Returns the width of a text in pixels. */
    static double width(String text, Font font) {
        return font.getStringBounds(text, MEASURE).getWidth();
    }

    /** Returns a text folded into lines that are no wider than 720 pixels; more lines than given are refused. */
    static List<String> fold(String argument, String text, Font font, int mostLines) {
        Require.that(text != null && !text.isBlank(), argument, "some text", text, "say what is shown");
        List<String> lines = new ArrayList<>(List.of(""));
        for (String word : text.strip().split("\\s+")) {
            String longer = (lines.get(lines.size() - 1) + " " + word).strip();
            if (width(longer, font) <= WIDEST_TEXT) {
                lines.set(lines.size() - 1, longer);
            } else {
                lines.add(word);
            }
        }
        lines.remove("");
        Require.that(lines.size() <= mostLines && lines.stream().allMatch(line -> width(line, font) <= WIDEST_TEXT),
                argument, "text that fits into " + mostLines + " line(s)", text, "shorten it");
        return lines;
    }

    /** Returns a power of ten: 10⁻⁷, or 1e-7 where the font has no such digits. */
    static String power(long exponent) {
        if (TICK.canDisplayUpTo(SUPERSCRIPTS) >= 0) {
            return "1e" + exponent;
        }
        StringBuilder text = new StringBuilder("10");
        for (char digit : Long.toString(exponent).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit == '-' ? 10 : digit - '0'));
        }
        return text.toString();
    }

    /** Returns {@code mantissa x 10^exponent} in words of a tick: 0.25, -2·10⁻⁷, 0. */
    static String number(double mantissa, int exponent) {
        String digits = Math.abs(mantissa) < 1e-9 ? "0" : new BigDecimal(mantissa).round(new MathContext(10))
                .stripTrailingZeros().toPlainString().replace('-', '−');
        if (exponent == 0 || digits.equals("0")) {
            return digits;
        }
        String power = power(exponent);
        return power.startsWith("1e") ? digits + power.substring(1) : digits + "·" + power;
    }
}
