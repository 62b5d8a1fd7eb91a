package gradcheck.chart;

import static gradcheck.chart.Pixels.box;
import static gradcheck.chart.Pixels.colours;
import static gradcheck.chart.Pixels.isDrawn;
import static gradcheck.chart.Pixels.isWhiteAtTheEdges;
import static gradcheck.chart.Pixels.pixels;
import static gradcheck.chart.Pixels.refused;
import static gradcheck.chart.Pixels.under;
import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.model.Metrics;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassificationChartsTest {
    private static final int VERMILION = 0xD55E00;
    private static final Dataset DIGITS = Datasets.digits().rows(0, 20);

    /** The metrics of 100 rows of each class, the first of which are read as the next class. */
    static Metrics metrics(int classes, int mistakes) {
        int[] truth = IntStream.range(0, 100 * classes).map(i -> i % classes).toArray();
        int[] predicted = IntStream.range(0, truth.length).map(i -> i < mistakes ? (truth[i] + 1) % classes : truth[i]).toArray();
        return Metrics.of(Dataset.oneHot(truth, classes), Dataset.oneHot(predicted, classes));
    }

    private static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    @Nested
    class A_confusion_matrix {
        @Test
        void is_drawn_of_any_number_of_classes() {
            for (int classes : new int[] {2, 3, 10, 12, 20}) {
                isDrawn(Charts.confusion("t", metrics(classes, 7), names(classes)));
            }
        }

        @Test
        void is_drawn_of_a_single_column() {
            isDrawn(Charts.confusion("t", Metrics.of(Nd4j.createFromArray(new double[][] {{0}, {1}}),
                    Nd4j.createFromArray(new double[][] {{0.2}, {0.4}})), List.of("ham", "spam")));
        }

        @Test
        void shows_a_single_mistake_in_another_colour_than_right_answers() {
            for (int classes : new int[] {2, 10}) {
                BufferedImage right = Charts.confusion("t", metrics(classes, 0), names(classes));
                BufferedImage wrong = Charts.confusion("t", metrics(classes, 1), names(classes));
                assertThat(reddish(right)).isZero();
                assertThat(reddish(wrong)).isGreaterThan(500);
            }
        }

        @Test
        void has_darker_cells_for_larger_shares_and_none_for_zero() {
            double[] before = {1, 1};
            for (int share : new int[] {1, 10, 50, 99}) {
                Cells mistaken = new Cells(2 * share);
                Cells right = new Cells(200 - 2 * share);
                assertThat(mistaken.luminance(mistaken.red)).isLessThan(before[0]);
                assertThat(right.luminance(right.blue)).isLessThan(before[1]);
                before = new double[] {mistaken.luminance(mistaken.red), right.luminance(right.blue)};
            }
            assertThat(reddish(new Cells(0).image)).isZero();
        }

        @Test
        void has_numbers_that_are_legible_on_every_shade() {
            for (int mistakes = 2; mistakes < 200; mistakes += 2) {
                Cells cells = new Cells(mistakes);
                assertThat(cells.contrast(cells.red, 0.75)).as(mistakes + " mistakes").isGreaterThan(4);
                assertThat(cells.contrast(cells.blue, 0.25)).as(200 - mistakes + " right").isGreaterThan(4);
            }
        }

        @Test
        void has_white_numbers_on_the_darkest_cells() {
            Cells cells = new Cells(0);
            assertThat(cells.number(cells.blue, 0.25)).isEqualTo(0xFFFFFF);
        }

        @Test
        void has_room_for_long_names() {
            isDrawn(Charts.confusion("t", metrics(12, 3), Collections.nCopies(12, "September")));
            isDrawn(Charts.confusion("t", metrics(2, 3), List.of("ships", "planes, not ships")));
        }

        @Test
        void is_drawn_where_classes_do_not_occur() {
            Metrics lone = Metrics.of(Dataset.oneHot(new int[] {0}, 4), Dataset.oneHot(new int[] {0}, 4));
            isDrawn(Charts.confusion("t", lone, names(4)));
        }

        @Test
        void is_refused_when_the_names_do_not_fit() {
            refused(() -> Charts.confusion("t", metrics(3, 0), names(2)),
                    "classNames: expected 3 names, one for each class, got 2: [0, 1]");
            refused(() -> Charts.confusion("t", metrics(2, 0), List.of("a", " ")), "classNames: expected some text");
            refused(() -> Charts.confusion("t", metrics(2, 0), List.of("a", "wide ".repeat(9))),
                    "classNames: expected at most 140 pixels");
            refused(() -> Charts.confusion("t", metrics(20, 0), Collections.nCopies(20, "a longer name")),
                    "leave room for 20 rows");
            refused(() -> Charts.confusion("t", metrics(21, 0), names(21)), "metrics: expected at most 20 classes, got 21");
            refused(() -> Charts.confusion("", metrics(2, 0), names(2)), "title: expected some text");
        }
    }

    @Nested
    class Pictures_of_digits {
        @Test
        void are_drawn_from_one_to_twenty() {
            for (int n : new int[] {1, 2, 3, 7, 11, 20}) {
                Dataset some = DIGITS.rows(0, n);
                BufferedImage image = Charts.pictures("t", some, some.classes());
                isWhiteAtTheEdges(image);
                long ink = Arrays.stream(pixels(image)).skip(800 * 40).filter(p -> (p & 255) < 80).count();
                assertThat(ink).as("ink of " + n).isGreaterThan(2000);
            }
        }

        @Test
        void have_a_vermilion_frame_and_caption_only_where_they_are_read_wrongly() {
            assertThat(colours(Charts.pictures("t", DIGITS, DIGITS.classes()), VERMILION, 0, 450)).isZero();
            long one = colours(Charts.pictures("t", DIGITS, wrong(7)), VERMILION, 0, 450);
            assertThat(one).isGreaterThan(4 * 64 * 2);
            assertThat(colours(Charts.pictures("t", DIGITS, wrong(7, 19)), VERMILION, 0, 450)).isGreaterThan(one + 4 * 64 * 2);
        }

        @Test
        void keep_their_pixels_apart_as_they_are_enlarged() {
            double[][] pixels = {IntStream.range(0, 64).mapToDouble(i -> (i + i / 8) % 2 * 0.6).toArray()};
            Dataset board = new Dataset(Nd4j.createFromArray(pixels), new int[] {0}, List.of("board", "digit"));
            BufferedImage image = Charts.pictures("t", board, new int[] {0});
            assertThat(colours(image, 0x666666, 40, 450)).as("half of 160 x 160 pixels").isEqualTo(12_800);
        }

        @Test
        void may_have_other_sizes_and_longer_names() {
            Dataset flowers = Datasets.iris();
            Dataset squares = new Dataset(flowers.features().div(10), flowers.classes(), flowers.classNames()).rows(45, 55);
            isWhiteAtTheEdges(Charts.pictures("t", squares, new int[10]));
            Dataset large = new Dataset(Nd4j.rand(20, 28 * 28), new int[20], List.of("a", "b"));
            isWhiteAtTheEdges(Charts.pictures("t", large, new int[20]));
        }

        @Test
        void are_the_same_for_a_german_reader() {
            assertThat(under(Locale.GERMANY, () -> Charts.pictures("t", DIGITS, wrong(3))))
                    .isEqualTo(under(Locale.ROOT, () -> Charts.pictures("t", DIGITS, wrong(3))));
        }

        @Test
        void are_refused_when_they_are_too_many_or_no_squares() {
            int[] none = new int[20];
            refused(() -> Charts.pictures("t", Datasets.digits(), none), "digits: expected at most 20 pictures, got 1797");
            refused(() -> Charts.pictures("t", DIGITS.withBias(), none),
                    "digits: expected a square number of pixels in each row, such as features [n x 64] for 8 x 8, got [20, 65]");
            refused(() -> Charts.pictures("t", Datasets.iris().rows(0, 20), none),
                    "pixels from 0 (white) to 1 (black), got 5.1 at [0, 0]");
            refused(() -> Charts.pictures(" ", DIGITS, none), "title: expected some text");
        }

        @Test
        void are_refused_when_the_predictions_do_not_fit() {
            refused(() -> Charts.pictures("t", DIGITS, new int[19]),
                    "predicted: expected 20 classes, one for each picture, got 19");
            int[] ten = DIGITS.classes();
            ten[3] = 10;
            refused(() -> Charts.pictures("t", DIGITS, ten), "predicted: expected numbers from 0 to 9, got 10 at [3]");
        }

        private static int[] wrong(int... rows) {
            int[] predicted = DIGITS.classes();
            Arrays.stream(rows).forEach(i -> predicted[i] = (predicted[i] + 1) % 10);
            return predicted;
        }
    }

    /** The picture of two classes of 100 rows with as many mistakes in each, and the shades of its cells. */
    private static final class Cells {
        private final BufferedImage image;
        private final int blue;
        private final int red;

        Cells(int mistakes) {
            image = Charts.confusion("t", metrics(2, mistakes), names(2));
            blue = most(pixel -> (pixel & 255) > (pixel >> 16 & 255) + 20);
            red = most(pixel -> (pixel >> 16 & 255) > (pixel & 255) + 20);
        }

        private int most(IntPredicate shade) {
            Map<Integer, Long> counts = Arrays.stream(pixels(image)).filter(shade).boxed()
                    .collect(Collectors.groupingBy(pixel -> pixel & 0xFFFFFF, Collectors.counting()));
            return counts.isEmpty() ? 0xFFFFFF : Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
        }

        /** The colour of the number in the upper cell of a shade that is at this part of the width. */
        int number(int shade, double part) {
            Rectangle matrix = box(image, 40, 70, 798, 445, blue);
            int x = (int) (matrix.x + part * matrix.width);
            int y = matrix.y + matrix.height / 4;
            return Arrays.stream(image.getRGB(x - 25, y - 12, 50, 24, null, 0, 50)).map(pixel -> pixel & 0xFFFFFF).boxed()
                    .max(Comparator.comparingDouble(pixel -> ratio(pixel, shade))).orElseThrow();
        }

        double contrast(int shade, double part) {
            return ratio(number(shade, part), shade);
        }

        private double ratio(int a, int b) {
            return (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
        }

        /** The relative luminance of the WCAG, with the plain power of 2.2. */
        double luminance(int colour) {
            return 0.2126 * Math.pow((colour >> 16 & 255) / 255.0, 2.2) + 0.7152 * Math.pow((colour >> 8 & 255) / 255.0, 2.2)
                    + 0.0722 * Math.pow((colour & 255) / 255.0, 2.2);
        }
    }

    /** How many pixels below the legend are reddish. */
    private static long reddish(BufferedImage image) {
        return Arrays.stream(pixels(image)).skip(800 * 64).filter(p -> (p >> 16 & 255) > (p & 255) + 40).count();
    }
}
