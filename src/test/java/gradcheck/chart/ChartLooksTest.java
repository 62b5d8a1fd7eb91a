package gradcheck.chart;

import static gradcheck.chart.Pixels.BLUE;
import static gradcheck.chart.Pixels.LEGEND;
import static gradcheck.chart.Pixels.VERMILION;
import static gradcheck.chart.Pixels.blueIn;
import static gradcheck.chart.Pixels.box;
import static gradcheck.chart.Pixels.colours;
import static gradcheck.chart.Pixels.in;
import static gradcheck.chart.Pixels.isDrawn;
import static gradcheck.chart.Pixels.isWhiteAtTheEdges;
import static gradcheck.chart.Pixels.pixel;
import static gradcheck.chart.Pixels.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChartLooksTest {
    private static final DoubleUnaryOperator SQUARE = w -> w * w;
    /** A title of three lines. */
    private static final String LONG = "a finding that needs words ".repeat(7);

    @Nested
    class Zeros_on_a_log_axis {
        @Test
        void become_rings_at_the_edge_and_the_legend_says_so() {
            BufferedImage with = Charts.errorsByStart("t", Map.of("a", new double[] {1e-9, 0, 1e-8}));
            BufferedImage without = Charts.errorsByStart("t", Map.of("a", new double[] {1e-9, 1e-9, 1e-8}));
            assertThat(colours(with, Sheet.GREY.getRGB(), LEGEND, 450))
                    .isGreaterThan(colours(without, Sheet.GREY.getRGB(), LEGEND, 450) + 10);
            Rectangle ring = blueIn(with, 300, 40, 500, LEGEND);
            assertThat(ring.width).isBetween(14, 17);
            assertThat(ring.height).isBetween(14, 17);
            assertThat(pixel(with, ring.getCenterX(), ring.getCenterY())).as("hollow").isNotEqualTo(BLUE);
            assertThat(ring.getCenterY()).as("below the smallest error")
                    .isGreaterThan(blueIn(with, 60, 40, 200, LEGEND).getMaxY());
        }

        @Test
        void have_the_lowest_tick_whatever_the_range() {
            for (double largest : new double[] {1e-9, 1, 1e300}) {
                for (double smallest : new double[] {0, 1e-9, 3e-17, Double.MIN_VALUE}) {
                    Axis axis = new Axis(Axis.Kind.LOG, "error").include(0, smallest, largest);
                    axis.settle(300, 9);
                    assertThat(axis.tick(axis.at(0))).isEqualTo("0");
                    assertThat(axis.at(0)).as("at a tick, a whole number").isEqualTo(Math.rint(axis.low)).isEqualTo(axis.low);
                    assertThat(axis.tick(axis.low + 1)).as("the next tick").startsWith("10");
                }
            }
        }
    }

    @Nested
    class What_is_not_finite {
        @Test
        void is_said_where_there_is_nothing_else() {
            BufferedImage none = Charts.errorsByStart("t", Map.of("a", new double[] {Double.NaN}));
            BufferedImage one = Charts.errorsByStart("t", Map.of("a", new double[] {1e-9}));
            assertThat(in(none, 300, 150, 500, 250, Sheet.GREY.getRGB())).isPositive();
            assertThat(in(one, 300, 150, 500, 250, Sheet.GREY.getRGB())).isZero();
        }

        @Test
        void ends_a_line() {
            BufferedImage half = Charts.curve("t", "x", "y", Map.of("a", x -> x < 0.5 ? 1 : Double.NaN), 0, 1);
            Rectangle line = blueIn(half, 60, 40, 800, LEGEND);
            assertThat(line.getMaxX()).isBetween(400.0, 440.0);
        }
    }

    @Nested
    class Lines {
        private final BufferedImage level = Charts.curve("t", "x", "y", Map.of("a", x -> 0.5), 0, 1);

        @Test
        void are_solid() {
            Rectangle line = blueIn(level, 60, 40, 800, LEGEND);
            assertThat(line.width).isGreaterThan(600);
            assertThat(IntStream.range(line.y, line.y + line.height)
                    .mapToLong(y -> in(level, line.x + 4, y, line.x + 604, y + 1, BLUE)).max()).hasValue(600);
        }

        @Test
        void have_marks_here_and_there_and_are_not_smeared_by_them() {
            Rectangle line = blueIn(level, 60, 40, 800, LEGEND);
            assertThat(line.height).as("of a mark").isBetween(6, 9);
            long thick = IntStream.range(line.x, line.x + line.width)
                    .filter(x -> in(level, x, line.y, x + 1, line.y + line.height, BLUE) > 4).count();
            assertThat(thick).isBetween(20L, 100L);
        }

        @Test
        void that_coincide_are_all_seen_by_their_marks() {
            Map<String, DoubleUnaryOperator> same = new LinkedHashMap<>();
            List.of("a", "b", "c", "d").forEach(name -> same.put(name, SQUARE));
            BufferedImage image = Charts.curve("t", "x", "y", same, -1, 1);
            for (int colour : new int[] {BLUE, VERMILION, 0x009E73, 0xCC79A7}) {
                assertThat(in(image, 60, 40, 800, LEGEND, colour)).as(Integer.toHexString(colour)).isGreaterThan(100);
            }
        }

        @Test
        void are_dashed_where_they_have_two_points() {
            BufferedImage image = Charts.secant("t", x -> x * x, 0, 0, 1);
            Rectangle tangent = box(image, 60, 40, 800, LEGEND, VERMILION);
            assertThat(tangent.width).isGreaterThan(400);
            assertThat(in(image, tangent.x, tangent.y, tangent.x + tangent.width, tangent.y + 1, VERMILION))
                    .isBetween(tangent.width / 2L, 8L * tangent.width / 10);
        }
    }

    @Nested
    class Marks_at_the_edge_of_the_plot {
        @Test
        void are_whole_below_a_title_and_above_a_legend_of_any_height() {
            for (String title : List.of("t", LONG)) {
                for (String name : List.of("a", "a name as long as names may be")) {
                    Map<String, double[]> errors = new LinkedHashMap<>();
                    errors.put(name, new double[] {0, 1e-9, 1e-3, 0});
                    List.of("b", "c", "d").forEach(other -> errors.put(name + other, new double[] {1e-6}));
                    BufferedImage image = Charts.errorsByStart(title, errors);
                    int bottom = name.equals("a") ? LEGEND : 330;
                    isRing(blueIn(image, 50, 40, 120, bottom));
                    isRing(blueIn(image, 740, 40, 797, bottom));
                }
            }
        }

        private static void isRing(Rectangle box) {
            assertThat(box.width).isBetween(14, 17);
            assertThat(box.height).isBetween(14, 17);
        }
    }

    @Nested
    class Legends {
        @Test
        void show_every_series_below_a_title_of_any_height() {
            Map<String, double[]> errors = Map.of("a", new double[] {1e-9}, "b", new double[] {1e-8});
            BufferedImage image = Charts.errorsByStart(LONG, errors);
            assertThat(colours(image, BLUE, LEGEND, 450)).isPositive();
            assertThat(colours(image, VERMILION, LEGEND, 450)).isPositive();
        }

        @Test
        void become_a_column_where_they_do_not_fit_into_a_row() {
            Map<String, double[]> errors = new LinkedHashMap<>();
            List.of("a", "b", "c", "d").forEach(name ->
                    errors.put(name.repeat(3) + " is a name of quite some words", new double[] {1e-9, 0}));
            BufferedImage image = Charts.errorsByStart("t", errors);
            isWhiteAtTheEdges(image);
            List<Integer> rows = IntStream.of(BLUE, VERMILION, 0x009E73, 0xCC79A7)
                    .mapToObj(colour -> box(image, 200, 340, 350, 450, colour)).map(mark -> mark.y).toList();
            assertThat(rows).isSorted().doesNotHaveDuplicates();
            assertThat(in(image, 200, rows.get(3) + 10, 350, 447, Sheet.GREY.getRGB())).as("the zeros").isPositive();
        }

        @Test
        void refuse_names_that_XChart_would_cut() {
            refused(() -> Charts.errorsByStart("t", Map.of("wide ".repeat(12), new double[] {1})),
                    "name of a series: expected at most 350 pixels");
        }
    }

    @Nested
    class Titles {
        @Test
        void are_folded_when_they_are_wider_than_the_picture() {
            BufferedImage image = Charts.counts(LONG, "units", new long[] {1});
            isDrawn(image);
            assertThat(image.getRGB(785, 0, 15, 90, null, 0, 15)).as("right margin").containsOnly(-1);
            for (int line = 0; line < 3; line++) {
                assertThat(in(image, 14, 14 + 24 * line, 30, 38 + 24 * line, Sheet.INK.getRGB())).as("line").isPositive();
            }
        }

        @Test
        void are_refused_when_blank_or_longer_than_three_lines() {
            refused(() -> Charts.counts(" ", "units", new long[] {1}), "title: expected some text");
            refused(() -> Charts.curve("t", "x", "wide ".repeat(15), Map.of("a", SQUARE), 0, 1), "y axis title: expected at most");
            refused(() -> Charts.counts("far too long ".repeat(40), "units", new long[] {1}), "title: expected text that fits");
        }
    }
}
