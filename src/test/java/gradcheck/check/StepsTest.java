package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradcheck.check.Slopes.Assessment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The steps of the check, each on its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepsTest {
    private static List<Block> vector(int n) {
        return List.of(new Block("w", new long[] {n}, 0, n));
    }

    private static Point point(ToDoubleFunction<double[]> loss, double... weights) {
        return new Point(CountedLoss.of(loss), loss.applyAsDouble(weights), weights, vector(weights.length), new Random(0));
    }

    @Nested
    class The_scale {
        @Test
        void is_the_size_of_the_weight_but_a_tenth_of_its_row_or_column_at_least() {
            double[] w = {100, 200, 0.01, 0};
            List<Block> matrix = List.of(new Block("W", new long[] {2, 2}, 0, 4));
            double[] scale = Scale.of(w, matrix);
            assertThat(scale[0]).isEqualTo(100);
            assertThat(scale[2]).isEqualTo(0.01);
            assertThat(scale[3]).isCloseTo(0.1 * 0.01 / Math.sqrt(2), within(1e-12)).isLessThan(0.01);
        }

        @Test
        void is_never_zero() {
            assertThat(Scale.of(new double[3], vector(3))).containsExactly(1, 1, 1);
            List<Block> two = List.of(new Block("W", new long[] {2}, 0, 2), new Block("b", new long[] {2}, 2, 4));
            assertThat(Scale.of(new double[] {2, 2, 0, 0}, two)).containsExactly(new double[] {2, 2, 0.1 * Math.sqrt(2),
                    0.1 * Math.sqrt(2)}, within(1e-12));
        }

        @Test
        void of_a_small_row_is_not_blown_up_by_a_large_one() {
            double[] w = {400, -500, 5e-5, -4e-5};
            assertThat(Scale.of(w, List.of(new Block("W", new long[] {2, 2}, 0, 4)))[2]).isLessThan(1e-3);
        }
    }

    @Nested
    class The_noise {
        @Test
        void of_a_table_is_its_deviation_whatever_the_trend() {
            Random random = new Random(3);
            double mean = 0;
            for (int i = 0; i < 200; i++) {
                double[] values = new double[7];
                Arrays.setAll(values, k -> 5 + 0.3 * k - 0.02 * k * k + 1e-6 * random.nextGaussian());
                mean += Noise.ofTable(values) / 200;
            }
            assertThat(mean).isBetween(0.5e-6, 1.5e-6);
        }

        @Test
        void is_told_in_bits() {
            ToDoubleFunction<double[]> loss = w -> Math.exp(w[0]) + Math.sin(w[1]);
            assertThat(point(loss, 0.3, 0.7).noise().bits()).isBetween(50.0, 56.0);
            Noise single = point(w -> (float) loss.applyAsDouble(w), 0.3, 0.7).noise();
            assertThat(single.bits()).isBetween(22.0, 27.0);
            assertThat(single.float32()).isTrue();
            assertThat(point(w -> Math.rint(loss.applyAsDouble(w) * 1e6) / 1e6, 0.3, 0.7).noise().level()).isBetween(1e-7,
                    1e-6);
        }

        @Test
        void is_not_a_kink_at_the_weights() {
            assertThat(point(w -> 1 + Math.abs(w[0]), 0).noise().level()).isLessThan(1e-15);
        }
    }

    @Nested
    class Screening {
        @Test
        void bounds_the_error_of_a_smooth_slope_with_few_evaluations() {
            for (double at : new double[] {-2, 0.1, 3}) {
                CountedLoss loss = CountedLoss.of(w -> Math.exp(w[0]));
                Point point = new Point(loss, Math.exp(at), new double[] {at}, vector(1), new Random(0));
                int before = loss.calls();
                Slope slope = Slopes.screen(point, Direction.entry(0), point.relativeStep() * point.scale()[0], Math.exp(at),
                        Math.exp(at));
                assertThat(Math.abs(slope.value() - Math.exp(at))).isLessThanOrEqualTo(slope.bound()).isLessThan(1e-8 * Math.exp(at));
                assertThat(loss.calls() - before).isLessThanOrEqualTo(6);
            }
        }

        @Test
        void shortens_the_step_where_the_loss_is_not_finite() {
            Point point = point(w -> Math.log(w[0]), 0.5);
            Slope slope = Slopes.screen(point, Direction.entry(0), 0.5, 2, 2);
            assertThat(slope.value()).isCloseTo(2, within(1e-6));
        }
    }

    @Nested
    class Confirming {
        private final Point kinked = point(w -> Math.max(w[0], 0) + 1, 0);

        @Test
        void excludes_a_wrong_slope() {
            Assessment found = Slopes.assess(point(w -> w[0] * w[0], 3), Direction.entry(0), 1e-3, 6.01, 6, false);
            assertThat(found.wrong()).isTrue();
            assertThat(found.slope().value()).isCloseTo(6, within(found.bound() + 1e-6));
        }

        @Test
        void excludes_nothing_between_the_one_sided_slopes_of_a_kink() {
            for (double claimed : new double[] {0, 0.3, 1}) {
                assertThat(Slopes.assess(kinked, Direction.entry(0), 1e-4, claimed, 1, false).wrong()).isFalse();
            }
            assertThat(Slopes.assess(kinked, Direction.entry(0), 1e-4, 9, 1, false).wrong()).isTrue();
        }

        @Test
        void sees_no_kink_that_is_farther_away_than_the_weight_is_large() {
            Point beside = point(w -> Math.max(w[0], 0) + 1, 1e-9);
            assertThat(Slopes.assess(beside, Direction.entry(0), 1e-4, 0.3, 1, false).wrong()).isTrue();
            assertThat(Slopes.assess(beside, Direction.entry(0), 1e-4, 1, 1, false).suspect()).isFalse();
        }

        @Test
        void takes_no_step_beyond_the_natural_scale() {
            double[] farthest = {0};
            Point point = point(w -> {
                farthest[0] = Math.max(farthest[0], Math.abs(w[0] - 2));
                return w[0] * w[0];
            }, 2);
            Slopes.assess(point, Direction.entry(0), 1, 5, 4, false);
            assertThat(farthest[0]).isLessThanOrEqualTo(2);
        }
    }

    @Nested
    class The_second_point {
        @Test
        void is_where_the_loss_is_nearly_that_of_zero_weights() {
            ToDoubleFunction<double[]> loss = w -> 1 + Math.min(w[0] * w[0], 9);
            double[] near = SecondOpinion.near(CountedLoss.of(loss), new double[] {8}, vector(1), new Random(0));
            assertThat(loss.applyAsDouble(near)).isBetween(1.0, 1.1);
            assertThat(near[0]).isNotZero();
        }
    }

    @Nested
    class A_fit {
        private final double[] g = {1, -2, 3, 0.5, 4};
        private final double[] w = {2, 1, -1, 3, 0.5};
        private final double[] bound = {1e-6, 1e-6, 1e-6, 1e-6, 1e-6};

        @Test
        void finds_a_factor_and_a_decay() {
            double[] value = new double[5];
            Arrays.setAll(value, i -> 0.25 * g[i] + 0.1 * w[i]);
            Fit fit = Fit.of(value, new double[5], bound, g, w);
            assertThat(fit.isSure()).isTrue();
            assertThat(fit.coefficient(0)).isCloseTo(0.25, within(1e-9));
            assertThat(fit.coefficient(1)).isCloseTo(0.1, within(1e-9));
            assertThat(Fit.explains(value, fit.values(), bound, g)).isTrue();
            assertThat(Fit.explains(value, g, bound, g)).isFalse();
        }

        @Test
        void does_not_count_what_was_not_measured() {
            double[] value = {0.5, -1, 1.5, 77, -77};
            double[] some = {1e-6, 1e-6, 1e-6, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            Fit fit = Fit.of(value, new double[5], some, g);
            assertThat(fit.coefficient(0)).isCloseTo(0.5, within(1e-9));
            assertThat(Fit.explains(value, fit.values(), some, g)).isTrue();
        }

        @Test
        void is_not_sure_of_a_coefficient_within_the_noise() {
            double[] value = g.clone();
            value[0] += 1e-7;
            assertThat(Fit.of(value, g, bound, w).isSure()).isFalse();
        }
    }

    @Nested
    class The_error_of_a_step {
        @Test
        void falls_with_the_noise_and_grows_with_the_square_of_the_step() {
            StepError error = new StepError(1e-16, 1, 1);
            assertThat(error.at(1e-8)).isCloseTo(1e-8, within(1e-10));
            assertThat(error.at(0.1)).isCloseTo(0.01, within(1e-10));
            assertThat(error.at(1e-17)).isEqualTo(1);
            assertThat(error.bestStep()).isBetween(1e-6, 1e-5);
        }
    }
}
