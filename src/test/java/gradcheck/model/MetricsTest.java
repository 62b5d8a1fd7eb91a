package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.data.Dataset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsTest {
    private static Metrics of(int[] truth, int[] predicted, int k) {
        return Metrics.of(Dataset.oneHot(truth, k), Dataset.oneHot(predicted, k));
    }

    @Test
    void are_those_worked_out_by_hand() {
        // Class 0: 2 of 2 found, 2 of 3 predictions right; class 1: 1 of 2, 1 of 1; class 2: 1 of 1, 1 of 1.
        Metrics metrics = of(new int[] {0, 0, 1, 1, 2}, new int[] {0, 0, 0, 1, 2}, 3);
        assertThat(metrics.accuracy()).isEqualTo(0.8);
        assertThat(metrics.macroPrecision()).isCloseTo((2 / 3.0 + 1 + 1) / 3, within(1e-15));
        assertThat(metrics.macroRecall()).isCloseTo((1 + 0.5 + 1) / 3, within(1e-15));
        assertThat(metrics.confusionMatrix()).isDeepEqualTo(new int[][] {{2, 0, 0}, {1, 1, 0}, {0, 0, 1}});
        assertThat(metrics).hasToString("accuracy 0.800, macro precision 0.889, macro recall 0.833");
    }

    @Test
    void of_a_single_column_put_a_probability_of_one_half_into_class_1() {
        Metrics metrics = Metrics.of(Nd4j.createFromArray(new double[][] {{0}, {1}, {1}}),
                Nd4j.createFromArray(new double[][] {{0.2}, {0.5}, {0.4}}));
        assertThat(metrics.confusionMatrix()).isDeepEqualTo(new int[][] {{1, 0}, {1, 1}});
    }

    @Test
    void take_the_first_of_equal_probabilities() {
        assertThat(Metrics.of(Dataset.oneHot(new int[] {1}, 2), Nd4j.createFromArray(new double[][] {{0.5, 0.5}})).accuracy()).isZero();
    }

    @Test
    void count_a_class_that_is_never_predicted_with_precision_zero() {
        assertThat(of(new int[] {0, 1}, new int[] {0, 0}, 2).macroPrecision()).isEqualTo(0.25);
    }

    @Test
    void leave_out_a_class_that_does_not_occur() {
        assertThat(of(new int[] {0, 1}, new int[] {0, 1}, 5).macroPrecision()).isEqualTo(1);
        assertThat(of(new int[] {0, 1}, new int[] {0, 1}, 5).macroRecall()).isEqualTo(1);
    }

    @Test
    void refuse_probabilities_that_are_NaN() {
        assertThatThrownBy(() -> Metrics.of(Dataset.oneHot(new int[] {0}, 2), Nd4j.createFromArray(new double[][] {{Double.NaN, 1}})))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("probabilities", "finite", "NaN", "[0, 0]");
    }
}
