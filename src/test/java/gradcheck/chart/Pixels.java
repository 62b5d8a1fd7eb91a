package gradcheck.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** What the tests look for in a picture. */
final class Pixels {
    static final int BLUE = 0x0072B2;
    static final int VERMILION = 0xD55E00;
    /** Where a legend of one row begins: below the title of the x axis. */
    static final int LEGEND = 422;

    private Pixels() {
    }

    static void refused(Supplier<BufferedImage> picture, String message) {
        assertThatIllegalArgumentException().isThrownBy(picture::get).withMessageContaining(message);
    }

    static void isDrawn(BufferedImage image) {
        isWhiteAtTheEdges(image);
        assertThat(Arrays.stream(pixels(image)).distinct().count()).isGreaterThan(20);
        assertThat(colours(image, BLUE, 30, 450)).as("data in blue").isPositive();
    }

    static void isWhiteAtTheEdges(BufferedImage image) {
        assertThat(image.getWidth()).isEqualTo(800);
        assertThat(image.getHeight()).isEqualTo(450);
        assertThat(image.getRGB(0, 0, 800, 3, null, 0, 800)).as("upper edge").containsOnly(-1);
        assertThat(image.getRGB(0, 0, 3, 450, null, 0, 3)).as("left edge").containsOnly(-1);
        assertThat(image.getRGB(797, 0, 3, 450, null, 0, 3)).as("right edge").containsOnly(-1);
        assertThat(image.getRGB(0, 447, 800, 3, null, 0, 800)).as("lower edge").containsOnly(-1);
    }

    static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, 800, 450, null, 0, 800);
    }

    static long colours(BufferedImage image, int colour, int from, int to) {
        return in(image, 0, from, 800, to, colour);
    }

    /** How many pixels of a colour are in a part of the picture. */
    static long in(BufferedImage image, int left, int top, int right, int bottom, int colour) {
        return Arrays.stream(image.getRGB(left, top, right - left, bottom - top, null, 0, right - left))
                .filter(pixel -> (pixel & 0xFFFFFF) == (colour & 0xFFFFFF)).count();
    }

    /** The smallest rectangle around the pixels of a colour in a part of the picture. */
    static Rectangle box(BufferedImage image, int left, int top, int right, int bottom, int colour) {
        Rectangle box = new Rectangle(-1, -1);
        for (int x = left; x < right; x++) {
            for (int y = top; y < bottom; y++) {
                if (pixel(image, x, y) == colour) {
                    box.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return box;
    }

    static Rectangle blueIn(BufferedImage image, int left, int top, int right, int bottom) {
        return box(image, left, top, right, bottom, BLUE);
    }

    static int pixel(BufferedImage image, double x, double y) {
        return image.getRGB((int) x, (int) y) & 0xFFFFFF;
    }

    static int[] under(Locale locale, Supplier<BufferedImage> picture) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return pixels(picture.get());
        } finally {
            Locale.setDefault(before);
        }
    }
}
