package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GradientDescentTest {
    private static final Dataset THREE = Datasets.iris().withBias();
    private static final Dataset TWO = THREE.onlyClasses(0, 1);

    @Test
    void trains_softmax_regression_on_iris_to_an_accuracy_of_97_percent() {
        Model model = new SoftmaxRegression(Weights.normal(5, 3, 1));
        Training training = new GradientDescent(0.1, 1000).train(model, THREE.features(), THREE.labels());
        assertThat(training.lastAccuracy()).isGreaterThanOrEqualTo(0.97);
        assertThat(training.losses()).hasSize(1001);
        assertThat(training.lastLoss()).isEqualTo(model.loss(THREE.features(), THREE.labels()));
    }

    @Test
    void separates_two_species_completely() {
        Model model = new LogisticRegression(Weights.normal(5, 1, 1));
        assertThat(new GradientDescent(0.1, 200).train(model, TWO.features(), TWO.labels()).lastAccuracy()).isEqualTo(1);
    }

    @Test
    void moves_the_weights_by_the_learning_rate_times_the_gradient() {
        INDArray weights = Weights.normal(5, 3, 2);
        Model model = new SoftmaxRegression(weights);
        INDArray expected = weights.sub(model.gradient(THREE.features(), THREE.labels()).only().mul(0.1));
        new GradientDescent(0.1, 1).train(model, THREE.features(), THREE.labels());
        assertThat(Parameters.of("W", model.parameters().only())).isEqualTo(Parameters.of("W", expected));
    }

    @Test
    void leaves_the_weights_bit_for_bit_as_they_were_when_the_loss_overflows() {
        Model model = new SoftmaxRegression(Weights.normal(5, 3, 1), new ProbabilityCrossEntropy());
        Parameters before = model.parameters().copy();
        assertThatThrownBy(() -> new GradientDescent(1e4, 100).train(model, THREE.features(), THREE.labels()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("learningRate", "10000.0", "smaller");
        assertThat(model.parameters()).isEqualTo(before);
    }

    @Test
    void refuses_a_learning_rate_that_is_not_above_zero() {
        for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GradientDescent(rate, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("learningRate", String.valueOf(rate));
        }
        assertThatThrownBy(() -> new GradientDescent(0.1, 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("steps");
    }

    @Test
    void when_interrupted_ends_after_the_step_at_hand_and_keeps_what_was_learnt() {
        Model model = new SoftmaxRegression(Weights.normal(5, 3, 1));
        Model three = new SoftmaxRegression(Weights.normal(5, 3, 1));
        Training seen = new GradientDescent(0.1, 1000).train(new InterruptingModel(model, 3), THREE.features(), THREE.labels());
        assertThat(Thread.interrupted()).isTrue();
        Training expected = new GradientDescent(0.1, 3).train(three, THREE.features(), THREE.labels());
        assertThat(seen.losses()).isEqualTo(expected.losses()).hasSize(4);
        assertThat(seen.accuracies()).isEqualTo(expected.accuracies());
        assertThat(model.parameters()).isEqualTo(three.parameters());
    }

    @Test
    void of_an_interrupted_thread_looks_at_the_model_and_takes_no_step() {
        Model model = new SoftmaxRegression(Weights.normal(5, 3, 1));
        Thread.currentThread().interrupt();
        Training seen = new GradientDescent(0.1, 1000).train(model, THREE.features(), THREE.labels());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen.losses()).containsExactly(model.loss(THREE.features(), THREE.labels()));
        assertThat(model.parameters().only()).isEqualTo(Weights.normal(5, 3, 1));
    }
}
