package gradcheck.chart;

import static gradcheck.chart.ChartsTest.isDrawn;
import static gradcheck.chart.ChartsTest.pixels;
import static gradcheck.chart.ChartsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.data.Dataset;
import gradcheck.model.Metrics;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassificationChartsTest {
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
                assertThat(pixels(wrong)).contains(Confusion.shade(false, 0.01).getRGB(), Confusion.shade(true, 0.99).getRGB());
            }
        }

        @Test
        void has_darker_cells_for_larger_shares_and_none_for_zero() {
            for (boolean right : new boolean[] {true, false}) {
                assertThat(Confusion.shade(right, 0)).isEqualTo(Color.WHITE);
                double before = 0.9;
                for (double share : new double[] {0.001, 0.1, 0.5, 1}) {
                    double luminance = Confusion.luminance(Confusion.shade(right, share));
                    assertThat(luminance).isLessThan(before);
                    before = luminance;
                }
            }
        }

        @Test
        void has_numbers_that_are_legible_on_every_shade() {
            for (int i = 0; i < 2000; i++) {
                Color shade = Confusion.shade(i % 2 == 0, i / 2 / 999.0);
                double a = Confusion.luminance(shade);
                double b = Confusion.luminance(Confusion.legible(shade));
                assertThat((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).as("contrast on " + shade).isGreaterThan(3.4);
            }
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

    /** How many pixels below the legend are reddish. */
    private static long reddish(BufferedImage image) {
        return Arrays.stream(pixels(image)).skip(800 * 64).filter(p -> (p >> 16 & 255) > (p & 255) + 40).count();
    }
}
