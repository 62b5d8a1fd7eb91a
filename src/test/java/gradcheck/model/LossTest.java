package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LossTest {
    private static final INDArray LABELS = Dataset.oneHot(new int[] {0, 2}, 3);
    private static final List<Loss> ALL = List.of(new CrossEntropy(), new ProbabilityCrossEntropy(),
            new KerasCrossEntropy(DataType.DOUBLE), new KerasCrossEntropy(DataType.FLOAT));

    private static INDArray matrix(double[]... rows) {
        return Nd4j.createFromArray(rows);
    }

    @Nested
    class Every_loss {
        @Test
        void is_ln_3_for_uniform_scores_of_three_classes() {
            ALL.forEach(loss -> assertThat(loss.value(LABELS, matrix(new double[3], new double[3])))
                    .isCloseTo(Math.log(3), within(1e-7)));
        }

        @Test
        void is_ln_2_for_a_binary_score_of_zero() {
            ALL.forEach(loss -> assertThat(loss.value(matrix(new double[] {1}), matrix(new double[] {0})))
                    .isCloseTo(Math.log(2), within(1e-7)));
        }

        @Test
        void is_the_value_worked_out_by_hand() {
            // Row 1: probabilities 1/2, 1/4, 1/4 and class 0; row 2: 1/8, 1/8, 3/4 and class 2: (ln 2 + ln 4/3) / 2.
            INDArray logits = matrix(new double[] {Math.log(2), 0, 0}, new double[] {0, 0, Math.log(6)});
            ALL.forEach(loss -> assertThat(loss.value(LABELS, logits)).isCloseTo((Math.log(2) + Math.log(4 / 3.0)) / 2, within(1e-7)));
        }

        @Test
        void is_the_same_when_a_constant_is_added_to_a_row_of_logits() {
            INDArray logits = matrix(new double[] {1, -2, 0.5}, new double[] {3, 0, 1});
            ALL.forEach(loss -> assertThat(loss.value(LABELS, logits.add(10))).isCloseTo(loss.value(LABELS, logits), within(1e-6)));
        }

        @Test
        void gives_two_columns_and_one_column_the_same_value() {
            INDArray one = matrix(new double[] {1.5}, new double[] {-0.5});
            INDArray two = matrix(new double[] {0, 1.5}, new double[] {0, -0.5});
            INDArray y = matrix(new double[] {1}, new double[] {1});
            INDArray oneHot = Dataset.oneHot(new int[] {1, 1}, 2);
            ALL.forEach(loss -> assertThat(loss.value(y, one)).isCloseTo(loss.value(oneHot, two), within(1e-6)));
        }

        @Test
        void is_NaN_when_a_logit_is() {
            ALL.forEach(loss -> assertThat(loss.value(LABELS, matrix(new double[3], new double[] {0, Double.NaN, 0}))).isNaN());
        }

        @Test
        void leaves_its_arguments_as_they_are() {
            INDArray logits = matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
            ALL.forEach(loss -> loss.value(LABELS, logits));
            assertThat(logits.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
        }

        @Test
        void reads_transposed_arrays_and_views_by_their_rows() {
            INDArray logits = matrix(new double[] {1, 2, 3}, new double[] {4, 5, 7});
            INDArray transposed = logits.transpose().dup('c').transpose();
            INDArray block = matrix(new double[] {9, 1, 2, 3}, new double[] {9, 4, 5, 7}).get(NDArrayIndex.all(), NDArrayIndex.interval(1,
                    4));
            for (INDArray same : List.of(transposed, block)) {
                ALL.forEach(loss -> assertThat(loss.value(LABELS, same)).isEqualTo(loss.value(LABELS, logits)));
            }
        }
    }

    @Nested
    class Cross_entropy_from_logits {
        @Test
        void stays_finite_for_logits_of_a_thousand() {
            assertThat(new CrossEntropy().value(Dataset.oneHot(new int[] {1}, 2), matrix(new double[] {1000, -1000}))).isEqualTo(2000);
            assertThat(new CrossEntropy().value(matrix(new double[] {0}), matrix(new double[] {1000}))).isEqualTo(1000);
            assertThat(new CrossEntropy().value(matrix(new double[] {1}), matrix(new double[] {1000}))).isEqualTo(0);
        }

        @Test
        void computes_in_float32_when_the_logits_are() {
            INDArray logits = matrix(new double[] {0.1, 0.2, 0.3}, new double[] {1, 2, 3}).castTo(DataType.FLOAT);
            double loss = new CrossEntropy().value(LABELS.castTo(DataType.FLOAT), logits);
            assertThat((double) (float) loss).isEqualTo(loss);
        }
    }

    @Nested
    class Cross_entropy_through_probabilities {
        @Test
        void is_infinite_when_a_probability_underflows() {
            assertThat(new ProbabilityCrossEntropy().value(Dataset.oneHot(new int[] {1}, 2), matrix(new double[] {1000, -1000})))
                    .isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    @Nested
    class The_loss_as_in_Keras {
        @Test
        void clips_a_probability_of_zero_to_1e_minus_7() {
            INDArray labels = Dataset.oneHot(new int[] {1}, 2);
            INDArray logits = matrix(new double[] {1000, -1000});
            assertThat(new KerasCrossEntropy(DataType.DOUBLE).value(labels, logits)).isEqualTo(-Math.log(1e-7));
            assertThat(new KerasCrossEntropy(DataType.FLOAT).value(labels, logits)).isEqualTo((float) -Math.log(1e-7f));
            assertThat(new KerasCrossEntropy(DataType.DOUBLE).clippedRows(labels, logits)).isEqualTo(1);
        }

        @Test
        void divides_each_row_by_its_sum() {
            INDArray labels = Dataset.oneHot(new int[] {1}, 2);
            assertThat(new KerasCrossEntropy(DataType.DOUBLE).ofProbabilities(labels, matrix(new double[] {0.25, 0.25})))
                    .isCloseTo(Math.log(2), within(1e-15));
        }

        @Test
        void gives_a_float32_number_when_asked_for_float32() {
            double loss = new KerasCrossEntropy(DataType.FLOAT).value(LABELS, matrix(new double[] {0.1, 0.7, 0}, new double[] {1, 0, 2}));
            assertThat((double) (float) loss).isEqualTo(loss);
        }

        @Test
        void counts_no_clipped_row_where_a_wrong_class_has_probability_zero() {
            INDArray logits = matrix(new double[] {1000, -1000, -1000}, new double[] {0, 0, 0});
            assertThat(new KerasCrossEntropy(DataType.FLOAT).clippedRows(LABELS, logits)).isZero();
        }

        @Test
        void counts_both_kinds_of_clipped_rows_of_a_binary_model() {
            INDArray y = matrix(new double[] {0}, new double[] {1}, new double[] {1});
            INDArray logits = matrix(new double[] {50}, new double[] {-50}, new double[] {50});
            assertThat(new KerasCrossEntropy(DataType.DOUBLE).clippedRows(y, logits)).isEqualTo(2);
        }

        @Test
        void refuses_logits_given_as_probabilities() {
            INDArray logits = matrix(new double[] {2, 0, 0}, new double[3]);
            assertThatThrownBy(() -> new KerasCrossEntropy(DataType.FLOAT).ofProbabilities(LABELS, logits))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("probabilities", "2.0", "[0, 0]", "logits");
        }

        @Test
        void refuses_another_data_type() {
            assertThatThrownBy(() -> new KerasCrossEntropy(DataType.FLOAT16)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("type", "FLOAT or DOUBLE", "HALF");
        }
    }

    @Nested
    class Bad_input {
        private void refused(INDArray labels, INDArray logits, String... parts) {
            ALL.forEach(loss -> assertThatThrownBy(() -> loss.value(labels, logits))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts));
        }

        @Test
        void labels_that_are_not_one_hot_are_refused_with_the_row() {
            INDArray logits = matrix(new double[3], new double[3]);
            refused(matrix(new double[] {0, 1, 0}, new double[] {0.2, 0.3, 0.5}), logits, "labels", "one-hot", "0.2", "row 1");
            refused(matrix(new double[] {0, 0, 0}, new double[] {0, 1, 0}), logits, "labels", "one-hot", "row 0");
            refused(matrix(new double[] {1, 0, 1}, new double[] {0, 1, 0}), logits, "labels", "one-hot", "row 0");
            refused(matrix(new double[] {Double.NaN, 0, 1}, new double[] {0, 1, 0}), logits, "labels", "one-hot", "NaN");
        }

        @Test
        void class_numbers_in_a_single_column_are_refused() {
            refused(matrix(new double[] {0}, new double[] {2}), matrix(new double[1], new double[1]), "labels", "0 or 1", "2.0", "oneHot");
        }

        @Test
        void different_numbers_of_rows_are_refused() {
            refused(LABELS, matrix(new double[3], new double[3], new double[3]), "labels", "rows", "3", "got 2");
        }

        @Test
        void different_numbers_of_columns_are_refused() {
            refused(LABELS, matrix(new double[2], new double[2]), "labels", "[2, 2]", "[2, 3]");
        }

        @Test
        void different_types_are_refused() {
            refused(LABELS, matrix(new double[3], new double[3]).castTo(DataType.FLOAT), "labels", "FLOAT", "DOUBLE");
        }

        @Test
        void integers_are_refused() {
            refused(LABELS.castTo(DataType.INT32), matrix(new double[3], new double[3]), "labels", "DOUBLE or FLOAT", "INT");
        }

        @Test
        void empty_data_is_refused() {
            refused(Nd4j.empty(DataType.DOUBLE), Nd4j.empty(DataType.DOUBLE), "at least one entry", "empty");
        }

        @Test
        void a_vector_is_refused() {
            refused(Nd4j.createFromArray(1.0, 0.0), Nd4j.createFromArray(0.0, 0.0), "a matrix", "[2]");
        }
    }
}
