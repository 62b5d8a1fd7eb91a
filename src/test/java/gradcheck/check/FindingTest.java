package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradcheck.check.Finding.Kind;
import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.data.KerasStart;
import gradcheck.model.Activation;
import gradcheck.model.KerasCrossEntropy;
import gradcheck.model.NeuralNetwork;
import gradcheck.model.Parameters;
import gradcheck.model.SoftmaxRegression;
import gradcheck.model.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each finding where it belongs, and a case close by where it must not appear. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FindingTest {
    private static final Dataset IRIS = Datasets.iris().withBias();
    private static final INDArray X = IRIS.features();
    private static final INDArray Y = IRIS.labels();
    private static final SoftmaxRegression MODEL = new SoftmaxRegression(KerasStart.all().get(0).weights());
    private static final Case DEEP = Case.of(Case.Kind.TANH, Case.Start.SMALL, Numbers.DOUBLE, 0, 0, 3);
    private static final Case DECAYED = Case.of(Case.Kind.SOFTMAX, Case.Start.SMALL, Numbers.DOUBLE, 0.01, 0, 3);

    private static GradientReport model(UnaryOperator<INDArray> change) {
        return GradientCheck.of(MODEL, X, Y).check(w -> Parameters.of("W", change.apply(MODEL.gradient(X, Y).only())));
    }

    private static GradientReport planted(Case c, PlantedBug bug) {
        return bugged(c, bug == null ? w -> c.right(w) : bug.in(w -> c.right(w), c.data.x().length));
    }

    private static GradientReport bugged(Case c, UnaryOperator<Parameters> gradient) {
        return GradientCheck.of((Parameters w) -> c.loss(w), c.tensors()).check(gradient);
    }

    private static INDArray array(double... values) {
        return Nd4j.create(values);
    }

    private static GradientReport function(ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double... at) {
        return GradientCheck.of(w -> loss.applyAsDouble(w.toDoubleVector()),
                array(at)).check(w -> array(gradient.apply(w.toDoubleVector())));
    }

    private static void finds(GradientReport report, Verdict verdict, Kind kind, String... evidence) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.findings()).as(report.toString()).extracting(Finding::kind).contains(kind);
        Finding finding = report.findings().stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
        List.of(evidence).forEach(words -> assertThat(finding.message()).contains(words));
        assertThat(finding.cure()).endsWith(".").doesNotContain("\n");
    }

    private static void findsNot(GradientReport report, Kind kind) {
        assertThat(report.findings()).as(report.toString()).extracting(Finding::kind).doesNotContain(kind);
    }

    private static void isRight(GradientReport report) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void a_constant_factor_is_told_and_the_number_of_rows_recognised() {
        finds(model(g -> g.mul(150)), Verdict.WRONG, Kind.FACTOR, "1/150", "1/m is missing", "m = 150 rows");
        finds(model(g -> g.div(150)), Verdict.WRONG, Kind.FACTOR, "150", "once too often");
        finds(model(g -> g.mul(1.6)), Verdict.WRONG, Kind.FACTOR, "0.625");
        isRight(model(g -> g.mul(1 + 1e-13)));
    }

    @Test
    void a_wrong_sign_is_told_but_not_where_one_column_alone_has_it() {
        finds(model(INDArray::neg), Verdict.WRONG, Kind.SIGN, "W");
        GradientReport column = planted(DEEP, PlantedBug.COLUMN_FLIPPED);
        finds(column, Verdict.WRONG, Kind.COLUMN, "W1 column 1", "wrong sign");
        findsNot(column, Kind.SIGN);
    }

    @Test
    void a_forgotten_bias_is_told_but_not_a_gradient_that_is_zero_by_right() {
        finds(planted(DEEP, PlantedBug.BIAS_MISSING), Verdict.WRONG, Kind.MISSING, "b2 is missing");
        isRight(function(w -> w[0] * w[0] + 0 * w[1], w -> new double[] {2 * w[0], 0}, 1.5, 0.5));
    }

    @Test
    void a_tensor_of_zeros_on_its_kinks_is_right_with_a_kink_but_not_one_that_was_forgotten() {
        // All weights into rectifiers are zero, so each of them sits on its kink in every row.
        Parameters onKink = Weights.layers(1, 5, 4, 3);
        onKink.get("W1").assign(0);
        onKink.get("b2").assign(Nd4j.createFromArray(0.3, 0.0, -0.2));
        GradientCheck<Parameters> check = GradientCheck.of(new NeuralNetwork(onKink, Activation.RELU), X, Y);
        finds(check.directions().check(), Verdict.RIGHT, Kind.KINK, "W1");
        finds(check.everyParameter().check(), Verdict.RIGHT, Kind.KINK, "W1");
        GradientReport forgotten = GradientCheck.of((Parameters w) -> new NeuralNetwork(w, Activation.RELU).loss(X, Y), onKink).check(w -> {
            Parameters g = new NeuralNetwork(w, Activation.RELU).gradient(X, Y);
            g.get("W1").assign(0);
            return g;
        });
        assertThat(forgotten.verdict()).isNotEqualTo(Verdict.RIGHT);
        onKink.get("b1").assign(0.1);
        isRight(GradientCheck.of(new NeuralNetwork(onKink, Activation.RELU), X, Y).directions().check());
    }

    @Test
    void one_entry_is_named_with_both_values_but_not_where_a_row_is_wrong() {
        finds(planted(DEEP, PlantedBug.ENTRY_THOUSANDTH), Verdict.WRONG, Kind.ENTRY, "W1 [0, 0]", "the gradient says",
                "the loss");
        GradientReport row = planted(DEEP, PlantedBug.ROW_DOUBLED);
        finds(row, Verdict.WRONG, Kind.ROW, "W1 row 1", "1/2");
        findsNot(row, Kind.ENTRY);
    }

    @Test
    void a_column_is_named_and_two_columns_each_with_its_own_factor() {
        finds(model(g -> {
            g.getColumn(2).muli(3);
            return g;
        }), Verdict.WRONG, Kind.COLUMN, "W column 2", "1/3");
        GradientReport two = model(g -> {
            g.getColumn(1).muli(2);
            g.getColumn(2).muli(3);
            return g;
        });
        finds(two, Verdict.WRONG, Kind.COLUMN, "W column 1", "1/2");
        assertThat(two.findings()).extracting(Finding::message).anyMatch(says -> says.contains("W column 2") && says.contains("1/3"));
    }

    @Test
    void a_transposed_matrix_is_told_but_not_one_that_is_symmetric() {
        finds(planted(DEEP, PlantedBug.TRANSPOSED), Verdict.WRONG, Kind.TRANSPOSED, "W1", "6 x 4");
        ToDoubleFunction<INDArray> squares = w -> w.mul(w).sumNumber().doubleValue() / 2;
        INDArray symmetric = Nd4j.createFromArray(new double[][] {{1, 2}, {2, -1}});
        isRight(GradientCheck.of(squares, symmetric).check(w -> w.transpose()));
    }

    @Test
    void a_penalty_too_few_or_too_many_is_told_with_its_size() {
        finds(planted(DECAYED, PlantedBug.REGULARISATION_MISSING), Verdict.WRONG, Kind.REGULARISATION_MISSING,
                "lacks the term 0.01000 w");
        finds(planted(DECAYED, PlantedBug.REGULARISATION_DOUBLED), Verdict.WRONG, Kind.REGULARISATION_EXTRA,
                "0.01000 w too much");
        isRight(planted(DECAYED, null));
    }

    @Test
    void the_numbers_of_another_tensor_are_recognised_but_not_in_the_other_tensor() {
        GradientReport report = planted(DEEP, PlantedBug.OTHER_TENSOR);
        finds(report, Verdict.WRONG, Kind.OTHER_TENSOR, "b1 holds the gradient of b2");
        assertThat(report.tensors()).filteredOn(t -> t.verdict() == Verdict.WRONG).extracting(TensorReport::name)
                .containsExactly("b1");
    }

    @Test
    void a_wrong_backward_pass_is_told_from_the_gradient_of_another_function() {
        GradientReport backward = planted(DEEP, PlantedBug.BACKWARD_PASS);
        finds(backward, Verdict.WRONG, Kind.BACKWARD_PASS, "W1", "b1", "Right: W2, b2");
        findsNot(backward, Kind.OTHER_FUNCTION);
        GradientReport product = planted(DEEP, PlantedBug.OWN_PRODUCT);
        finds(product, Verdict.WRONG, Kind.OWN_PRODUCT, "W1", "Right: b1, W2, b2");
        findsNot(product, Kind.BACKWARD_PASS);
        GradientReport other = planted(DEEP, PlantedBug.OTHER_FUNCTION);
        finds(other, Verdict.WRONG, Kind.OTHER_FUNCTION, "No simple law");
        findsNot(other, Kind.BACKWARD_PASS);
    }

    @Test
    void an_array_that_disagrees_is_not_called_wrong_and_one_that_agrees_is_right() {
        Parameters gradient = MODEL.gradient(X, Y);
        GradientReport report = GradientCheck.of(MODEL, X, Y).check(Parameters.of("W", gradient.only().mul(150)));
        finds(report, Verdict.CANNOT_TELL, Kind.NO_FUNCTION);
        finds(report, Verdict.CANNOT_TELL, Kind.FACTOR, "1/150");
        assertThat(report.findings().get(0).cure()).contains("check(w -> gradient(w))");
        isRight(GradientCheck.of(MODEL, X, Y).check(gradient));
    }

    @Test
    void clipped_rows_are_told_where_there_are_some() {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            GradientReport clipped = GradientCheck.of(new SoftmaxRegression(KerasStart.all().get(1).weights(),
                    new KerasCrossEntropy(type)), X, Y).check();
            finds(clipped, Verdict.CANNOT_TELL, Kind.SATURATED, "entries", "times as large");
            findsNot(GradientCheck.of(new SoftmaxRegression(KerasStart.all().get(0).weights(), new KerasCrossEntropy(type)),
                    X, Y).check(),
                    Kind.SATURATED);
        }
    }

    @Test
    void a_kink_at_the_weights_is_told_but_not_one_beside_them() {
        UnaryOperator<double[]> slopes = w -> new double[] {w[0] >= 0 ? 1 : -1, 2 * w[1]};
        finds(function(w -> Math.abs(w[0]) + w[1] * w[1], slopes, 0, 1), Verdict.RIGHT, Kind.KINK, "weights [0]", "-1.00000 to the left",
                "1.00000 to the right", "between them");
        finds(function(w -> Math.abs(w[0]) + w[1] * w[1], w -> new double[] {w[0] == 0 ? 1.5 : Math.signum(w[0]), 2 * w[1]}, 0, 1),
                Verdict.WRONG, Kind.KINK, "not between them");
        isRight(function(w -> Math.abs(w[0]) + w[1] * w[1], slopes, 0.01, 1));
    }

    @Test
    void a_loss_too_coarse_for_a_tensor_is_told() {
        UnaryOperator<double[]> slopes = w -> new double[] {1, 1e-5 * Math.cos(w[1])};
        ToDoubleFunction<double[]> loss = w -> w[0] + 1e-5 * Math.sin(w[1]);
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        tensors.put("a", array(1.5));
        tensors.put("b", array(0.7));
        Parameters at = new Parameters(tensors);
        ToDoubleFunction<Parameters> rounded = p -> (float) loss.applyAsDouble(p.flatten().toDoubleVector());
        UnaryOperator<Parameters> gradient = p -> p.like(slopes.apply(p.flatten().toDoubleVector()));
        finds(GradientCheck.of(rounded, at).check(gradient), Verdict.CANNOT_TELL, Kind.TOO_COARSE, "b", "bits");
        isRight(GradientCheck.of(p -> loss.applyAsDouble(p.flatten().toDoubleVector()), at).check(gradient));
    }

    @Test
    void a_float32_or_quantised_loss_is_told_by_its_bits_but_not_a_double_one() {
        ToDoubleFunction<double[]> loss = w -> Math.exp(w[0]) + w[1] * w[1];
        UnaryOperator<double[]> slopes = w -> new double[] {Math.exp(w[0]), 2 * w[1]};
        GradientReport single = function(w -> (float) loss.applyAsDouble(w), slopes, 0.3, 0.7);
        finds(single, Verdict.RIGHT, Kind.COARSE_LOSS, "bits (a float32 result)");
        assertThat(single.noise().bits()).isBetween(23.0, 27.0);
        GradientReport quantised = function(w -> Math.rint(loss.applyAsDouble(w) * 1e7) / 1e7, slopes, 0.3, 0.7);
        finds(quantised, Verdict.RIGHT, Kind.COARSE_LOSS, "another rounding inside");
        isRight(function(loss, slopes, 0.3, 0.7));
    }

    @Test
    void a_step_that_causes_the_error_is_told_but_not_one_that_does_not() {
        SoftmaxRegression single = new SoftmaxRegression(KerasStart.all().get(0).weights(),
                new KerasCrossEntropy(DataType.FLOAT));
        finds(GradientCheck.of(single, X, Y).step(1e-7).check(), Verdict.CANNOT_TELL, Kind.STEP, "1e-07",
                "this step alone can cause");
        isRight(GradientCheck.of(MODEL, X, Y).step(1e-5).check());
    }

    @Test
    void a_loss_that_is_not_deterministic_is_told_but_not_one_with_a_fixed_seed() {
        Random random = new Random(1);
        UnaryOperator<double[]> slopes = w -> new double[] {2 * w[0]};
        finds(function(w -> w[0] * w[0] * (random.nextBoolean() ? 1 : 1.2), slopes, 2), Verdict.CANNOT_TELL,
                Kind.NOT_DETERMINISTIC, "differ by");
        for (double momentum : new double[] {-0.7, 0.3, 0.9, 0.99}) {
            double[] kept = {0};
            GradientReport drifting = function(w -> {
                kept[0] = momentum * kept[0] + (1 - momentum) * w[0];
                return w[0] * w[0] + kept[0];
            }, slopes, 2);
            finds(drifting, Verdict.CANNOT_TELL, Kind.NOT_DETERMINISTIC, "settle");
            assertThat(drifting.findings().get(0).cure()).startsWith("Reset what is kept");
        }
        isRight(function(w -> w[0] * w[0] * (new Random(1).nextBoolean() ? 1 : 2),
                w -> new double[] {new Random(1).nextBoolean() ? 2 * w[0] : 4 * w[0]}, 2));
    }

    @Test
    void a_constant_loss_is_told_but_not_one_that_uses_a_single_weight() {
        finds(function(w -> 3, w -> new double[] {1, 1}, 2, 3), Verdict.CANNOT_TELL, Kind.CONSTANT, "3.00000 all around");
        isRight(function(w -> w[1] * w[1], w -> new double[] {0, 2 * w[1]}, 2, 3));
    }

    @Test
    void a_gradient_at_noise_level_is_told_but_not_one_beside_the_minimum() {
        UnaryOperator<double[]> slopes = w -> new double[] {2 * (w[0] - 1)};
        finds(function(w -> 5 + (w[0] - 1) * (w[0] - 1), slopes, 1), Verdict.CANNOT_TELL, Kind.VANISHING);
        isRight(function(w -> 5 + (w[0] - 1) * (w[0] - 1), slopes, 1.01));
    }

    @Test
    void where_the_gradient_vanishes_random_weights_nearby_show_what_is_wrong() {
        ToDoubleFunction<double[]> loss = w -> 5 + (w[0] - 1) * (w[0] - 1) + (w[1] - 2) * (w[1] - 2);
        UnaryOperator<double[]> slopes = w -> new double[] {2 * (w[0] - 1), 2 * (w[1] - 2)};
        GradientReport right = function(loss, slopes, 1, 2);
        finds(right, Verdict.CANNOT_TELL, Kind.VANISHING, "at random weights nearby the gradient is right");
        GradientReport wrong = function(loss, w -> new double[] {6 * (w[0] - 1), 6 * (w[1] - 2)}, 1, 2);
        finds(wrong, Verdict.WRONG, Kind.FACTOR, "1/3");
        finds(wrong, Verdict.WRONG, Kind.VANISHING, "at random weights nearby the gradient is wrong");
    }

    @Test
    void where_the_gradient_vanishes_the_numbers_are_those_at_the_weights() {
        ToDoubleFunction<INDArray> loss = w -> 5 + Math.pow(w.getDouble(0) - 1, 2) + Math.pow(w.getDouble(1) - 2, 2);
        UnaryOperator<INDArray> wrong = w -> array(6 * (w.getDouble(0) - 1), 6 * (w.getDouble(1) - 2));
        for (GradientCheck<INDArray> check : List.of(GradientCheck.of(loss, array(1, 2)), GradientCheck.of(loss, array(1, 2)).step(1e-4))) {
            GradientReport report = check.check(wrong);
            finds(report, Verdict.WRONG, Kind.FACTOR, "1/3");
            assertThat(report.gradient()).containsExactly(0, 0);
            assertThat(report.numeric()).containsExactly(new double[] {0, 0}, within(1e-6));
            assertThat(report.tensors().get(0).verdict()).isEqualTo(Verdict.WRONG);
        }
    }

    @Test
    void a_loss_that_is_not_finite_beside_the_weights_is_told_with_the_place() {
        UnaryOperator<double[]> slopes = w -> new double[] {0.5 / Math.sqrt(w[0] - 1), 2 * w[1]};
        finds(function(w -> Math.sqrt(w[0] - 1) + w[1] * w[1], slopes, 1 + 1e-15, 2), Verdict.CANNOT_TELL, Kind.NOT_FINITE,
                "NaN", "weights [0]");
        int[] calls = {0};
        finds(function(w -> calls[0]++ == 0 ? w[0] * w[0] : Double.NaN, w -> new double[] {2 * w[0]}, 2), Verdict.CANNOT_TELL,
                Kind.NOT_FINITE, "at a second call with the very same weights");
        isRight(function(w -> Math.sqrt(w[0] - 1) + w[1] * w[1], slopes, 1.5, 2));
    }
}
