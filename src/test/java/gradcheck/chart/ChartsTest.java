package gradcheck.chart;

import static gradcheck.chart.Pixels.BLUE;
import static gradcheck.chart.Pixels.VERMILION;
import static gradcheck.chart.Pixels.colours;
import static gradcheck.chart.Pixels.isDrawn;
import static gradcheck.chart.Pixels.pixels;
import static gradcheck.chart.Pixels.refused;
import static gradcheck.chart.Pixels.under;
import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.FiniteDifference;
import gradcheck.check.StepSweep;
import gradcheck.model.Training;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ChartsTest {
    private static final double[] AWKWARD = {0, 1e-9, Double.NaN, 3e-7, Double.POSITIVE_INFINITY, 0, 1e-300};
    private static final double[] STEPS = {1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3};
    private static final DoubleUnaryOperator SQUARE = w -> w * w;

    /** Every kind of picture, each of ordinary data. */
    private static Map<String, Supplier<BufferedImage>> pictures() {
        double[] errors = {1e-9, 2e-9, 5e-8};
        INDArray gradient = Nd4j.create(new double[] {0.1, -0.25, 3e-2, 1.5}, new long[] {2, 2}, DataType.DOUBLE);
        INDArray weights = Nd4j.create(new double[] {0.5, 1.5});
        Map<String, Supplier<BufferedImage>> all = new LinkedHashMap<>();
        all.put("secant", () -> Charts.secant("t", SQUARE, 2, 1, 0.5));
        all.put("gradients", () -> Charts.gradients("t", gradient, gradient));
        all.put("training", () -> Charts.training("t", new Training(new double[] {1.1, 0.5}, new double[] {0.3, 0.9})));
        all.put("training, progress", () -> Charts.training("t", ProgressChartTest.progress(3)));
        all.put("confusion", () -> Charts.confusion("t", ClassificationChartsTest.metrics(3, 1), List.of("a", "b", "c")));
        all.put("errorsByStart", () -> Charts.errorsByStart("t", Map.of("float64", errors)));
        all.put("walk", () -> Charts.walk("t", Map.of("float32", w -> (float) (1 + 0.3 * w)), 1e-6, 1e-7));
        all.put("counts", () -> Charts.counts("t", "units", new long[] {-2, 0, 0, 3}));
        all.put("measuredAgainstPredicted", () -> Charts.measuredAgainstPredicted("t", errors, errors));
        all.put("errorsByClippedRows", () -> Charts.errorsByClippedRows("t", new int[] {0, 1, 4}, errors));
        all.put("steps", () -> Charts.steps("t", Map.of("central", StepSweep.of(FiniteDifference::central,
                w -> w.mul(w).mul(w).sumNumber().doubleValue(), weights, weights.mul(weights).mul(3), STEPS)), -1, 2));
        all.put("curve", () -> Charts.curve("t", "z", "f(z)", Map.of("square", SQUARE), -1, 1));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> every_picture_is_800_by_450_white_and_not_blank() {
        return pictures().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> isDrawn(e.getValue().get())));
    }

    @TestFactory
    Stream<DynamicTest> a_german_reader_gets_the_same_pixels() {
        return pictures().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () ->
                assertThat(under(Locale.GERMANY, e.getValue())).isEqualTo(under(Locale.ROOT, e.getValue()))));
    }

    @Nested
    class Awkward_values_are_drawn_or_left_out {
        @Test
        void zero_nan_and_infinity_on_log_axes() {
            int[] rows = IntStream.range(0, AWKWARD.length).toArray();
            isDrawn(Charts.errorsByStart("t", Map.of("a", AWKWARD, "b", AWKWARD)));
            isDrawn(Charts.errorsByClippedRows("t", rows, AWKWARD));
            isDrawn(Charts.measuredAgainstPredicted("t", AWKWARD, AWKWARD));
            isDrawn(Charts.steps("t", Map.of("a", sweep(STEPS, AWKWARD)), -1, 2));
        }

        @Test
        void nan_on_linear_axes() {
            INDArray nan = Nd4j.create(new double[] {Double.NaN, 1, 0});
            isDrawn(Charts.gradients("t", nan, nan));
            isDrawn(Charts.training("t", new Training(AWKWARD, AWKWARD)));
            isDrawn(Charts.secant("t", w -> w < 1 ? Double.NaN : w, Double.NaN, 1, 0.5));
            isDrawn(Charts.walk("t", Map.of("a", w -> w < 0 ? Double.NaN : w), 1, 0.5));
            isDrawn(Charts.curve("t", "x", "y", Map.of("a", w -> 1 / w), -1, 1));
        }

        @Test
        void a_single_point_and_only_zeros() {
            isDrawn(Charts.errorsByStart("t", Map.of("a", new double[] {1e-9})));
            isDrawn(Charts.errorsByStart("t", Map.of("a", new double[] {0})));
            isDrawn(Charts.gradients("t", Nd4j.create(new double[] {0.0}), Nd4j.create(new double[] {0.0})));
            isDrawn(Charts.training("t", new Training(new double[] {1}, new double[] {0.5})));
            isDrawn(Charts.counts("t", "units", new long[] {7}));
            isDrawn(Charts.measuredAgainstPredicted("t", new double[] {1e-9}, new double[] {0}));
            isDrawn(Charts.steps("t", Map.of("a", sweep(new double[] {1e-5}, new double[] {1e-9})), -1, 2));
        }

        @Test
        void constants_and_extreme_ranges() {
            isDrawn(Charts.curve("t", "x", "y", Map.of("a", w -> 0.5), -1, 1));
            isDrawn(Charts.curve("t", "x", "y", Map.of("a", w -> 1 + 1e-15 * w), 0, 1e-12));
            isDrawn(Charts.curve("t", "x", "y", Map.of("a", w -> w * 1e300), -1e8, 1e8));
            isDrawn(Charts.curve("t", "x", "y", Map.of("a", w -> Double.MIN_VALUE), 0, 1));
            isDrawn(Charts.walk("t", Map.of("a", w -> 1e-30 * w), 1e-12, 1e-14));
            isDrawn(Charts.counts("t", "units", new long[] {-4_000_000_000L, 5, 6_000_000_000L}));
            isDrawn(Charts.errorsByStart("t", Map.of("a", new double[] {Double.MIN_VALUE, Double.MAX_VALUE})));
        }
    }

    @Nested
    class Gradients {
        @Test
        void are_read_row_by_row_whatever_the_order_in_memory() {
            INDArray rows = Nd4j.create(new double[] {1, 2, 3, 4, 5, 6}, new long[] {2, 3}, DataType.DOUBLE);
            INDArray wide = Nd4j.concat(1, rows, rows.mul(9));
            INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3));
            assertThat(pixels(Charts.gradients("t", view, rows.dup('f')))).isEqualTo(pixels(Charts.gradients("t", rows, rows)));
        }

        @Test
        void both_show_where_they_coincide() {
            INDArray same = Nd4j.create(new double[] {0.1, 0.2});
            BufferedImage image = Charts.gradients("t", same, same);
            assertThat(colours(image, BLUE, 80, 400)).isGreaterThan(20);
            assertThat(colours(image, VERMILION, 80, 400)).isGreaterThan(5);
        }
    }

    @Nested
    class Wrong_arguments_are_named {
        @Test
        void empty_data() {
            refused(() -> Charts.errorsByStart("t", Map.of()), "errors: expected 1 to 4 series, got 0");
            refused(() -> Charts.errorsByStart("t", Map.of("float32", new double[0])), "float32: expected at least one value");
            refused(() -> Charts.counts("t", "units", new long[0]), "values: expected at least one");
            refused(() -> Charts.errorsByClippedRows("t", new int[0], new double[0]), "clippedRows: expected at least one value");
            refused(() -> Charts.training("t", new Training(new double[0], new double[0])), "losses: expected at least one value");
            refused(() -> Charts.gradients("t", Nd4j.empty(), Nd4j.empty()), "analytic: expected at least one entry");
        }

        @Test
        void lengths_and_shapes_that_differ() {
            refused(() -> Charts.measuredAgainstPredicted("t", new double[2], new double[3]), "measured: expected 2 values");
            refused(() -> Charts.gradients("t", Nd4j.ones(2, 3), Nd4j.ones(3, 2)), "numeric: expected shape [2, 3]");
        }

        @Test
        void negative_errors_and_too_many_series() {
            refused(() -> Charts.errorsByStart("t", Map.of("a", new double[] {-1e-9})), "relative error: expected no negative value");
            DoubleUnaryOperator f = SQUARE;
            refused(() -> Charts.curve("t", "x", "y", Map.of("a", f, "b", f, "c", f, "d", f, "e", f), 0, 1), "functions: expected 1 to 4");
        }

        @Test
        void steps_and_ranges_that_are_none() {
            refused(() -> Charts.secant("t", SQUARE, 2, 1, 0), "step: expected a number above 0");
            refused(() -> Charts.walk("t", Map.of("a", SQUARE), 1e-6, 1e-5), "step: expected a number above 0 and at most reach");
            refused(() -> Charts.walk("t", Map.of("a", SQUARE), Double.NaN, 1e-5), "reach: expected a number above 0");
            refused(() -> Charts.curve("t", "x", "y", Map.of("a", SQUARE), 1, 1), "to: expected a number above from");
        }
    }

    /** A sweep with these steps, ascending, and these errors, NaN for those that are not finite. */
    private static StepSweep sweep(double[] steps, double[] errors) {
        StepSweep.Formula formula = (loss, at, step) -> {
            double error = errors[Arrays.binarySearch(steps, step)];
            return Nd4j.createFromArray((1 - error) / (1 + error));
        };
        return StepSweep.of(formula, w -> 0, Nd4j.createFromArray(1.0), Nd4j.createFromArray(1.0), steps);
    }
}
