package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.check.FiniteDifference;
import gradcheck.check.GradientCheck;
import gradcheck.check.PlantedBug;
import gradcheck.check.Verdict;
import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelTest {
    private static final Dataset THREE = Datasets.iris().withBias();
    private static final Dataset TWO = THREE.onlyClasses(0, 1);

    private static double error(Function<INDArray, Model> make, Dataset data, INDArray weights, INDArray gradient) {
        INDArray x = data.features();
        INDArray y = data.labels();
        return FiniteDifference.relativeError(gradient, FiniteDifference.central(w -> make.apply(w).loss(x, y), weights, 1e-5));
    }

    @Nested
    class Logistic_regression {
        private final INDArray weights = Weights.normal(5, 1, 1);
        private final LogisticRegression model = new LogisticRegression(weights);

        @Test
        void gives_the_probability_and_the_gradient_worked_out_by_hand() {
            LogisticRegression tiny = new LogisticRegression(Nd4j.createFromArray(new double[][] {{0}, {Math.log(3)}}));
            INDArray x = Nd4j.createFromArray(new double[][] {{1, 1}});
            INDArray y = Nd4j.createFromArray(new double[][] {{1}});
            assertThat(tiny.predict(x).getDouble(0)).isCloseTo(0.75, within(1e-15));
            assertThat(tiny.loss(x, y)).isCloseTo(-Math.log(0.75), within(1e-15));
            assertThat(tiny.gradient(x, y).only().toDoubleVector()).containsExactly(new double[] {-0.25, -0.25}, within(1e-15));
        }

        @Test
        void has_a_right_gradient() {
            assertThat(error(LogisticRegression::new, TWO, weights, model.gradient(TWO.features(), TWO.labels()).only())).isLessThan(1e-9);
        }

        @Test
        void is_told_from_planted_bugs() {
            INDArray g = model.gradient(TWO.features(), TWO.labels()).only();
            INDArray oneEntry = g.dup();
            oneEntry.putScalar(2, g.getDouble(2) * 1.0005);
            for (INDArray bug : List.of(g.mul(100), g.neg(), g.add(weights.mul(0.01)), oneEntry)) {
                assertThat(error(LogisticRegression::new, TWO, weights, bug)).isGreaterThan(1e-6);
            }
        }

        @Test
        void stays_finite_where_exp_would_overflow() {
            LogisticRegression far = new LogisticRegression(weights.mul(0).add(1000));
            assertThat(far.predict(TWO.features()).getDouble(0)).isEqualTo(1);
            assertThat(far.loss(TWO.features(), TWO.labels())).isFinite();
        }
    }

    @Nested
    class Softmax_regression {
        private final INDArray weights = Weights.normal(5, 3, 1);
        private final SoftmaxRegression model = new SoftmaxRegression(weights);

        @Test
        void gives_the_probabilities_and_the_gradient_worked_out_by_hand() {
            SoftmaxRegression tiny = new SoftmaxRegression(Nd4j.createFromArray(new double[][] {{0, Math.log(2), 0}}));
            INDArray x = Nd4j.createFromArray(new double[][] {{1}});
            INDArray y = Dataset.oneHot(new int[] {1}, 3);
            assertThat(tiny.predict(x).toDoubleVector()).containsExactly(new double[] {0.25, 0.5, 0.25}, within(1e-15));
            assertThat(tiny.gradient(x, y).only().toDoubleVector()).containsExactly(new double[] {0.25, -0.5, 0.25}, within(1e-15));
        }

        @Test
        void has_a_right_gradient() {
            assertThat(error(SoftmaxRegression::new, THREE, weights, model.gradient(THREE.features(), THREE.labels()).only()))
                    .isLessThan(1e-9);
        }

        @Test
        void is_told_from_planted_bugs() {
            INDArray g = model.gradient(THREE.features(), THREE.labels()).only();
            INDArray column = g.dup();
            column.getColumn(1).muli(-1);
            INDArray oneEntry = g.dup();
            oneEntry.putScalar(2, 1, g.getDouble(2, 1) * 1.0005);
            for (INDArray bug : List.of(g.mul(150), g.neg(), column, oneEntry)) {
                assertThat(error(SoftmaxRegression::new, THREE, weights, bug)).isGreaterThan(1e-6);
            }
        }

        @Test
        void gives_rows_of_probabilities_that_sum_to_one() {
            INDArray sums = model.predict(THREE.features()).sum(1);
            assertThat(Transforms.abs(sums.sub(1)).maxNumber().doubleValue()).isLessThan(1e-15);
        }

        @Test
        void has_a_gradient_whose_rows_sum_to_zero() {
            INDArray sums = model.gradient(THREE.features(), THREE.labels()).only().sum(1);
            assertThat(Transforms.abs(sums).maxNumber().doubleValue()).isLessThan(1e-14);
        }

        @Test
        void computes_the_loss_it_was_given() {
            Model keras = new SoftmaxRegression(weights, new KerasCrossEntropy(DataType.FLOAT));
            double loss = keras.loss(THREE.features(), THREE.labels());
            assertThat((double) (float) loss).isEqualTo(loss).isNotEqualTo(model.loss(THREE.features(), THREE.labels()));
        }

        @Test
        void works_in_float32_throughout() {
            Model single = new SoftmaxRegression(weights.castTo(DataType.FLOAT));
            INDArray x = THREE.features().castTo(DataType.FLOAT);
            INDArray y = THREE.labels().castTo(DataType.FLOAT);
            assertThat(single.loss(x, y)).isCloseTo(model.loss(THREE.features(), THREE.labels()), within(1e-5));
            assertThat(single.gradient(x, y).only().dataType()).isEqualTo(DataType.FLOAT);
            assertThat(single.predict(x).dataType()).isEqualTo(DataType.FLOAT);
        }

        @Test
        void copies_the_weights_it_is_given_and_gives_out_its_own() {
            INDArray mine = weights.dup();
            Model copy = new SoftmaxRegression(mine);
            mine.muli(0);
            assertThat(copy.parameters().only()).isEqualTo(weights);
            copy.parameters().only().muli(0);
            assertThat(copy.loss(THREE.features(), THREE.labels())).isCloseTo(Math.log(3), within(1e-12));
        }
    }

    @Nested
    class With_a_loss {
        private final INDArray x = THREE.features();
        private final INDArray y = THREE.labels();
        private final INDArray weights = Weights.normal(5, 3, 1);
        private final Model squares = new SoftmaxRegression(weights, (labels, logits) -> mean(Transforms.pow(logits.sub(labels), 2)));

        /** The mean over the rows of the sum of each. */
        private double mean(INDArray values) {
            return values.sumNumber().doubleValue() / values.size(0);
        }

        @Test
        void of_the_library_has_the_gradient_of_the_cross_entropy_however_the_loss_is_rounded_or_clipped() {
            Parameters gradient = new SoftmaxRegression(weights).gradient(x, y);
            for (Loss loss : List.of(new ProbabilityCrossEntropy(), new KerasCrossEntropy(DataType.FLOAT),
                    new KerasCrossEntropy(DataType.DOUBLE))) {
                assertThat(new SoftmaxRegression(weights, loss).gradient(x, y)).isEqualTo(gradient);
            }
        }

        @Test
        void of_your_own_computes_it_but_refuses_a_gradient_that_would_be_that_of_another_loss() {
            assertThat(squares.loss(x, y)).isCloseTo(mean(Transforms.pow(x.mmul(weights).sub(y), 2)), within(1e-12));
            assertThat(squares.predict(x)).isEqualTo(new SoftmaxRegression(weights).predict(x));
            assertThatThrownBy(() -> squares.gradient(x, y)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("loss: expected a cross-entropy of this library", "ModelTest", "check(w -> gradient(w))");
            assertThatThrownBy(() -> new GradientDescent(0.1, 1).train(squares, x, y))
                    .hasMessageContaining("loss: expected a cross-entropy");
            assertThat(squares.parameters().only()).isEqualTo(weights);
        }

        @Test
        void of_your_own_can_be_checked_with_the_gradient_that_you_write() {
            UnaryOperator<Parameters> gradient = w -> Parameters.of("W", x.transpose().mmul(x.mmul(w.only()).sub(y)).mul(2.0 / 150));
            assertThat(GradientCheck.of(squares, x, y).check(gradient).verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(squares, x, y).check(PlantedBug.COLUMN_FLIPPED.in(gradient, 150)).verdict())
                    .isEqualTo(Verdict.WRONG);
        }
    }

    @Nested
    class Bad_input {
        private final Model model = new SoftmaxRegression(Weights.normal(5, 3, 1));
        private final INDArray x = THREE.features();
        private final INDArray y = THREE.labels();

        private void refused(INDArray features, INDArray labels, String... parts) {
            assertThatThrownBy(() -> model.loss(features, labels)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(parts);
            assertThatThrownBy(() -> model.gradient(features, labels)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(parts);
        }

        @Test
        void features_and_labels_of_different_row_counts_are_refused() {
            refused(x, THREE.rows(0, 100).labels(), "labels", "rows", "150", "100");
        }

        @Test
        void features_without_their_column_of_ones_are_refused() {
            refused(Datasets.iris().features(), y, "features", "[150, 5]", "[150, 4]", "ones");
        }

        @Test
        void labels_that_are_not_one_hot_are_refused() {
            refused(x, y.mul(0.5), "labels", "one-hot", "0.5", "row 0");
        }

        @Test
        void binary_labels_are_refused_by_a_model_of_three_classes() {
            refused(TWO.features(), TWO.labels(), "labels", "[100, 3]", "[100, 1]");
        }

        @Test
        void NaN_and_infinite_features_are_refused_with_their_place() {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                INDArray features = x.dup();
                features.putScalar(17, 2, bad);
                refused(features, y, "features", "finite", String.valueOf(bad), "[17, 2]");
            }
        }

        @Test
        void NaN_weights_are_refused_when_given_and_when_they_come_later() {
            INDArray weights = Weights.normal(5, 3, 1);
            weights.putScalar(4, 0, Double.NaN);
            assertThatThrownBy(() -> new SoftmaxRegression(weights)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("weights", "finite", "NaN", "[4, 0]");
            model.parameters().only().putScalar(4, 0, Double.NaN);
            refused(x, y, "weights", "finite", "NaN", "[4, 0]");
        }

        @Test
        void arrays_of_different_types_are_refused() {
            refused(x.castTo(DataType.FLOAT), y.castTo(DataType.FLOAT), "features", "DOUBLE", "FLOAT");
            refused(x, y.castTo(DataType.FLOAT), "labels", "DOUBLE", "FLOAT");
            refused(x.castTo(DataType.INT32), y, "features", "DOUBLE or FLOAT", "INT");
        }

        @Test
        void empty_data_is_refused() {
            refused(Nd4j.empty(DataType.DOUBLE), Nd4j.empty(DataType.DOUBLE), "at least one entry");
        }

        @Test
        void weights_of_the_wrong_width_are_refused() {
            assertThatThrownBy(() -> new LogisticRegression(Weights.normal(5, 3, 1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("weights", "[5, 1]", "[5, 3]");
            assertThatThrownBy(() -> new SoftmaxRegression(Weights.normal(5, 1, 1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("weights", "LogisticRegression");
        }
    }
}
