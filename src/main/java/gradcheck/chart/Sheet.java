package gradcheck.chart;

import gradcheck.base.Require;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A white picture with its title, and the way words are written on it: the same for all pictures. */
final class Sheet {
    static final int WIDTH = 800;
    static final int HEIGHT = 450;
    static final int MARGIN = 16;
    static final Color INK = new Color(0x222222);
    static final Color GREY = new Color(0x707070);
    /** The thin line around a cell or a picture. */
    static final Color EDGE = new Color(0xD8D8D8);
    /** Okabe and Ito's blue and vermilion. */
    static final Color BLUE = new Color(0x0072B2);
    static final Color VERMILION = new Color(0xD55E00);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    final Graphics2D g = image.createGraphics();
    /** How far the title reaches down: the baseline of a next line. */
    final int head;

    Sheet(String title) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(INK);
        g.setFont(LABEL.deriveFont(Font.BOLD, 18));
        String folded = fitting("title", title, Integer.MAX_VALUE).strip().replaceAll("(.{1,70})(\\s+|$)", "$1\n");
        int line = 30;
        for (String words : folded.split("\n")) {
            boolean fits = line < 30 + 3 * 24 && g.getFontMetrics().stringWidth(words) <= WIDTH - 2 * MARGIN;
            Require.that(fits, "title", "text that fits into 3 lines", title, "shorten it");
            g.drawString(words, MARGIN, line);
            line += 24;
        }
        head = line;
    }

    /** Writes a text whose left end, for anchor 0, or right end, for 1, is here, or nearer where it would be cut off. */
    void write(String text, Color colour, double atX, double atY, double anchor) {
        write(text, LABEL, colour, atX, atY, anchor);
    }

    void write(String text, Font font, Color colour, double atX, double atY, double anchor) {
        double width = width(text, font);
        g.setFont(font);
        g.setColor(colour);
        double left = Math.max(MARGIN, Math.min(WIDTH - MARGIN - width, atX - anchor * width));
        g.drawString(text, (float) left, (float) atY);
    }

    /** Writes a text upwards, with its middle here. */
    void writeUpwards(String text, double atX, double middleY) {
        g.rotate(-Math.PI / 2, atX, middleY);
        g.setFont(LABEL);
        g.setColor(INK);
        g.drawString(text, (float) (atX - width(text) / 2), (float) middleY + 5);
        g.rotate(Math.PI / 2, atX, middleY);
    }

    /** Returns the label, which must be there and fit into so many pixels. */
    String fitting(String argument, String label, int most) {
        Require.that(label != null && !label.isBlank(), argument, "some text", label, "say what is shown");
        Require.that(width(label) <= most, argument, "at most " + most + " pixels", label, "shorten it");
        return label;
    }

    double width(String text) {
        return width(text, LABEL);
    }

    double width(String text, Font font) {
        return g.getFontMetrics(font).getStringBounds(text, g).getWidth();
    }
}
