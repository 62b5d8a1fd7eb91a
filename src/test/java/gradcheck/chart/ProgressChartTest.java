package gradcheck.chart;

import static gradcheck.chart.Pixels.LEGEND;
import static gradcheck.chart.Pixels.colours;
import static gradcheck.chart.Pixels.isDrawn;
import static gradcheck.chart.Pixels.refused;
import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.model.Progress;
import gradcheck.model.Training;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressChartTest {
    private static final int BLUE = 0x0072B2;
    private static final int VERMILION = 0xD55E00;
    private static final int SKY = 0x56B4E9;
    private static final int ORANGE = 0xE69F00;

    /** The progress of a training of 30 epochs whose loss falls from 2, to 0 and to 0.5. */
    static Progress progress(int points) {
        return new Progress(30, seen(points, 0), seen(points, 0.5), 31 - points);
    }

    private static Training seen(int points, double floor) {
        double[] losses = IntStream.range(0, points).mapToDouble(i -> floor + (2 - floor) * Math.exp(-i / 4.0)).toArray();
        return new Training(losses, IntStream.range(0, points).mapToDouble(i -> 1 - losses[i] / 2.2).toArray());
    }

    @Test
    void is_drawn_from_the_first_point_to_the_last() {
        for (int points : new int[] {1, 2, 13, 31}) {
            BufferedImage image = Charts.training("t", progress(points));
            isDrawn(image);
            assertThat(colours(image, BLUE, 40, LEGEND)).as("loss at " + points).isGreaterThan(20);
            assertThat(colours(image, VERMILION, 40, LEGEND)).as("accuracy at " + points).isGreaterThan(20);
        }
    }

    @Test
    void keeps_its_axes_while_it_grows() {
        int[] first = axes(Charts.training("t", progress(1)));
        assertThat(axes(Charts.training("t", progress(2)))).isEqualTo(first);
        assertThat(axes(Charts.training("t", progress(31)))).isEqualTo(first);
    }

    @Test
    void has_two_lines_where_no_rows_are_held_out() {
        BufferedImage two = Charts.training("t", new Progress(30, seen(13, 0), null, 0));
        BufferedImage four = Charts.training("t", progress(13));
        isDrawn(two);
        for (int held : new int[] {SKY, ORANGE}) {
            assertThat(colours(two, held, 0, 450)).isZero();
            assertThat(colours(four, held, 40, LEGEND)).as("line").isPositive();
            assertThat(colours(four, held, LEGEND, 450)).as("legend").isPositive();
        }
    }

    @Test
    void tells_training_from_held_out_data_even_where_they_coincide() {
        Training same = seen(13, 0);
        BufferedImage both = Charts.training("t", new Progress(30, same, same, 0));
        BufferedImage one = Charts.training("t", new Progress(30, same, null, 0));
        assertThat(colours(both, BLUE, 40, LEGEND)).as("its marks").isPositive().isLessThan(colours(one, BLUE, 40, LEGEND));
        assertThat(colours(both, SKY, 40, LEGEND)).as("the line over it").isGreaterThan(200);
    }

    @Test
    void leaves_out_what_is_not_finite() {
        Training odd = new Training(new double[] {1, Double.POSITIVE_INFINITY, Double.NaN}, new double[] {0.1, Double.NaN, 0.2});
        isDrawn(Charts.training("t", new Progress(2, odd, odd, 0)));
    }

    @Test
    void is_refused_without_progress_or_title() {
        Progress none = null;
        refused(() -> Charts.training("t", none), "progress: expected what was seen so far, got null");
        refused(() -> Charts.training(" ", progress(2)), "title: expected some text");
    }

    /** The words of the three axes. */
    private static int[] axes(BufferedImage image) {
        return Stream.of(image.getRGB(0, 375, 800, 75, null, 0, 800), image.getRGB(0, 40, 55, 335, null, 0, 55),
                image.getRGB(750, 40, 50, 335, null, 0, 50)).flatMapToInt(Arrays::stream).toArray();
    }
}
