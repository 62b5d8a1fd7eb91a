package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.Finding.Kind;
import gradcheck.model.Parameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What is wrong, and where: laws of lines, of several lines, of parts of a tensor of any rank, and of single entries. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CauseTest {
    private static void finds(GradientReport report, Kind kind, String... words) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).as(report.toString()).anySatisfy(f -> {
            assertThat(f.kind()).isEqualTo(kind);
            assertThat(f.message()).contains(words);
        });
    }

    /** The sum of sin(i + 1) tanh(w_i), of which some entries of the gradient are multiplied by a factor. */
    private static GradientReport waves(long[] shape, long seed, IntPredicate wrong, double factor) {
        double[] at = new Random(seed).doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -1, 1).toArray();
        return GradientCheck.of((INDArray w) -> {
            double[] x = w.dup('c').data().asDouble();
            return IntStream.range(0, x.length).mapToDouble(i -> Math.sin(i + 1) * Math.tanh(x[i])).sum();
        }, Nd4j.create(at, shape, 'c')).check(w -> {
            double[] x = w.dup('c').data().asDouble();
            return Nd4j.create(IntStream.range(0, x.length).mapToDouble(i -> Math.sin(i + 1) * (1 - Math.pow(Math.tanh(x[i]), 2))
                    * (wrong.test(i) ? factor : 1)).toArray(), shape, 'c');
        });
    }

    private static GradientReport function(ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double... at) {
        return GradientCheck.of(loss, at).check(gradient);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void several_rows_columns_and_slices_are_named(long seed) {
        finds(waves(new long[] {8, 3}, seed, i -> i / 3 == 2 || i / 3 == 5, .5), Kind.ROW, "rows 2 and 5", "multiplied by 2");
        finds(waves(new long[] {3, 8}, seed, i -> i % 8 == 1 || i % 8 == 6, -1), Kind.COLUMN, "columns 1 and 6", "wrong sign");
        finds(waves(new long[] {4, 2, 3}, seed, i -> i / 3 % 2 == 1, 2), Kind.PART, "slice [:, 1, :]", "1/2");
        finds(waves(new long[] {2, 3, 2, 3}, seed, i -> i % 3 == 2, 3), Kind.PART, "slice [:, :, :, 2]", "1/3");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void triangles_diagonals_and_every_kth_entry_are_named(long seed) {
        finds(waves(new long[] {5, 5}, seed, i -> i / 5 > i % 5, 2), Kind.PART, "the lower triangle");
        finds(waves(new long[] {6, 6}, seed, i -> i / 6 == i % 6, .5), Kind.PART, "the diagonal");
        finds(waves(new long[] {9}, seed, i -> i % 2 == 1, .5), Kind.PART, "every 2nd entry from 1 on");
    }

    @Test
    void the_chain_rule_of_exp_or_of_a_square_is_missed_where_it_was_forgotten() {
        double[] at = {.3, .4, -1.2, .7};
        finds(function(w -> DoubleStream.of(w).map(v -> Math.sin(Math.exp(v))).sum(), w -> DoubleStream.of(w).map(v -> Math.cos(Math.exp(
                v))).toArray(), at), Kind.CHAIN_RULE, "e^w");
        finds(function(w -> DoubleStream.of(w).map(v -> Math.cos(v * v)).sum(), w -> DoubleStream.of(w).map(v -> -Math.sin(v * v))
                .toArray(), at), Kind.CHAIN_RULE, "2 w");
    }

    @Test
    void a_normalisation_and_a_mean_that_was_taken_off_are_told() {
        double[] c = {3, 1, 2};
        finds(function(w -> -IntStream.range(0, 3).mapToDouble(i -> c[i] * w[i] * w[i]).sum() / DoubleStream.of(w).map(v -> v * v).sum(),
                w -> IntStream.range(0, 3).mapToDouble(i -> -2 * c[i] * w[i]).toArray(), .6, .64, .48), Kind.NORMALISATION,
                        "along the weights");
        finds(function(w -> IntStream.range(0, 3).mapToDouble(i -> c[i] * Math.exp(w[i])).sum(), w -> {
            double[] g = IntStream.range(0, 3).mapToDouble(i -> c[i] * Math.exp(w[i])).toArray();
            double mean = DoubleStream.of(g).average().orElseThrow();
            return DoubleStream.of(g).map(v -> v - mean).toArray();
        }, .3, .5, -.7), Kind.NORMALISATION, "the mean of the numbers");
    }

    @ParameterizedTest
    @ValueSource(doubles = {.2, .01, 1.5})
    void a_penalty_of_absolute_values_is_told_with_its_size(double lambda) {
        double[] c = {1, .4, -.7, .2, -1.5};
        finds(function(w -> IntStream.range(0, 5).mapToDouble(i -> (w[i] - c[i]) * (w[i] - c[i]) / 2 + lambda * Math.abs(w[i])).sum(),
                w -> IntStream.range(0, 5).mapToDouble(i -> w[i] - c[i]).toArray(), .5, -1, 2, -.3, .8), Kind.REGULARISATION_MISSING,
                        "sign(w)");
    }

    @Test
    void one_large_entry_decides_nothing_for_the_others() {
        finds(function(w -> w[0] * w[0] + 300 * w[1] * w[1], w -> new double[] {2 * w[0], 660 * w[1]}, 1, 1), Kind.ENTRY, "[1]");
        finds(function(w -> 50 * w[0] * w[0] + w[1] * w[1] / 2, w -> new double[] {200 * w[0], w[1]}, 1, 1), Kind.ENTRY, "[0]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, 1, 1.9})
    void a_small_entry_beside_a_large_one_is_not_taken_for_rounding(double c) {
        for (long seed = 0; seed < 20; seed++) {
            GradientCheck.of(w -> 1e9 * w[0] + w[1] * w[1], new double[] {.5, 2}).seed(seed).check(w -> new double[] {1e9, 2 * w[1]})
                    .orThrow();
            wrong(seed, w -> 1e9 * w[0] + w[1] * w[1], w -> new double[] {1e9, c * w[1]}, .5, 2);
            wrong(seed, w -> 1e6 * w[0] * w[0] + w[1] * w[1], w -> new double[] {2e6 * w[0], c * w[1]}, .5, 2);
            wrong(seed, w -> 1e8 * (Math.sin(w[0]) + w[1]) + w[2] * w[2] + w[3] * w[3],
                    w -> new double[] {1e8 * Math.cos(w[0]), 1e8, c * w[2], c * w[3]}, .5, 2, .7, -1.3);
        }
    }

    private static void wrong(long seed, ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double... at) {
        GradientReport report = GradientCheck.of(loss, at).seed(seed).check(gradient);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void a_factor_next_to_one_is_printed_in_the_digits_that_show_it() {
        finds(function(w -> 9.80665 * (w[0] * w[0] + w[1]), w -> new double[] {2 * 9.807 * w[0], 9.807}, .5, .2), Kind.FACTOR, "0.99996");
    }

    @Test
    void two_numbers_that_differ_late_are_printed_with_the_digits_that_differ() {
        GradientReport report = function(w -> DoubleStream.of(w).map(v -> v * v / 2).sum(), w -> {
            double[] g = w.clone();
            g[2] *= 1 + 1e-5;
            return g;
        }, .5, -1, 2, -.3, .8);
        finds(report, Kind.ENTRY, "[2]", "2.00002");
    }

    @Test
    void sparse_gradients_are_judged_by_the_entries_that_count() {
        double[] at = new Random(1).doubles(200, -1, 1).toArray();
        int[] used = {12, 13, 14, 15, 120, 121, 122, 123};
        for (double factor : new double[] {2, -1, 0}) {
            GradientReport report = GradientCheck.of((INDArray w) -> IntStream.of(used).mapToDouble(i -> Math.sin(w.getDouble(i / 4,
                    i % 4)))
                    .sum(), Nd4j.create(at, new long[] {50, 4}, 'c')).check(w -> {
                double[] g = new double[200];
                IntStream.of(used).forEach(i -> g[i] = factor * Math.cos(w.getDouble(i / 4, i % 4)));
                return Nd4j.create(g, new long[] {50, 4}, 'c');
            });
            assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(report.findings().get(0).kind()).as(report.toString()).isIn(factor == 2 ? Kind.FACTOR : factor == -1 ? Kind.SIGN
                    : Kind.MISSING, Kind.ROW);
        }
    }

    private static Parameters tensors(INDArray w, INDArray v) {
        Map<String, INDArray> map = new LinkedHashMap<>();
        map.put("W", w);
        map.put("V", v);
        return new Parameters(map);
    }

    @Test
    void a_wrong_first_matrix_beside_a_right_second_one_is_its_way_back() {
        INDArray x = Nd4j.create(new double[][] {{0.5, -1}, {1.5, 0.3}, {-0.7, 0.9}});
        INDArray y = Nd4j.create(new double[][] {{0.4}, {-0.6}, {1.1}});
        Parameters at = tensors(Nd4j.create(new double[][] {{0.8, -0.3, 0.5}, {0.2, 1.1, -0.9}}), Nd4j.create(new double[][] {{0.7}, {-1.2},
                {0.4}}));
        finds(GradientCheck.of((Parameters p) -> Transforms.pow(Transforms.tanh(x.mmul(p.get("W")), true).mmul(p.get("V")).sub(y), 2, true)
                .sumNumber().doubleValue() / 2, at).check(p -> {
            INDArray h = Transforms.tanh(x.mmul(p.get("W")), true);
            INDArray e = h.mmul(p.get("V")).sub(y);
            return tensors(x.transpose().mmul(e.mmul(p.get("V").transpose())), h.transpose().mmul(e));
        }), Kind.BACKWARD_PASS, "W");
    }

    @Test
    void a_row_is_named_in_a_tensor_that_is_too_large_for_every_parameter() {
        int rows = 2000;
        int columns = 20;
        double[] at = new Random(1).doubles(rows * columns, -1, 1).toArray();
        finds(GradientCheck.of((INDArray w) -> DoubleStream.of(w.dup('c').data().asDouble()).map(Math::tanh).sum(), Nd4j.create(at,
                new long[] {
            rows, columns}, 'c')).check(w -> {
                double[] g = w.dup('c').data().asDouble();
                Arrays.setAll(g, i -> i / columns == 7 ? 0 : 1 - Math.pow(Math.tanh(g[i]), 2));
                return Nd4j.create(g, w.shape(), 'c');
            }), Kind.ROW, "row 7");
    }

    @Test
    void a_factor_of_all_is_told_where_some_entries_are_lost_in_the_noise() {
        double[] sizes = {3, 1, 1e-13, 2e-13, 2, 1e-13, 3e-13, 1e-13};
        finds(function(w -> 1 + IntStream.range(0, 8).mapToDouble(i -> sizes[i] * Math.sin(w[i])).sum(), w -> IntStream.range(0, 8)
                .mapToDouble(i -> 2 * sizes[i] * Math.cos(w[i])).toArray(), .5, -1, .7, 1.2, .3, -.4, .9, 1.1), Kind.FACTOR, "1/2");
    }

    @Test
    void no_gradient_is_told_what_fits_the_largest_weight_alone() {
        GradientReport report = function(w -> w[0] * w[0] / 2 + w[1] + 2 * w[2], w -> new double[] {2 * w[0], 1, 2}, -10, 0, 0);
        assertThat(report.findings()).as(report.toString()).noneMatch(f -> f.kind() == Kind.REGULARISATION_EXTRA);
        finds(report, Kind.ENTRY, "[0]");
    }
}
