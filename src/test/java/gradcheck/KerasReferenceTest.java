package gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import gradcheck.check.FiniteDifference;
import gradcheck.check.StepSweep;
import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.data.KerasStart;
import gradcheck.model.CrossEntropy;
import gradcheck.model.KerasCrossEntropy;
import gradcheck.model.LogisticRegression;
import gradcheck.model.Loss;
import gradcheck.model.SoftmaxRegression;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The figures that Keras and NumPy gave for thirty random starts on Iris. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KerasReferenceTest {
    private static final double STEP = 1e-7;
    private static final Dataset IRIS = Datasets.iris().withBias();
    private static final INDArray X = IRIS.features();
    private static final INDArray Y = IRIS.labels();
    private static List<JsonNode> runs;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream file = KerasReferenceTest.class.getResourceAsStream("/gradcheck/keras-runs.json")) {
            runs = StreamSupport.stream(new ObjectMapper().readTree(file).get("runs").spliterator(), false).toList();
        }
        assertThat(runs).hasSize(30);
    }

    @Test
    void the_table_that_ships_with_the_library_holds_the_same_figures() {
        List<KerasStart> starts = KerasStart.all();
        assertThat(starts).hasSameSizeAs(runs);
        for (int i = 0; i < runs.size(); i++) {
            JsonNode softmax = runs.get(i).get("softmax");
            JsonNode binary = runs.get(i).get("binary");
            KerasStart start = starts.get(i);
            assertThat(start.seed()).isEqualTo(runs.get(i).get("seed").asInt());
            assertThat(start.clippedRows()).isEqualTo(softmax.get("clippedRows").asInt());
            assertThat(start.float32Loss()).isEqualTo(softmax.get("float32").get("loss").asDouble());
            assertThat(start.float32Error()).isEqualTo(softmax.get("float32").get("relativeError").asDouble());
            assertThat(start.float64Loss()).isEqualTo(softmax.get("float64").get("loss").asDouble());
            assertThat(start.float64Error()).isEqualTo(softmax.get("float64").get("relativeError").asDouble());
            assertThat(start.binaryLoss()).isEqualTo(binary.get("loss").asDouble());
            assertThat(start.binaryError()).isEqualTo(binary.get("relativeError").asDouble());
            assertThat(start.weights().toDoubleMatrix()).isDeepEqualTo(matrix(softmax.get("weights")));
            assertThat(start.binaryWeights().toDoubleMatrix()).isDeepEqualTo(matrix(binary.get("weights")));
        }
    }

    @Test
    void the_losses_are_those_of_Keras_in_float32_and_in_float64() {
        for (JsonNode run : runs) {
            JsonNode softmax = run.get("softmax");
            INDArray logits = X.mmul(weights(softmax));
            double single = softmax.get("float32").get("loss").asDouble();
            double full = softmax.get("float64").get("loss").asDouble();
            assertThat(keras(DataType.FLOAT).value(Y, logits)).isCloseTo(single, within(1e-6 * single));
            assertThat(keras(DataType.DOUBLE).value(Y, logits)).isCloseTo(full, within(1e-13 * full));
        }
    }

    @Test
    void the_softmax_gradients_agree() {
        for (JsonNode run : runs) {
            JsonNode softmax = run.get("softmax");
            INDArray gradient = new SoftmaxRegression(weights(softmax)).gradient(X, Y).only();
            assertThat(FiniteDifference.relativeError(gradient, array(softmax.get("gradient")))).isLessThan(1e-12);
        }
    }

    @Test
    void the_binary_losses_and_gradients_agree() {
        Dataset two = IRIS.onlyClasses(0, 1);
        for (JsonNode run : runs) {
            JsonNode binary = run.get("binary");
            LogisticRegression model = new LogisticRegression(weights(binary));
            double loss = binary.get("loss").asDouble();
            assertThat(model.loss(two.features(), two.labels())).isCloseTo(loss, within(1e-12 * loss));
            assertThat(FiniteDifference.relativeError(model.gradient(two.features(), two.labels()).only(),
                    array(binary.get("gradient")))).isLessThan(1e-12);
        }
    }

    @Test
    void the_clipped_rows_are_counted_as_Keras_clips_them() {
        for (JsonNode run : runs) {
            INDArray logits = X.mmul(weights(run.get("softmax")));
            assertThat(new KerasCrossEntropy(DataType.DOUBLE).clippedRows(Y, logits))
                    .isEqualTo(run.get("softmax").get("clippedRows").asInt());
        }
    }

    @Test
    void in_float64_the_check_passes_where_no_row_is_clipped_and_fails_as_in_Keras_where_rows_are() {
        int clipped = 0;
        for (JsonNode run : runs) {
            double error = error(run, keras(DataType.DOUBLE));
            if (run.get("softmax").get("clippedRows").asInt() == 0) {
                assertThat(error).isLessThan(3e-9);
            } else {
                clipped++;
                assertThat(error).isCloseTo(run.get("softmax").get("float64").get("relativeError").asDouble(),
                        withinPercentage(1e-3));
            }
        }
        assertThat(clipped).isEqualTo(2);
    }

    @Test
    void from_logits_in_float64_the_check_passes_on_every_start() {
        for (JsonNode run : runs) {
            assertThat(error(run, new CrossEntropy())).isLessThan(5e-9);
        }
    }

    @Test
    void in_float32_the_check_of_a_right_gradient_fails_on_every_start() {
        double[] errors = runs.stream().mapToDouble(run -> error(run, keras(DataType.FLOAT))).sorted().toArray();
        assertThat(Arrays.stream(errors)).allMatch(error -> error > 0.08 && error <= 1.0);
        assertThat((errors[14] + errors[15]) / 2).isBetween(0.25, 0.40);
    }

    @Test
    void the_error_falls_with_truncation_and_rises_with_round_off_in_the_slopes_of_the_theory() {
        for (JsonNode run : runs.subList(2, 5)) {
            assertThat(sweep(run, FiniteDifference::central, new CrossEntropy()).slope(1e-4, 1e-2)).isCloseTo(2, within(0.1));
            assertThat(sweep(run, FiniteDifference::fourPoint, new CrossEntropy()).slope(1e-2, 1e-1)).isCloseTo(4, within(0.2));
            assertThat(sweep(run, FiniteDifference::central, new CrossEntropy()).slope(1e-12, 1e-7)).isCloseTo(-1, within(0.1));
            assertThat(sweep(run, FiniteDifference::central, keras(DataType.FLOAT)).slope(1e-6, 1e-3)).isCloseTo(-1, within(0.1));
        }
    }

    private static StepSweep sweep(JsonNode run, StepSweep.Formula formula, Loss loss) {
        INDArray gradient = new SoftmaxRegression(weights(run.get("softmax"))).gradient(X, Y).only();
        return StepSweep.of(formula, w -> loss.value(Y, X.mmul(w)), weights(run.get("softmax")), gradient, StepSweep.steps(-12, -1, 8));
    }

    @Test
    void a_gradient_without_the_division_by_m_fails_in_float64() {
        for (JsonNode run : runs) {
            SoftmaxRegression model = new SoftmaxRegression(weights(run.get("softmax")));
            INDArray numeric = numeric(run, new CrossEntropy());
            assertThat(FiniteDifference.relativeError(model.gradient(X, Y).only().mul(150), numeric)).isGreaterThan(0.98);
        }
    }

    private static double error(JsonNode run, Loss loss) {
        INDArray gradient = new SoftmaxRegression(weights(run.get("softmax"))).gradient(X, Y).only();
        return FiniteDifference.relativeError(gradient, numeric(run, loss));
    }

    private static INDArray numeric(JsonNode run, Loss loss) {
        return FiniteDifference.central(w -> loss.value(Y, X.mmul(w)), weights(run.get("softmax")), STEP);
    }

    private static KerasCrossEntropy keras(DataType type) {
        return new KerasCrossEntropy(type);
    }

    private static INDArray weights(JsonNode model) {
        return array(model.get("weights"));
    }

    private static INDArray array(JsonNode rows) {
        return Nd4j.createFromArray(matrix(rows));
    }

    private static double[][] matrix(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> StreamSupport.stream(row.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray())
                .toArray(double[][]::new);
    }
}
