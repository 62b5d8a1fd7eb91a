package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.model.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiniteDifferenceTest {
    private static final INDArray AT = Nd4j.createFromArray(new double[][] {{0.5, -1, 2}, {0.25, 3, -0.125}});
    private static final List<StepSweep.Formula> ALL =
            List.of(FiniteDifference::forward, FiniteDifference::central, FiniteDifference::fourPoint);

    /** J(w) = sum of (i + 1) w_i^3, with the gradient 3 (i + 1) w_i^2. */
    private static double cubes(INDArray w) {
        double sum = 0;
        double[] v = w.dup('c').data().asDouble();
        for (int i = 0; i < v.length; i++) {
            sum += (i + 1) * v[i] * v[i] * v[i];
        }
        return sum;
    }

    private static INDArray gradientOfCubes() {
        double[] v = AT.dup('c').data().asDouble();
        for (int i = 0; i < v.length; i++) {
            v[i] = 3 * (i + 1) * v[i] * v[i];
        }
        return Nd4j.create(v, AT.shape(), 'c');
    }

    @Nested
    class Each_formula {
        @Test
        void gives_the_gradient_in_the_shape_of_the_weights_and_as_DOUBLE() {
            for (StepSweep.Formula formula : ALL) {
                INDArray numeric = formula.gradient(FiniteDifferenceTest::cubes, AT, 1e-6);
                assertThat(numeric.shape()).isEqualTo(AT.shape());
                assertThat(numeric.dataType()).isEqualTo(DataType.DOUBLE);
                assertThat(FiniteDifference.relativeError(gradientOfCubes(), numeric)).isLessThan(1e-6);
            }
        }

        @Test
        void sees_a_planted_bug_of_one_part_in_two_thousand() {
            INDArray bug = gradientOfCubes();
            bug.putScalar(1, 1, bug.getDouble(1, 1) * 1.0005);
            for (StepSweep.Formula formula : ALL) {
                assertThat(FiniteDifference.relativeError(bug, formula.gradient(FiniteDifferenceTest::cubes, AT, 1e-6)))
                        .isGreaterThan(1e-5);
            }
        }

        @Test
        void has_the_truncation_error_of_its_order() {
            // J = w^5 at 1: J' = 5; forward adds 10 h, central 10 h^2, four points -4 h^4 (their next terms are smaller).
            INDArray one = Nd4j.createFromArray(1.0);
            double h = 1e-2;
            ToDoubleFunction<INDArray> fifth = w -> Math.pow(w.getDouble(0), 5);
            assertThat(FiniteDifference.forward(fifth, one, h).getDouble(0) - 5).isCloseTo(10 * h, within(2 * h * h * 10));
            assertThat(FiniteDifference.central(fifth, one, h).getDouble(0) - 5).isCloseTo(10 * h * h, within(1e-7));
            assertThat(FiniteDifference.fourPoint(fifth, one, h).getDouble(0) - 5).isCloseTo(-4 * Math.pow(h, 4), within(1e-12));
        }

        @Test
        void reads_weights_in_any_layout_by_their_place() {
            INDArray transposed = AT.transpose().dup('c').transpose();
            for (StepSweep.Formula formula : ALL) {
                assertThat(formula.gradient(FiniteDifferenceTest::cubes, transposed, 1e-6).toDoubleMatrix())
                        .isDeepEqualTo(formula.gradient(FiniteDifferenceTest::cubes, AT, 1e-6).toDoubleMatrix());
            }
        }

        @Test
        void gives_float32_weights_to_a_loss_of_float32_weights() {
            INDArray single = AT.castTo(DataType.FLOAT);
            for (StepSweep.Formula formula : ALL) {
                INDArray numeric = formula.gradient(w -> {
                    assertThat(w.dataType()).isEqualTo(DataType.FLOAT);
                    return cubes(w);
                }, single, 1e-3);
                assertThat(numeric.dataType()).isEqualTo(DataType.DOUBLE);
                assertThat(FiniteDifference.relativeError(gradientOfCubes(), numeric)).isLessThan(1e-2);
            }
        }

        @Test
        void gives_NaN_where_the_loss_is_NaN() {
            for (StepSweep.Formula formula : ALL) {
                INDArray numeric = formula.gradient(w -> w.getDouble(0, 0) == 0.5 ? cubes(w) : Double.NaN, AT, 1e-6);
                assertThat(numeric.getDouble(0, 0)).isNaN();
                assertThat(numeric.getDouble(1, 1)).isFinite();
            }
        }
    }

    @Nested
    class The_weights {
        @Test
        void are_bit_for_bit_what_they_were_also_when_the_loss_throws_in_the_middle() {
            INDArray weights = AT.dup();
            int[] calls = {0};
            for (StepSweep.Formula formula : ALL) {
                formula.gradient(FiniteDifferenceTest::cubes, weights, 1e-6);
                calls[0] = 0;
                assertThatThrownBy(() -> formula.gradient(w -> {
                    if (++calls[0] == 4) {
                        throw new IllegalStateException("the fourth call");
                    }
                    return cubes(w);
                }, weights, 1e-6)).isInstanceOf(IllegalStateException.class).hasMessage("the fourth call");
                assertThat(Parameters.of("W", weights)).isEqualTo(Parameters.of("W", AT));
            }
        }

        @Test
        void are_safe_from_a_loss_that_writes_into_its_argument() {
            INDArray weights = AT.dup();
            INDArray numeric = FiniteDifference.central(w -> {
                double loss = cubes(w);
                w.muli(0);
                return loss;
            }, weights, 1e-6);
            assertThat(Parameters.of("W", weights)).isEqualTo(Parameters.of("W", AT));
            assertThat(FiniteDifference.relativeError(gradientOfCubes(), numeric)).isLessThan(1e-9);
        }
    }

    @Nested
    class Bad_input {
        private void refused(INDArray at, double step, ToDoubleFunction<INDArray> loss, String... parts) {
            ALL.forEach(formula -> assertThatThrownBy(() -> formula.gradient(loss, at, step))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts));
        }

        @Test
        void a_step_that_is_zero_negative_NaN_or_infinite_is_refused() {
            for (double step : new double[] {0, -1e-7, Double.NaN, Double.POSITIVE_INFINITY}) {
                refused(AT, step, FiniteDifferenceTest::cubes, "step", "finite number above 0", String.valueOf(step));
            }
        }

        @Test
        void a_step_too_small_to_move_a_weight_is_refused_with_that_entry() {
            refused(AT, 1e-16, FiniteDifferenceTest::cubes, "step", "1.0E-16", "[0, 1] = -1.0", "DOUBLE");
            refused(AT.castTo(DataType.FLOAT), 1e-8, FiniteDifferenceTest::cubes, "step", "1.0E-8", "[0, 0] = 0.5", "FLOAT");
        }

        @Test
        void a_loss_that_does_not_react_to_any_weight_is_said_to() {
            INDArray other = AT.dup();
            refused(AT, 1e-7, w -> cubes(other), "loss", "reacts", "w -> loss(w)");
        }

        @Test
        void a_rounded_loss_that_stands_still_at_this_step_is_not_taken_for_one_that_does_not_react() {
            assertThat(FiniteDifference.central(w -> Math.round(cubes(w)), AT, 1e-7).norm2Number().doubleValue()).isZero();
        }

        @Test
        void NaN_and_infinite_weights_are_refused_with_their_place() {
            INDArray weights = AT.dup();
            weights.putScalar(1, 2, Double.POSITIVE_INFINITY);
            refused(weights, 1e-7, FiniteDifferenceTest::cubes, "weights", "finite", "Infinity", "[1, 2]");
        }

        @Test
        void empty_weights_and_other_types_are_refused() {
            refused(Nd4j.empty(DataType.DOUBLE), 1e-7, w -> 0, "weights", "at least one entry");
            refused(AT.castTo(DataType.INT32), 1e-7, w -> 0, "weights", "DOUBLE or FLOAT", "INT");
            refused(null, 1e-7, w -> 0, "weights", "null");
            refused(AT, 1e-7, null, "loss", "null");
        }
    }

    @Nested
    class The_relative_error {
        @Test
        void is_the_norm_of_the_difference_over_the_sum_of_the_norms() {
            assertThat(FiniteDifference.relativeError(Nd4j.createFromArray(3.0, 4.0), Nd4j.createFromArray(0.0, 0.0))).isEqualTo(1);
            assertThat(FiniteDifference.relativeError(Nd4j.createFromArray(3.0, 4.0), Nd4j.createFromArray(6.0, 8.0)))
                    .isCloseTo(1 / 3.0, within(1e-15));
        }

        @Test
        void is_zero_for_equal_gradients_of_zeros_too() {
            assertThat(FiniteDifference.relativeError(AT, AT)).isZero();
            assertThat(FiniteDifference.relativeError(AT.mul(0), AT.mul(0))).isZero();
        }

        @Test
        void is_one_for_the_opposite_sign() {
            assertThat(FiniteDifference.relativeError(AT, AT.neg())).isEqualTo(1);
        }

        @Test
        void does_not_overflow_and_does_not_underflow() {
            INDArray huge = Nd4j.createFromArray(1e300, 1e300);
            assertThat(FiniteDifference.relativeError(huge, huge.mul(3))).isCloseTo(0.5, within(1e-15));
            assertThat(FiniteDifference.relativeError(huge.mul(0).add(1e-300), huge.mul(0).add(3e-300))).isCloseTo(0.5, within(1e-15));
        }

        @Test
        void is_NaN_when_a_gradient_holds_NaN() {
            assertThat(FiniteDifference.relativeError(Nd4j.createFromArray(1.0, Double.NaN), Nd4j.createFromArray(1.0, 2.0))).isNaN();
        }

        @Test
        void compares_a_float32_gradient_with_a_numeric_one() {
            assertThat(FiniteDifference.relativeError(AT.castTo(DataType.FLOAT), AT)).isLessThan(1e-7);
        }

        @Test
        void of_parameters_takes_all_tensors_together() {
            Map<String, INDArray> a = new LinkedHashMap<>();
            a.put("W", Nd4j.createFromArray(3.0));
            a.put("b", Nd4j.createFromArray(4.0));
            Map<String, INDArray> b = new LinkedHashMap<>();
            b.put("W", Nd4j.createFromArray(3.0));
            b.put("b", Nd4j.createFromArray(0.0));
            assertThat(FiniteDifference.relativeError(new Parameters(a), new Parameters(b))).isEqualTo(4.0 / 8);
            assertThatThrownBy(() -> FiniteDifference.relativeError(new Parameters(a), Parameters.of("W", a.get("W"))))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("[W, b]", "[W]");
        }

        @Test
        void refuses_different_shapes_and_prints_both() {
            assertThatThrownBy(() -> FiniteDifference.relativeError(AT, AT.transpose())).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("[2, 3]", "[3, 2]");
        }
    }

    @Nested
    class A_sweep_over_steps {
        private final double[] steps = StepSweep.steps(-12, -1, 4);

        @Test
        void falls_with_round_off_and_rises_with_truncation() {
            INDArray w = Nd4j.createFromArray(0.3, 0.7, 1.1);
            ToDoubleFunction<INDArray> loss = v -> Math.sin(v.getDouble(0)) + Math.exp(v.getDouble(1)) + Math.cos(v.getDouble(2));
            INDArray gradient = Nd4j.createFromArray(Math.cos(0.3), Math.exp(0.7), -Math.sin(1.1));
            StepSweep central = StepSweep.of(FiniteDifference::central, loss, w, gradient, steps);
            assertThat(central.slope(1e-4, 1e-2)).isCloseTo(2, within(0.1));
            assertThat(central.slope(1e-12, 1e-7)).isCloseTo(-1, within(0.2));
            assertThat(StepSweep.of(FiniteDifference::forward, loss, w, gradient, steps).slope(1e-5, 1e-2)).isCloseTo(1, within(0.1));
            assertThat(StepSweep.of(FiniteDifference::fourPoint, loss, w, gradient, steps).slope(1e-2, 1e-1)).isCloseTo(4, within(0.1));
        }

        @Test
        void leaves_out_steps_that_do_not_move_every_weight() {
            StepSweep sweep = StepSweep.of(FiniteDifference::central, FiniteDifferenceTest::cubes, AT.castTo(DataType.FLOAT),
                    gradientOfCubes(), 1e-12, 1e-8, 1e-3, 1e-2);
            assertThat(sweep.steps()).containsExactly(1e-3, 1e-2);
        }

        @Test
        void refuses_when_no_step_is_left_and_when_a_step_is_no_step() {
            assertThatThrownBy(() -> StepSweep.of(FiniteDifference::central, FiniteDifferenceTest::cubes, AT, gradientOfCubes(), 1e-20))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("moves every weight");
            for (double step : new double[] {0, -1, Double.NaN}) {
                assertThatThrownBy(() -> StepSweep.of(FiniteDifference::central, FiniteDifferenceTest::cubes, AT, gradientOfCubes(), step))
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("step", String.valueOf(step));
            }
        }

        @Test
        void has_steps_that_are_evenly_spaced_on_a_log_axis() {
            assertThat(StepSweep.steps(-2, 0, 2)).containsExactly(new double[] {0.01, 0.0316227766, 0.1, 0.316227766, 1}, within(1e-9));
            assertThatThrownBy(() -> StepSweep.steps(0, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void fits_no_slope_through_a_single_point() {
            StepSweep sweep = StepSweep.of(FiniteDifference::central, FiniteDifferenceTest::cubes, AT, gradientOfCubes(), 1e-3, 1e-2);
            assertThatThrownBy(() -> sweep.slope(1e-3, 2e-3)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least two");
        }
    }
}
