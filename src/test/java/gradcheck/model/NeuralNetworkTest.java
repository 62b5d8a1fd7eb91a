package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.check.FiniteDifference;
import gradcheck.check.GradientCheck;
import gradcheck.check.GradientReport;
import gradcheck.check.PlantedBug;
import gradcheck.check.TensorReport;
import gradcheck.check.Verdict;
import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NeuralNetworkTest {
    private static final Dataset DIGITS = Datasets.digits().rows(0, 60);
    private static final INDArray X = DIGITS.features();
    private static final INDArray Y = DIGITS.labels();

    private static Parameters tensors(Object... namesAndTensors) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            tensors.put((String) namesAndTensors[i], (INDArray) namesAndTensors[i + 1]);
        }
        return new Parameters(tensors);
    }

    /** One feature, one hidden unit, one output: everything can be done on paper. */
    private static NeuralNetwork tiny(Activation hidden, double decay) {
        return new NeuralNetwork(tensors("V", Nd4j.createFromArray(new double[][] {{2}}), "c", Nd4j.createFromArray(-1.0),
                "U", Nd4j.createFromArray(new double[][] {{3}}), "d", Nd4j.createFromArray(0.5)), hidden, new CrossEntropy(), decay);
    }

    @Nested
    class Its_arithmetic {
        private final INDArray x = Nd4j.createFromArray(new double[][] {{1}});
        private final INDArray y = Nd4j.createFromArray(new double[][] {{0}});

        @Test
        void is_that_of_paper_and_pencil() {
            // z = 2 * 1 - 1 = 1, a = max(0, 1) = 1, logit = 3 * 1 + 0.5
            double p = 1 / (1 + Math.exp(-3.5));
            NeuralNetwork network = tiny(Activation.RELU, 0);
            assertThat(network.predict(x).getDouble(0)).isCloseTo(p, within(1e-15));
            assertThat(network.loss(x, y)).isCloseTo(-Math.log(1 - p), within(1e-14));
            assertThat(network.gradient(x, y).flatten().toDoubleVector()).containsExactly(new double[] {3 * p, 3 * p, p, p}, within(1e-14));
        }

        @Test
        void uses_the_slope_of_each_activation() {
            double tanh = Math.tanh(1);
            double sigmoid = 1 / (1 + Math.exp(-1));
            Map<Activation, double[]> outputAndSlope = Map.of(Activation.TANH, new double[] {tanh, 1 - tanh * tanh},
                    Activation.SIGMOID, new double[] {sigmoid, sigmoid * (1 - sigmoid)}, Activation.RELU, new double[] {1, 1});
            outputAndSlope.forEach((hidden, a) -> {
                double p = 1 / (1 + Math.exp(-(3 * a[0] + 0.5)));
                assertThat(tiny(hidden, 0).gradient(x, y).flatten().toDoubleVector())
                        .containsExactly(new double[] {3 * p * a[1], 3 * p * a[1], p * a[0], p}, within(1e-14));
            });
        }

        @Test
        void adds_half_the_decay_times_the_squares_of_the_matrices_and_of_no_bias() {
            assertThat(tiny(Activation.TANH, 0.1).loss(x, y) - tiny(Activation.TANH, 0).loss(x, y))
                    .isCloseTo(0.05 * (4 + 9), within(1e-14));
            INDArray more = tiny(Activation.TANH, 0.1).gradient(x, y).flatten().subi(tiny(Activation.TANH, 0).gradient(x, y).flatten());
            assertThat(more.toDoubleVector()).containsExactly(new double[] {0.2, 0, 0.3, 0}, within(1e-14));
        }

        @Test
        void has_a_tanh_within_two_ulps_of_one_of_that_of_Java() {
            Arithmetic a = new Arithmetic(DataType.DOUBLE);
            for (double z = -25; z <= 25; z += 1.0 / 512) {
                assertThat(a.tanh(z)).isCloseTo(Math.tanh(z), within(4.5e-16));
            }
            assertThat(a.tanh(Double.NaN)).isNaN();
            assertThat(a.tanh(1e300)).isEqualTo(1);
            assertThat(a.tanh(-1e300)).isEqualTo(-1);
        }

        @Test
        void without_a_hidden_layer_is_softmax_regression_with_a_bias() {
            Parameters weights = Weights.layers(1, 64, 10);
            weights.get("b1").assign(Nd4j.linspace(DataType.DOUBLE, -1, 0.2, 10));
            INDArray stacked = Nd4j.vstack(weights.get("b1").reshape(1, 10), weights.get("W1"));
            SoftmaxRegression softmax = new SoftmaxRegression(stacked);
            assertThat(new NeuralNetwork(weights, Activation.TANH).loss(X, Y))
                    .isCloseTo(softmax.loss(DIGITS.withBias().features(), Y), within(1e-14));
        }

        @Test
        void does_not_care_in_which_order_the_hidden_units_stand() {
            Parameters weights = Weights.layers(1, 64, 3, 10);
            int[] turned = {2, 0, 1};
            Parameters other = tensors("W1", weights.get("W1").getColumns(turned), "b1", weights.get("b1"),
                    "W2", weights.get("W2").getRows(turned), "b2", weights.get("b2"));
            assertThat(new NeuralNetwork(other, Activation.SIGMOID).loss(X, Y))
                    .isCloseTo(new NeuralNetwork(weights, Activation.SIGMOID).loss(X, Y), within(1e-14));
        }

        @Test
        void in_float32_gives_float32_numbers_near_those_of_float64() {
            Parameters weights = Weights.layers(1, 64, 8, 10);
            Map<String, INDArray> floats = new LinkedHashMap<>();
            weights.names().forEach(name -> floats.put(name, weights.get(name).castTo(DataType.FLOAT)));
            double loss = new NeuralNetwork(new Parameters(floats), Activation.TANH)
                    .loss(X.castTo(DataType.FLOAT), Y.castTo(DataType.FLOAT));
            assertThat(loss).isEqualTo((float) loss).isCloseTo(new NeuralNetwork(weights, Activation.TANH).loss(X, Y), within(1e-5));
        }
    }

    @Nested
    class Its_gradient {
        private static Stream<int[]> shapes() {
            return Stream.of(new int[] {64, 10}, new int[] {64, 12, 10}, new int[] {64, 8, 6, 10}, new int[] {64, 5, 5, 5, 10});
        }

        private static double error(NeuralNetwork network, INDArray x, INDArray y) {
            Parameters gradient = network.gradient(x, y);
            Parameters weights = network.parameters();
            INDArray at = weights.flatten();
            INDArray numeric = FiniteDifference.central(w -> {
                weights.assign(w);
                return network.loss(x, y);
            }, at, 1e-5);
            weights.assign(at);
            return FiniteDifference.relativeError(gradient.flatten(), numeric);
        }

        @ParameterizedTest
        @EnumSource(Activation.class)
        void is_right_at_any_depth(Activation hidden) {
            shapes().forEach(sizes -> {
                Parameters weights = Weights.layers(1, sizes);
                // Without biases a layer behind dead rectifiers sits on its kink in many rows.
                weights.names().stream().filter(name -> name.startsWith("b")).forEach(name -> weights.get(name).assign(0.1));
                NeuralNetwork network = new NeuralNetwork(weights, hidden, new CrossEntropy(), 0.01);
                assertThat(error(network, X, Y)).as(Arrays.toString(sizes)).isLessThan(1e-8);
            });
        }

        @Test
        void is_right_in_a_binary_network() {
            Dataset two = DIGITS.onlyClasses(3, 8);
            NeuralNetwork network = new NeuralNetwork(Weights.layers(1, 64, 6, 1), Activation.TANH);
            assertThat(error(network, two.features(), two.labels())).isLessThan(1e-8);
        }

        @Test
        void is_told_from_bugs_planted_in_each_layer() {
            NeuralNetwork network = new NeuralNetwork(Weights.layers(1, 64, 8, 6, 10), Activation.TANH);
            for (String name : network.parameters().names()) {
                GradientReport report = GradientCheck.of(network, X, Y).everyParameter().check(w -> {
                    Parameters gradient = network.gradient(X, Y);
                    gradient.get(name).muli(1.0005);
                    return gradient;
                });
                assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
                assertThat(report.tensors()).filteredOn(t -> t.verdict() == Verdict.WRONG).extracting(TensorReport::name)
                        .containsExactly(name);
            }
        }

        @Test
        void is_told_from_every_bug_of_the_catalogue() {
            NeuralNetwork network = new NeuralNetwork(Weights.layers(1, 64, 8, 10), Activation.TANH, new CrossEntropy(), 0.01);
            network.parameters().get("b1").assign(0.1);
            for (PlantedBug bug : PlantedBug.values()) {
                GradientReport report = GradientCheck.of(network, X, Y).everyParameter().check(bug.in(w -> network.gradient(X, Y), 60));
                assertThat(report.verdict()).as(bug + "\n" + report).isEqualTo(Verdict.WRONG);
                assertThat(report.findings().get(0).kind()).as(bug + "\n" + report).isEqualTo(bug.expected());
            }
        }
    }

    @Nested
    class Bad_input_is_refused {
        private static void refused(ThrowingCallable call, String... parts) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
        }

        @Test
        void where_the_tensors_are_no_chain_of_layers() {
            INDArray w = Nd4j.ones(DataType.DOUBLE, 4, 3);
            INDArray b = Nd4j.ones(DataType.DOUBLE, 3);
            refused(() -> new NeuralNetwork(tensors("W1", w), Activation.TANH), "a matrix and a vector for each layer", "[W1]");
            refused(() -> new NeuralNetwork(tensors("W1", w, "b1", b, "W2", w, "b2", b), Activation.TANH), "W2",
                    "each of the 3 outputs", "4 rows");
            refused(() -> new NeuralNetwork(tensors("W1", w, "b1", Nd4j.ones(DataType.DOUBLE, 4)), Activation.TANH), "b1", "[3]", "[4]");
            INDArray infinite = b.dup();
            infinite.putScalar(2, Double.POSITIVE_INFINITY);
            refused(() -> new NeuralNetwork(tensors("W1", w, "b1", infinite), Activation.TANH), "b1", "Infinity at [2]");
        }

        @Test
        void where_a_choice_is_missing_or_out_of_range() {
            Parameters weights = Weights.layers(1, 64, 3, 10);
            refused(() -> new NeuralNetwork(null, Activation.TANH), "weights", "null");
            refused(() -> new NeuralNetwork(weights, null), "hidden", "null");
            refused(() -> new NeuralNetwork(weights, Activation.TANH, null), "loss", "null");
            refused(() -> new NeuralNetwork(weights, Activation.TANH, new CrossEntropy(), -1), "decay", "-1");
            refused(() -> Weights.layers(1, 64), "sizes", "[64]");
            refused(() -> Weights.layers(1, 64, 0, 10), "sizes", "[64, 0, 10]");
        }

        @Test
        void where_the_data_do_not_fit() {
            NeuralNetwork network = new NeuralNetwork(Weights.layers(1, 64, 3, 10), Activation.TANH);
            refused(() -> network.loss(DIGITS.withBias().features(), Y), "features", "[60, 64]", "[60, 65]");
            refused(() -> network.loss(X, Y.getColumns(0, 1)), "labels", "[60, 10]", "[60, 2]");
            refused(() -> network.fastLoss(X, Y.getColumns(0, 1)), "labels", "[60, 10]", "[60, 2]");
            INDArray infinite = X.dup();
            infinite.putScalar(3, 5, Double.POSITIVE_INFINITY);
            refused(() -> network.loss(infinite, Y), "features", "Infinity at [3, 5]");
            network.parameters().get("W2").putScalar(1, 2, Double.NaN);
            refused(() -> network.predict(X), "W2", "NaN at [1, 2]");
        }
    }

    @Test
    void copies_the_weights_it_is_given() {
        Parameters weights = Weights.layers(1, 64, 3, 10);
        NeuralNetwork network = new NeuralNetwork(weights, Activation.TANH);
        network.parameters().get("W1").addi(1);
        assertThat(weights).isEqualTo(Weights.layers(1, 64, 3, 10));
        assertThat(List.copyOf(network.parameters().names())).containsExactly("W1", "b1", "W2", "b2");
    }
}
