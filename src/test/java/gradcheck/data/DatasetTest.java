package gradcheck.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatasetTest {
    private static final Dataset IRIS = Datasets.iris();

    /** Each row with its class. */
    private static List<String> examples(Dataset data) {
        double[][] rows = data.features().toDoubleMatrix();
        return IntStream.range(0, rows.length).mapToObj(i -> Arrays.toString(rows[i]) + " " + data.classes()[i]).toList();
    }

    @Nested
    class The_shipped_data {
        @Test
        void iris_has_fifty_flowers_of_each_of_three_species() {
            assertThat(IRIS.features().shape()).containsExactly(150, 4);
            assertThat(IRIS.labels().shape()).containsExactly(150, 3);
            assertThat(IRIS.labels().sum(0).toDoubleVector()).containsExactly(50, 50, 50);
            assertThat(IRIS.classNames()).containsExactly("setosa", "versicolor", "virginica");
            assertThat(IRIS.features().getRow(0).toDoubleVector()).containsExactly(5.1, 3.5, 1.4, 0.2);
            assertThat(IRIS.features().getRow(149).toDoubleVector()).containsExactly(5.9, 3.0, 5.1, 1.8);
        }

        @Test
        void digits_are_1797_pictures_of_64_pixels_between_0_and_1() {
            Dataset digits = Datasets.digits();
            assertThat(digits.features().shape()).containsExactly(1797, 64);
            assertThat(digits.labels().shape()).containsExactly(1797, 10);
            assertThat(digits.features().minNumber().doubleValue()).isEqualTo(0);
            assertThat(digits.features().maxNumber().doubleValue()).isEqualTo(1);
            assertThat(Arrays.stream(digits.classes()).filter(c -> c == 3).count()).isEqualTo(183);
        }

        @Test
        void arrays_are_of_type_double() {
            assertThat(IRIS.features().dataType()).isEqualTo(DataType.DOUBLE);
            assertThat(IRIS.labels().dataType()).isEqualTo(DataType.DOUBLE);
            assertThat(IRIS.onlyClasses(0, 1).labels().dataType()).isEqualTo(DataType.DOUBLE);
        }

        @Test
        void weights_of_a_start_are_copies() {
            KerasStart start = KerasStart.all().get(3);
            start.weights().muli(0);
            start.binaryWeights().muli(0);
            assertThat(start.weights()).isEqualTo(KerasStart.all().get(3).weights()).isNotEqualTo(start.weights().mul(0));
            assertThat(start.binaryWeights()).isEqualTo(KerasStart.all().get(3).binaryWeights()).isNotEqualTo(start.binaryWeights().mul(0));
        }
    }

    @Nested
    class A_data_set {
        @Test
        void never_changes_when_its_arrays_do() {
            IRIS.features().muli(0);
            IRIS.labels().muli(0);
            IRIS.classes()[0] = 2;
            assertThat(IRIS.features().getDouble(0, 0)).isEqualTo(5.1);
            assertThat(IRIS.labels().getDouble(0, 0)).isEqualTo(1);
            assertThat(IRIS.classes()[0]).isZero();
        }

        @Test
        void gives_a_range_of_its_rows() {
            Dataset rows = IRIS.rows(50, 52);
            assertThat(rows.features().toDoubleMatrix())
                    .isDeepEqualTo(new double[][] {{7.0, 3.2, 4.7, 1.4}, {6.4, 3.2, 4.5, 1.5}});
            assertThat(rows.classes()).containsExactly(1, 1);
        }

        @Test
        void of_two_classes_has_a_single_column_of_0_and_1() {
            Dataset two = IRIS.onlyClasses(1, 2);
            assertThat(two.labels().shape()).containsExactly(100, 1);
            assertThat(two.labels().sumNumber().doubleValue()).isEqualTo(50);
            assertThat(two.labels().getDouble(0, 0)).isZero();
            assertThat(two.classNames()).containsExactly("versicolor", "virginica");
            assertThat(IRIS.onlyClasses(2, 1).labels()).isEqualTo(two.labels().rsub(1));
            assertThat(IRIS.onlyClasses(0, 1).features()).isEqualTo(IRIS.rows(0, 100).features());
        }

        @Test
        void takes_a_leading_column_of_ones() {
            INDArray x = IRIS.withBias().features();
            assertThat(x.shape()).containsExactly(150, 5);
            assertThat(x.getColumn(0).minNumber().doubleValue()).isEqualTo(1);
            assertThat(x.getColumn(0).maxNumber().doubleValue()).isEqualTo(1);
            assertThat(x.getDouble(0, 1)).isEqualTo(5.1);
        }

        @Test
        void is_shuffled_in_the_same_order_for_the_same_seed() {
            assertThat(IRIS.shuffle(7).classes()).isEqualTo(IRIS.shuffle(7).classes())
                    .isNotEqualTo(IRIS.shuffle(8).classes()).isNotEqualTo(IRIS.classes());
        }

        @Test
        void keeps_each_row_with_its_class_when_shuffled() {
            assertThat(examples(IRIS.shuffle(3))).containsExactlyInAnyOrderElementsOf(examples(IRIS));
        }

        @Test
        void is_split_with_the_same_mix_of_classes_and_without_loss() {
            Dataset.Split parts = IRIS.split(0.2, 1);
            assertThat(parts.heldOut().labels().sum(0).toDoubleVector()).containsExactly(10, 10, 10);
            assertThat(parts.train().labels().sum(0).toDoubleVector()).containsExactly(40, 40, 40);
            assertThat(Stream.of(parts.train(), parts.heldOut()).flatMap(part -> examples(part).stream()))
                    .containsExactlyInAnyOrderElementsOf(examples(IRIS));
        }

        @Test
        void is_split_in_the_same_way_for_the_same_seed() {
            assertThat(examples(IRIS.split(0.2, 1).heldOut())).isEqualTo(examples(IRIS.split(0.2, 1).heldOut()))
                    .isNotEqualTo(examples(IRIS.split(0.2, 2).heldOut()));
        }
    }

    @Nested
    class Bad_input {
        @Test
        void names_the_NaN_feature() {
            INDArray x = Nd4j.createFromArray(new double[][] {{1, 2}, {3, Double.NaN}});
            assertThatThrownBy(() -> new Dataset(x, new int[] {0, 1}, List.of("a", "b")))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("features", "finite", "NaN", "[1, 1]");
        }

        @Test
        void of_no_rows_is_refused() {
            assertThatThrownBy(() -> new Dataset(Nd4j.empty(DataType.DOUBLE), new int[0], List.of("a", "b")))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("features", "at least one");
            assertThatThrownBy(() -> Dataset.oneHot(new int[0], 3)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("classes", "at least one");
        }

        @Test
        void of_different_lengths_is_refused() {
            INDArray x = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
            assertThatThrownBy(() -> new Dataset(x, new int[] {0, 1, 1}, List.of("a", "b")))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("classes", "2", "got 3");
        }

        @Test
        void with_a_class_out_of_range_is_refused() {
            INDArray x = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
            assertThatThrownBy(() -> new Dataset(x, new int[] {1, 2}, List.of("a", "b")))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("classes", "0 to 1", "2 at [1]");
            assertThatThrownBy(() -> Dataset.oneHot(new int[] {3}, 3)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("classes", "0 to 2", "3 at [0]");
        }

        @Test
        void of_rows_that_are_not_there_is_refused() {
            assertThatThrownBy(() -> IRIS.rows(100, 151)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("rows", "150", "151");
            assertThatThrownBy(() -> IRIS.onlyClasses(0, 3)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("class", "3", "[0, 1, 2]");
            assertThatThrownBy(() -> IRIS.onlyClasses(1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> IRIS.split(1.5, 0)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("heldOutShare", "1.5");
            assertThatThrownBy(() -> IRIS.split(0.001, 0)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("heldOutShare", "0.001");
        }
    }

    @Test
    void gives_chosen_rows_in_the_order_asked_for() {
        Dataset iris = Datasets.iris();
        Dataset chosen = iris.rows(new int[] {140, 3, 140});
        assertThat(chosen.classes()).containsExactly(2, 0, 2);
        assertThat(chosen.features().getRow(1)).isEqualTo(iris.features().getRow(3));
        assertThatThrownBy(() -> iris.rows(new int[] {3, 150})).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("numbers", "0 to 149", "150");
        assertThatThrownBy(() -> iris.rows(new int[0])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least one");
    }
}
