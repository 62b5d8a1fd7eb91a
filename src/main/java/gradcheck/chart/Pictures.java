package gradcheck.chart;

import static gradcheck.chart.Sheet.EDGE;
import static gradcheck.chart.Sheet.HEIGHT;
import static gradcheck.chart.Sheet.INK;
import static gradcheck.chart.Sheet.LABEL;
import static gradcheck.chart.Sheet.MARGIN;
import static gradcheck.chart.Sheet.VERMILION;
import static gradcheck.chart.Sheet.WIDTH;

import gradcheck.base.Require;
import gradcheck.data.Dataset;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The picture of classified pictures, in as many columns as let them be largest; those read wrongly are framed. */
final class Pictures {
    private static final int MOST = 20;
    private static final Font WRONG = LABEL.deriveFont(Font.BOLD);
    /** Pixels for a caption and the gap below it, and for the gap beside a picture. */
    private static final int CAPTION = 36;
    private static final int GAP = 14;
    private static final int LARGEST = 160;

    private Pictures() {
    }

    static BufferedImage of(String title, Dataset data, int[] predicted) {
        int n = data.size();
        Require.that(n <= MOST, "digits", "at most " + MOST + " pictures", n, "draw a part: digits.rows(0, " + MOST + ")");
        Require.that(predicted.length == n, "predicted", n + " classes, one for each picture", predicted.length,
                "predict the same rows");
        double[][] grey = grey(data.features());
        int[] truth = data.classes();
        boolean[] wrong = new boolean[n];
        String[] captions = new String[n];
        for (int i = 0; i < n; i++) {
            Require.that(predicted[i] >= 0 && predicted[i] < data.classNames().size(), "predicted",
                    "numbers from 0 to " + (data.classNames().size() - 1), predicted[i] + " at [" + i + "]",
                    "predict the classes of this data set");
            wrong[i] = predicted[i] != truth[i];
            captions[i] = data.classNames().get(truth[i]) + (wrong[i] ? " read as " + data.classNames().get(predicted[i]) : "");
        }
        return of(title, grey, captions, wrong);
    }

    /** Returns the pixels of each picture, row by row. */
    private static double[][] grey(INDArray features) {
        int pixels = (int) features.size(1);
        int side = (int) Math.round(Math.sqrt(pixels));
        Require.that(side * side == pixels, "digits",
                "a square number of pixels in each row, such as features [n x 64] for 8 x 8",
                Arrays.toString(features.shape()), "pass the pictures alone, without a column of ones");
        double[][] grey = features.toDoubleMatrix();
        for (int i = 0; i < grey.length; i++) {
            for (int j = 0; j < pixels; j++) {
                Require.that(grey[i][j] >= 0 && grey[i][j] <= 1, "digits", "pixels from 0 (white) to 1 (black)",
                        grey[i][j] + " at [" + i + ", " + j + "]", "divide by the largest value that a pixel can have");
            }
        }
        return grey;
    }

    private static BufferedImage of(String title, double[][] grey, String[] captions, boolean[] wrong) {
        Sheet sheet = new Sheet(title);
        int n = grey.length;
        int side = (int) Math.round(Math.sqrt(grey[0].length));
        double widest = IntStream.range(0, n).mapToDouble(i -> sheet.width(captions[i], wrong[i] ? WRONG : LABEL)).max()
                .orElseThrow();
        int top = sheet.head;
        int columns = 0;
        int size = 0;
        for (int c = 1; c <= n && (WIDTH - 2 * MARGIN) / c >= widest + 4; c++) {
            int fits = size(side, c, (n + c - 1) / c, HEIGHT - MARGIN - top);
            columns = fits > size ? c : columns;
            size = Math.max(fits, size);
        }
        Require.that(size > 0, "classNames", "names that fit below " + n + " pictures", Arrays.toString(captions), "draw fewer");
        int rows = (n + columns - 1) / columns;
        double wide = Math.min((WIDTH - 2.0 * MARGIN) / columns, Math.max(size, widest) + 3 * GAP);
        double high = Math.min((HEIGHT - MARGIN - top) / (double) rows, size + CAPTION + GAP);
        double first = top + (HEIGHT - MARGIN - top - rows * high) / 2;
        for (int i = 0; i < n; i++) {
            double middle = WIDTH / 2.0 + (i % columns - (columns - 1) / 2.0) * wide;
            draw(sheet, enlarged(grey[i], side, size), captions[i], wrong[i], middle, (int) (first + i / columns * high));
        }
        return sheet.image;
    }

    private static void draw(Sheet sheet, BufferedImage picture, String caption, boolean wrong, double middle, int y) {
        int size = picture.getWidth();
        int left = (int) (middle - size / 2.0);
        double out = wrong ? 1.5 : 0.5;
        sheet.g.drawImage(picture, left, y, null);
        sheet.g.setColor(wrong ? VERMILION : EDGE);
        sheet.g.setStroke(Plot.stroke((float) (2 * out)));
        sheet.g.draw(new Rectangle2D.Double(left - out, y - out, size + 2 * out, size + 2 * out));
        sheet.write(caption, wrong ? WRONG : LABEL, wrong ? VERMILION : INK, middle, y + size + 19, 0.5);
    }

    /** Returns the side of a picture in such a grid: a multiple of its pixels, so that they are all alike, if there is room. */
    private static int size(int side, int columns, int rows, int height) {
        int room = Math.min(LARGEST, Math.min((WIDTH - 2 * MARGIN) / columns - GAP, height / rows - CAPTION));
        return room >= side ? room / side * side : Math.max(0, room);
    }

    private static BufferedImage enlarged(double[] grey, int side, int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int light = (int) Math.round(255 * (1 - grey[y * side / size * side + x * side / size]));
                image.setRGB(x, y, light << 16 | light << 8 | light);
            }
        }
        return image;
    }
}
