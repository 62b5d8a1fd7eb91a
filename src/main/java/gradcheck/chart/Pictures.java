package gradcheck.chart;

import gradcheck.base.Require;
import gradcheck.data.Dataset;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The picture of classified pictures, in a grid; those read wrongly are framed. */
final class Pictures {
    /** Pixels for a caption and the gap below it, and for the gap beside a picture. */
    private static final int CAPTION = 36;
    private static final int GAP = 14;

    private Pictures() {
    }

    static BufferedImage of(String title, Dataset data, int[] predicted) {
        int n = data.size();
        Require.that(n <= 20, "digits", "at most 20 pictures", n, "draw a part: digits.rows(0, 20)");
        Require.that(predicted.length == n, "predicted", n + " classes, one for each picture", predicted.length,
                "predict the same rows");
        BufferedImage[] pictures = pictures(data.features());
        int[] truth = data.classes();
        List<String> names = data.classNames();
        String[] captions = new String[n];
        for (int i = 0; i < n; i++) {
            Require.that(predicted[i] >= 0 && predicted[i] < names.size(), "predicted", "numbers from 0 to " + (names.size() - 1),
                    predicted[i] + " at [" + i + "]", "predict the classes of this data set");
            captions[i] = names.get(truth[i]) + (predicted[i] != truth[i] ? " read as " + names.get(predicted[i]) : "");
        }
        Sheet sheet = new Sheet(title);
        double widest = Arrays.stream(captions).mapToDouble(caption -> sheet.width(caption, Sheet.BOLD)).max().orElseThrow();
        int height = Sheet.HEIGHT - Sheet.MARGIN - sheet.head - 24;
        // Some 2.4 times as many columns as rows let the pictures be largest.
        int columns = (int) Math.min(Math.ceil(Math.sqrt(2.4 * n)), Math.min(n, (Sheet.WIDTH - 2 * Sheet.MARGIN) / (widest + 4)));
        Require.that(columns > 0, "classNames", "names that fit below the pictures", Arrays.toString(captions), "draw fewer");
        int rows = (n + columns - 1) / columns;
        int room = Math.min(160, Math.min((Sheet.WIDTH - 2 * Sheet.MARGIN) / columns - GAP, height / rows - CAPTION));
        // A multiple of the pixels, so that they are all alike, if there is room.
        int size = Math.max(room % pictures[0].getWidth(), room - room % pictures[0].getWidth());
        double wide = Math.min((Sheet.WIDTH - 2.0 * Sheet.MARGIN) / columns, Math.max(size, widest) + 3 * GAP);
        double high = Math.min(height / (double) rows, size + CAPTION + GAP);
        for (int i = 0; i < n; i++) {
            double middle = Sheet.WIDTH / 2.0 + (i % columns - (columns - 1) / 2.0) * wide;
            int top = (int) (Sheet.HEIGHT - Sheet.MARGIN - height / 2.0 + (i / columns - rows / 2.0) * high);
            draw(sheet, pictures[i], size, captions[i], predicted[i] != truth[i], middle, top);
        }
        return sheet.image;
    }

    private static void draw(Sheet sheet, BufferedImage picture, int size, String caption, boolean wrong, double middle,
            int top) {
        int left = (int) (middle - size / 2.0);
        int frame = wrong ? 3 : 1;
        sheet.g.setColor(wrong ? Sheet.VERMILION : new Color(0xD8D8D8));
        sheet.g.fillRect(left - frame, top - frame, size + 2 * frame, size + 2 * frame);
        sheet.g.drawImage(picture, left, top, size, size, null);
        sheet.write(caption, wrong ? Sheet.BOLD : Sheet.LABEL, wrong ? Sheet.VERMILION : Sheet.INK, middle, top + size + 19, 0.5);
    }

    /** Returns a picture of each row. */
    private static BufferedImage[] pictures(INDArray features) {
        int pixels = (int) features.size(1);
        int side = (int) Math.round(Math.sqrt(pixels));
        Require.that(side * side == pixels, "digits",
                "a square number of pixels in each row, such as features [n x 64] for 8 x 8", Arrays.toString(features.shape()),
                "pass the pictures alone, without a column of ones");
        double[][] grey = features.toDoubleMatrix();
        BufferedImage[] pictures = new BufferedImage[grey.length];
        for (int i = 0; i < grey.length; i++) {
            pictures[i] = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int j = 0; j < pixels; j++) {
                Require.that(grey[i][j] >= 0 && grey[i][j] <= 1, "digits", "pixels from 0 (white) to 1 (black)",
                        grey[i][j] + " at [" + i + ", " + j + "]", "divide by the largest value that a pixel can have");
                pictures[i].setRGB(j % side, j / side, 0x010101 * (int) Math.round(255 * (1 - grey[i][j])));
            }
        }
        return pictures;
    }
}
