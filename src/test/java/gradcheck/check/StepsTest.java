package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradcheck.check.Inside.Derivative;
import gradcheck.check.Inside.Fitted;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The steps of the check, each on its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepsTest {
    private static List<Part> vector(int n) {
        return List.of(new Part("w", new long[] {n}, 0, n));
    }

    @Nested
    class The_scale {
        @Test
        void starts_from_the_size_of_the_weight_and_ends_at_a_tenth_of_its_row_or_column_at_least() {
            double[] w = {100, 200, 0.01, 0};
            List<Part> matrix = List.of(new Part("W", new long[] {2, 2}, 0, 4));
            assertThat(Inside.scale(w, matrix)).containsExactly(100, 200, 0.01, 0.01);
            assertThat(Inside.longest(w, matrix)).containsExactly(new double[] {100, 200, 0.01, 0.01}, within(1e-12));
            assertThat(Inside.longest(new double[] {3, 4, 1e-9, 5}, matrix)[2]).isCloseTo(0.1 * Math.sqrt(4.5), within(1e-12));
        }

        @Test
        void of_a_zero_is_that_of_the_smallest_other_weight_of_its_tensor_and_1_where_there_is_none() {
            assertThat(Inside.scale(new double[3], vector(3))).containsExactly(1, 1, 1);
            assertThat(Inside.scale(new double[] {5, 0, 1e-6}, vector(3))).containsExactly(5, 1e-6, 1e-6);
            List<Part> two = List.of(new Part("W", new long[] {2}, 0, 2), new Part("b", new long[] {2}, 2, 4));
            assertThat(Inside.scale(new double[] {2, 2, 0, 0}, two)).containsExactly(2, 2, 1, 1);
        }

        @Test
        void of_a_small_row_is_not_blown_up_by_a_large_one() {
            double[] w = {400, -500, 5e-5, -4e-5};
            assertThat(Inside.scale(w, List.of(new Part("W", new long[] {2, 2}, 0, 4)))[2]).isLessThan(1e-3);
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
                mean += Inside.noiseOfTable(values) / 200;
            }
            assertThat(mean).isBetween(0.5e-6, 1.5e-6);
        }

        @Test
        void is_told_in_bits() {
            ToDoubleFunction<double[]> loss = w -> Math.exp(w[0]) + Math.sin(w[1]);
            assertThat(Inside.at(loss, 0.3, 0.7).noise().bits()).isBetween(50.0, 56.0);
            Noise single = Inside.at(w -> (float) loss.applyAsDouble(w), 0.3, 0.7).noise();
            assertThat(single.bits()).isBetween(22.0, 27.0);
            assertThat(single.digits()).isEqualTo(24);
            assertThat(Inside.at(w -> Math.rint(loss.applyAsDouble(w) * 1e6) / 1e6, 0.3, 0.7).noise().level()).isBetween(1e-7,
                    1e-6);
        }

        @Test
        void of_a_fast_loss_is_that_of_the_same_loss_that_is_not_fast() {
            ToDoubleFunction<double[]> rounded = w -> Math.rint(1e5 * Math.exp(w[0])) / 1e5;
            assertThat(Inside.atFast(center -> rounded::applyAsDouble, 1).noise()).isEqualTo(Inside.at(rounded, 1).noise());
            assertThat(Inside.at(rounded, 1).noise().level()).isBetween(1e-6, 1e-5);
        }

        @Test
        void is_not_a_kink_at_the_weights() {
            assertThat(Inside.at(w -> 1 + Math.abs(w[0]), 0).noise().level()).isLessThan(1e-15);
        }
    }

    @Nested
    class The_workers {
        @Test
        void take_a_piece_each_and_do_what_is_inside_a_piece_themselves() {
            Workers workers = new Workers(true);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            CountDownLatch both = new CountDownLatch(2);
            workers.run(2, i -> {
                threads.add(Thread.currentThread());
                both.countDown();
                await(both);
                Thread own = Thread.currentThread();
                workers.run(50, k -> assertThat(Thread.currentThread()).isSameAs(own));
            });
            assertThat(threads).hasSize(2);
        }

        private void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class Screening {
        @Test
        void bounds_the_error_of_a_smooth_slope_with_few_evaluations() {
            for (double at : new double[] {-2, 0.1, 3}) {
                Inside point = Inside.at(w -> Math.exp(w[0]), at);
                int before = point.calls();
                Derivative slope = point.screened(point.relativeStep(), Math.exp(at));
                assertThat(Math.abs(slope.value() - Math.exp(at))).isLessThanOrEqualTo(slope.bound()).isLessThan(1e-8 * Math.exp(at));
                assertThat(point.calls() - before).isLessThanOrEqualTo(6);
            }
        }

        @Test
        void shortens_the_step_where_the_loss_is_not_finite() {
            Derivative slope = Inside.at(w -> Math.log(w[0]), 0.5).screened(1, 2);
            assertThat(slope.value()).isCloseTo(2, within(1e-6));
        }
    }

    @Nested
    class Confirming {
        private final Inside kinked = Inside.at(w -> Math.max(w[0], 0) + 1, 0);

        @Test
        void excludes_a_wrong_slope() {
            Derivative found = Inside.at(w -> w[0] * w[0], 3).assessed(1e-3, 6.01, 6);
            assertThat(found.wrong()).isTrue();
            assertThat(found.value()).isCloseTo(6, within(found.bound() + 1e-6));
        }

        @Test
        void excludes_nothing_between_the_one_sided_slopes_of_a_kink() {
            for (double claimed : new double[] {0, 0.3, 1}) {
                assertThat(kinked.assessed(1e-4, claimed, 1).wrong()).isFalse();
            }
            assertThat(kinked.assessed(1e-4, 9, 1).wrong()).isTrue();
        }

        @Test
        void sees_no_kink_that_is_farther_away_than_the_weight_is_large() {
            Inside beside = Inside.at(w -> Math.max(w[0], 0) + 1, 1e-9);
            assertThat(beside.assessed(1e-4, 0.3, 1).wrong()).isTrue();
            assertThat(beside.assessed(1e-4, 1, 1).suspect()).isFalse();
        }

        @Test
        void takes_no_step_beyond_the_natural_scale() {
            double[] farthest = {0};
            Inside point = Inside.at(w -> {
                farthest[0] = Math.max(farthest[0], Math.abs(w[0] - 2));
                return w[0] * w[0];
            }, 2);
            point.assessed(1, 5, 4);
            assertThat(farthest[0]).isLessThanOrEqualTo(2);
        }
    }

    @Nested
    class The_second_point {
        @Test
        void is_where_the_loss_is_nearly_that_of_zero_weights() {
            ToDoubleFunction<double[]> loss = w -> 1 + Math.min(w[0] * w[0], 9);
            double[] near = Inside.secondPoint(loss, 8);
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
            Fitted fit = Inside.fit(value, bound, g, w);
            assertThat(fit.sure()).isTrue();
            assertThat(fit.coefficients()).containsExactly(new double[] {0.25, 0.1}, within(1e-9));
            assertThat(fit.explains()).isTrue();
            assertThat(Inside.explains(value, g, bound)).isFalse();
        }

        @Test
        void is_not_sure_of_a_coefficient_within_the_noise() {
            double[] value = g.clone();
            value[0] += 1e-7;
            assertThat(Inside.isSureBeyond(g, value, bound, w)).isFalse();
        }
    }

    @Nested
    class The_error_of_a_step {
        @Test
        void falls_with_the_noise_and_grows_with_the_square_of_the_step() {
            ToDoubleFunction<Double> error = Inside.errorOfStep(1e-16, 1, 1);
            assertThat(error.applyAsDouble(1e-8)).isCloseTo(1e-8, within(1e-10));
            assertThat(error.applyAsDouble(0.1)).isCloseTo(0.01, within(1e-10));
            assertThat(error.applyAsDouble(1e-17)).isEqualTo(1);
            assertThat(Inside.bestStep(1e-16, 1, 1)).isBetween(1e-6, 1e-5);
        }
    }
}
