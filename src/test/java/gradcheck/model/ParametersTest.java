package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ParametersTest {
    private static Parameters two(INDArray w, INDArray b) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        tensors.put("W", w);
        tensors.put("b", b);
        return new Parameters(tensors);
    }

    private static INDArray w() {
        return Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    }

    private static INDArray b() {
        return Nd4j.createFromArray(7.0, 8.0);
    }

    @Test
    void flatten_row_by_row_and_tensor_by_tensor_whatever_the_layout() {
        assertThat(two(w(), b()).flatten().toDoubleVector()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(two(w().dup('f'), b()).flatten().toDoubleVector()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void come_back_from_a_flat_array_bit_for_bit() {
        Parameters here = two(w(), b());
        Parameters there = two(w().mul(0).dup('f'), b().mul(0));
        there.assign(here.flatten());
        assertThat(there).isEqualTo(here);
    }

    @Test
    void flatten_into_a_copy() {
        Parameters here = two(w(), b());
        here.flatten().muli(0);
        assertThat(here).isEqualTo(two(w(), b()));
    }

    @Test
    void are_copied_into_tensors_of_their_own_whatever_the_layout() {
        Parameters here = two(w().dup('f'), Nd4j.createFromArray(1f, 2f, 3f).castTo(DataType.DOUBLE));
        Parameters copy = here.copy();
        assertThat(copy).isEqualTo(here);
        copy.get("W").addi(1);
        assertThat(here.get("W")).isEqualTo(w());
    }

    @Test
    void take_on_other_numbers_in_their_own_shapes_and_type() {
        Parameters floats = two(w().castTo(DataType.FLOAT), b().castTo(DataType.FLOAT));
        Parameters other = floats.like(new double[] {0.1, 2, 3, 4, 5, 6, Double.NaN, 8});
        assertThat(other.get("W").shape()).containsExactly(3, 2);
        assertThat(other.entries()).containsExactly((float) 0.1, 2, 3, 4, 5, 6, Double.NaN, 8);
        assertThat(other.flatten().dataType()).isEqualTo(DataType.FLOAT);
        assertThatThrownBy(() -> floats.like(new double[7])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("flat", "8 numbers", "got 7");
    }

    @Test
    void are_equal_only_bit_for_bit() {
        INDArray nearly = w();
        nearly.putScalar(0, Math.nextUp(1.0));
        assertThat(two(w(), b())).isEqualTo(two(w(), b())).hasSameHashCodeAs(two(w(), b())).isNotEqualTo(two(nearly, b()));
        assertThat(Parameters.of("W", Nd4j.createFromArray(0.0))).isNotEqualTo(Parameters.of("W", Nd4j.createFromArray(-0.0)));
        assertThat(Parameters.of("W", Nd4j.createFromArray(Double.NaN))).isEqualTo(Parameters.of("W", Nd4j.createFromArray(Double.NaN)));
        assertThat(Parameters.of("W", w())).isNotEqualTo(Parameters.of("W", w().reshape(2, 3))).isNotEqualTo(Parameters.of("V", w()))
                .isNotEqualTo(Parameters.of("W", w().castTo(DataType.FLOAT)));
    }

    @Test
    void say_the_name_shape_and_type_of_each_tensor() {
        assertThat(two(w(), b()).toString()).contains("W [3, 2] DOUBLE", "b [2] DOUBLE");
    }

    @Test
    void give_a_single_tensor_only_if_there_is_one() {
        assertThat(Parameters.of("W", w()).only()).isEqualTo(w());
        assertThatThrownBy(() -> two(w(), b()).only()).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("[W, b]");
        assertThatThrownBy(() -> two(w(), b()).get("c")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[W, b]", "c");
    }

    @Test
    void refuse_a_flat_array_that_does_not_fit_and_stay_as_they_were() {
        Parameters here = two(w(), b());
        assertThatThrownBy(() -> here.assign(Nd4j.createFromArray(1.0, 2.0))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("flat", "[8]", "[2]");
        assertThatThrownBy(() -> here.assign(here.flatten().castTo(DataType.FLOAT))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("flat", "DOUBLE", "FLOAT");
        assertThat(here).isEqualTo(two(w(), b()));
    }

    @Test
    void refuse_no_tensors_and_tensors_of_different_types() {
        assertThatThrownBy(() -> new Parameters(Map.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> two(w(), b().castTo(DataType.FLOAT))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("b", "DOUBLE", "FLOAT");
    }
}
