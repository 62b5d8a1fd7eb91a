package gradcheck.chart;

import static gradcheck.chart.Sheet.HEIGHT;
import static gradcheck.chart.Sheet.INK;
import static gradcheck.chart.Sheet.LABEL;
import static gradcheck.chart.Sheet.MARGIN;
import static gradcheck.chart.Sheet.WIDTH;

import gradcheck.base.Require;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** The picture of a confusion matrix: a cell is the darker, the more rows of its true class are in it. */
final class Confusion {
    private final int[][] counts;
    private final List<String> names;
    private final Sheet sheet;
    private final boolean upright;
    private final double left;
    private final double top;
    private final double wide;
    private final double high;

    private Confusion(String title, int[][] counts, List<String> names) {
        this.counts = counts;
        this.names = names;
        sheet = new Sheet(title);
        int k = counts.length;
        double longest = names.stream().mapToDouble(name -> sheet.width(sheet.fitting("classNames", name, 140))).max().orElse(0);
        double room = WIDTH - 3 * MARGIN - 30 - longest;
        upright = longest > room / k - 8;
        top = sheet.head + 18;
        high = (HEIGHT - MARGIN - 26 - (upright ? longest + 8 : 22) - top) / k;
        wide = Math.min(room / k, Math.max(1.6 * high, Math.max(44, upright ? 0 : longest + 8)));
        Require.that(high >= 13, "classNames", "names that leave room for " + k + " rows", names, "shorten them or the title");
        // Matrix and names stand in the middle.
        left = (WIDTH + 30 + longest - k * wide) / 2;
    }

    static BufferedImage of(String title, int[][] counts, List<String> names) {
        Confusion confusion = new Confusion(title, counts, names);
        confusion.drawLegend();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                confusion.drawCell(i, j);
            }
        }
        confusion.drawNames();
        return confusion.sheet.image;
    }

    private void drawLegend() {
        drawEntry("right", Sheet.BLUE, MARGIN);
        drawEntry("mistaken", Sheet.VERMILION, 88);
        sheet.write("the darker, the larger the share of its true class", INK, 192, sheet.head + 2, 0);
    }

    private void drawEntry(String text, Color colour, int atX) {
        sheet.g.setColor(colour);
        sheet.g.fillRect(atX, sheet.head - 9, 12, 12);
        sheet.write(text, INK, atX + 18, sheet.head + 2, 0);
    }

    private void drawCell(int truth, int predicted) {
        int count = counts[truth][predicted];
        Rectangle2D cell = new Rectangle2D.Double(left + predicted * wide, top + truth * high, wide, high);
        double share = (double) count / Math.max(1, Arrays.stream(counts[truth]).sum());
        Color shade = shade(truth == predicted, share);
        sheet.g.setColor(shade);
        sheet.g.fill(cell);
        sheet.g.setColor(Sheet.EDGE);
        sheet.g.setStroke(Plot.stroke(1));
        sheet.g.draw(cell);
        if (count == 0) {
            sheet.g.fill(new Ellipse2D.Double(cell.getCenterX() - 2, cell.getCenterY() - 2, 4, 4));
            return;
        }
        String text = Integer.toString(count);
        Font font = LABEL.deriveFont(Font.BOLD, (float) Math.min(20, 0.6 * high));
        double fits = Math.min(1, (wide - 4) / sheet.width(text, font));
        font = font.deriveFont((float) (fits * font.getSize2D()));
        sheet.write(text, font, legible(shade), cell.getCenterX(), cell.getCenterY() + 0.36 * font.getSize2D(), 0.5);
    }

    /** White for no rows; the root lets a single mistake among many rows be seen. */
    static Color shade(boolean right, double share) {
        return share == 0 ? Color.WHITE : right ? mix(Sheet.BLUE, 0.15 + 0.85 * share)
                : mix(Sheet.VERMILION, 0.3 + 0.55 * Math.sqrt(share));
    }

    private static Color mix(Color colour, double share) {
        return new Color(part(colour.getRed(), share), part(colour.getGreen(), share), part(colour.getBlue(), share));
    }

    private static int part(int part, double share) {
        return (int) Math.round(255 - share * (255 - part));
    }

    /** White on a dark shade, else ink: a contrast of 3.5 or more, for bold numbers. */
    static Color legible(Color shade) {
        return luminance(shade) < 0.25 ? Color.WHITE : INK;
    }

    /** The relative luminance of the WCAG, with the plain power of 2.2. */
    static double luminance(Color colour) {
        return 0.2126 * Math.pow(colour.getRed() / 255.0, 2.2) + 0.7152 * Math.pow(colour.getGreen() / 255.0, 2.2)
                + 0.0722 * Math.pow(colour.getBlue() / 255.0, 2.2);
    }

    private void drawNames() {
        double bottom = top + counts.length * high;
        double longest = 0;
        for (int i = 0; i < counts.length; i++) {
            double atX = left + (i + 0.5) * wide;
            double width = sheet.width(names.get(i));
            longest = Math.max(longest, width);
            sheet.write(names.get(i), INK, left - 8, top + (i + 0.5) * high + 5, 1);
            if (upright) {
                sheet.writeUpwards(names.get(i), atX, bottom + 8 + width / 2);
            } else {
                sheet.write(names.get(i), INK, atX, bottom + 19, 0.5);
            }
        }
        sheet.write("predicted class", INK, left + counts.length * wide / 2, HEIGHT - MARGIN - 4, 0.5);
        sheet.writeUpwards("true class", left - longest - 26, (top + bottom) / 2);
    }
}
