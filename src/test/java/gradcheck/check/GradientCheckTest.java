package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.data.KerasStart;
import gradcheck.model.KerasCrossEntropy;
import gradcheck.model.Model;
import gradcheck.model.Parameters;
import gradcheck.model.SoftmaxRegression;
import gradcheck.model.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GradientCheckTest {
    private static final Dataset IRIS = Datasets.iris().withBias();
    private static final INDArray X = IRIS.features();
    private static final INDArray Y = IRIS.labels();
    private static final INDArray W = KerasStart.all().get(0).weights();

    private static double loss(INDArray w) {
        return new SoftmaxRegression(w).loss(X, Y);
    }

    private static INDArray gradient(INDArray w) {
        return new SoftmaxRegression(w).gradient(X, Y).only();
    }

    private static GradientCheck<Parameters> of(KerasStart start, DataType type) {
        return GradientCheck.of(new SoftmaxRegression(start.weights(), new KerasCrossEntropy(type)), X, Y);
    }

    @Nested
    class The_thirty_starts_of_Keras {
        @Test
        void from_logits_in_float64_are_all_right_certified_below_1e_7() {
            for (KerasStart start : KerasStart.all()) {
                GradientReport report = GradientCheck.of(new SoftmaxRegression(start.weights()), X, Y).check().orThrow();
                assertThat(report.certified()).isLessThan(1e-7);
                assertThat(report.findings()).isEmpty();
                assertThat(report.noise().bits()).isBetween(50.0, 56.0);
            }
        }

        @Test
        void in_float32_as_Keras_are_right_below_2e_3_and_the_error_of_the_step_1e_7_is_foreseen() {
            int near = 0;
            for (KerasStart start : KerasStart.all().stream().filter(s -> s.clippedRows() == 0).toList()) {
                GradientReport report = of(start, DataType.FLOAT).check().orThrow();
                assertThat(report.certified()).isLessThan(2e-3);
                double ratio = report.predict(1e-7) / start.float32Error();
                near += ratio < 3 && ratio > 1 / 3.0 ? 1 : 0;
            }
            assertThat(near).isGreaterThanOrEqualTo(26);
        }

        @Test
        void with_clipped_rows_cannot_be_told_in_either_type() {
            List<KerasStart> clipped = KerasStart.all().stream().filter(s -> s.clippedRows() > 0).toList();
            assertThat(clipped).extracting(KerasStart::seed).containsExactly(1, 8);
            for (KerasStart start : clipped) {
                for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                    GradientReport report = of(start, type).check();
                    assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
                    assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.SATURATED);
                }
            }
        }
    }

    @Nested
    class A_check {
        @Test
        void takes_an_array_named_tensors_or_a_model() {
            Parameters named = Parameters.of("W", W);
            assertThat(GradientCheck.of(w -> loss(w), W).check(w -> gradient(w)).verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(w -> loss(w), W).check(gradient(W)).verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(p -> loss(p.only()), named).check(p -> Parameters.of("W",
                    gradient(p.only()))).verdict())
                    .isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(p -> loss(p.only()), named).check(Parameters.of("W",
                    gradient(W))).verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(new SoftmaxRegression(W), X, Y).check().verdict()).isEqualTo(Verdict.RIGHT);
        }

        @Test
        void takes_weights_of_any_shape_order_and_of_type_FLOAT() {
            ToDoubleFunction<INDArray> squares = w -> w.mul(w).sumNumber().doubleValue();
            for (INDArray at : List.of(Nd4j.createFromArray(1.0, -2, 3), W.dup('f'), W.reshape(1, 3, 5), Nd4j.scalar(0.5),
                    W.castTo(DataType.FLOAT))) {
                GradientReport report = GradientCheck.of(squares, at).check(w -> w.mul(2));
                assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
            }
        }

        @Test
        void never_changes_and_each_choice_makes_a_new_one() {
            GradientCheck<INDArray> check = GradientCheck.of(w -> loss(w), W);
            assertThat(check.directions().check(w -> gradient(w)).everyParameter()).isFalse();
            assertThat(check.step(1e-3).check(w -> gradient(w)).step()).isEqualTo(1e-3);
            GradientReport plain = check.check(w -> gradient(w));
            assertThat(plain.everyParameter()).isTrue();
            assertThat(plain.step()).isEqualTo(plain.bestStep());
            assertThat(check.directions().seed(1).check(w -> gradient(w)).certified())
                    .isNotEqualTo(check.directions().check(w -> gradient(w)).certified());
            assertThat(check.check(w -> gradient(w)).toString().replaceAll("[0-9.]+\u00a0s", ""))
                    .isEqualTo(plain.toString().replaceAll("[0-9.]+\u00a0s", ""));
        }

        @Test
        void looks_along_directions_where_there_are_more_than_a_thousand_weights_on_every_machine() {
            ToDoubleFunction<INDArray> squares = w -> w.mul(w).sumNumber().doubleValue();
            assertThat(GradientCheck.of(squares, Weights.normal(40, 25, 0)).check(w -> w.mul(2)).everyParameter()).isTrue();
            GradientReport report = GradientCheck.of(squares, Weights.normal(7, 143, 0)).check(w -> w.mul(2));
            assertThat(report.verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(report.everyParameter()).isFalse();
            assertThat(report.evaluations()).isLessThan(100);
            assertThat(report.toString()).contains("along random directions");
        }

        @Test
        void finds_a_single_wrong_entry_among_many_along_directions() {
            ToDoubleFunction<INDArray> squares = w -> w.mul(w).sumNumber().doubleValue();
            GradientReport report = GradientCheck.of(squares, Weights.normal(60, 50, 0)).check(w -> {
                INDArray g = w.mul(2);
                g.putScalar(33, 44, -g.getDouble(33, 44));
                return g;
            });
            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
            assertThat(report.findings()).extracting(Finding::message).singleElement().asString().contains("weights [33, 44]");
        }

        @Test
        void finds_missing_biases_of_a_softmax_along_directions_though_they_add_up_to_zero() {
            Case c = Case.draw(20000304, Numbers.DOUBLE, Case.Bug.BIAS_MISSING);
            assertThat(c.check(false).verdict()).isEqualTo(Verdict.WRONG);
        }

        @Test
        void costs_few_evaluations_while_all_is_right() {
            Dataset digits = Datasets.digits().withBias().rows(0, 300);
            Model model = new SoftmaxRegression(Weights.normal(65, 10, 0));
            GradientReport every = GradientCheck.of(model, digits.features(),
                    digits.labels()).everyParameter().check().orThrow();
            assertThat(every.evaluations()).isLessThanOrEqualTo((int) (2.2 * 650) + 200);
            GradientReport directions = GradientCheck.of(model, digits.features(),
                    digits.labels()).directions().check().orThrow();
            assertThat(directions.evaluations()).isLessThanOrEqualTo(60 + 8);
        }
    }

    @Nested
    class Other_ways_in {
        private double[] kept = {0.5, -1.25, 3};

        private double squares() {
            return Arrays.stream(kept).map(w -> w * w * w).sum();
        }

        private Parameters slopes(double factor) {
            return Parameters.of("kept", Nd4j.createFromArray(Arrays.stream(kept).map(w -> factor * w * w).toArray()));
        }

        @Test
        void plain_numbers_need_no_array_of_ND4J() {
            GradientCheck<double[]> check = GradientCheck.of((double[] w) -> w[0] * w[0] + Math.sin(w[1]), new double[] {1.5, 0.3});
            check.check(w -> new double[] {2 * w[0], Math.cos(w[1])}).orThrow(1e-8);
            GradientReport wrong = check.check(w -> new double[] {2 * w[0], -Math.cos(w[1])});
            assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(wrong.tensors().get(0).wrong()).containsExactly("[1]");
            assertThat(check.check(new double[] {3, Math.cos(0.3)}).verdict()).isEqualTo(Verdict.RIGHT);
            assertThatThrownBy(() -> check.check(w -> new double[3])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("gradient", "[2]", "[3]");
            assertThatThrownBy(() -> GradientCheck.of((double[] w) -> 0, new double[0])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("weights");
        }

        @Test
        void a_model_that_keeps_its_weights_in_fields_gets_them_back_bit_for_bit() {
            double[] first = kept.clone();
            GradientCheck<Parameters> check = GradientCheck.of(() -> Parameters.of("kept", Nd4j.createFromArray(kept)),
                    w -> kept = w.only().toDoubleVector(), () -> squares());
            assertThat(check.check(w -> slopes(3)).orThrow().tensors().get(0).name()).isEqualTo("kept");
            assertThat(kept).containsExactly(first);
            assertThat(check.check(w -> slopes(2)).verdict()).isEqualTo(Verdict.WRONG);
            assertThat(kept).containsExactly(first);
            assertThatThrownBy(() -> check.check(w -> {
                throw new IllegalStateException("broken");
            })).hasMessage("broken");
            assertThat(kept).containsExactly(first);
        }

        @Test
        void the_gradients_tensors_are_matched_by_name_in_any_order() {
            Map<String, INDArray> at = new LinkedHashMap<>();
            at.put("a", Nd4j.createFromArray(1.0, 2));
            at.put("b", Nd4j.createFromArray(3.0, 4));
            GradientCheck<Parameters> check = GradientCheck.of((Parameters p) -> p.get("a").sumNumber().doubleValue()
                    + 2 * p.get("b").mul(p.get("b")).sumNumber().doubleValue(), new Parameters(at));
            check.check(p -> {
                Map<String, INDArray> turned = new LinkedHashMap<>();
                turned.put("b", p.get("b").mul(4));
                turned.put("a", Nd4j.ones(DataType.DOUBLE, 2));
                return new Parameters(turned);
            }).orThrow();
        }

        @Test
        void any_function_will_do_as_the_gradient() {
            Function<Object, INDArray> constant = w -> Nd4j.createFromArray(2.0, 3);
            GradientCheck.of(w -> 2 * w.getDouble(0) + 3 * w.getDouble(1), Nd4j.createFromArray(0.5, 0.7)).check(constant).orThrow();
        }
    }

    @Nested
    class A_gradient_that_is_no_number {
        private GradientReport of(ToDoubleFunction<INDArray> loss, INDArray at, double bad, int... place) {
            return GradientCheck.of(loss, at).check(w -> {
                INDArray g = gradient(w);
                g.putScalar(place, bad);
                return g;
            });
        }

        @Test
        void is_wrong_with_its_entries_and_what_the_loss_says_there() {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                GradientReport report = of(GradientCheckTest::loss, W, bad, 2, 1);
                assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
                assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NOT_A_NUMBER);
                assertThat(report.findings().get(0).message()).contains("weights [2, 1]", "says " + bad,
                        String.format(Locale.ROOT, "the loss %.6g", gradient(W).getDouble(2, 1)));
                assertThat(report.tensors().get(0).wrong()).containsExactly("[2, 1]");
                assertThat(report.certified()).isInfinite();
            }
        }

        @Test
        void is_not_called_wrong_where_the_loss_is_infinitely_steep() {
            GradientReport root = GradientCheck.of((double[] w) -> Math.sqrt(w[0]) + w[1] * w[1], new double[] {0, 1})
                    .check(w -> new double[] {0.5 / Math.sqrt(w[0]), 2 * w[1]});
            assertThat(root.verdict()).as(root.toString()).isEqualTo(Verdict.CANNOT_TELL);
        }

        @Test
        void says_nothing_at_other_weights() {
            GradientReport report = GradientCheck.of((double[] w) -> w[0] * w[0] + Math.exp(w[1]), new double[] {3, 0.5})
                    .check(w -> new double[] {w[0] == 3 ? 7 : Double.NaN, Math.exp(w[1])});
            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.CANNOT_TELL);
        }
    }

    @Nested
    class The_parameters {
        private final SoftmaxRegression inner = new SoftmaxRegression(W);
        private final AtomicInteger calls = new AtomicInteger();

        private Model failing(ToDoubleFunction<Integer> outcome) {
            return new Model() {
                @Override
                public Parameters parameters() {
                    return inner.parameters();
                }

                @Override
                public double loss(INDArray x, INDArray y) {
                    return inner.loss(x, y) + outcome.applyAsDouble(calls.incrementAndGet());
                }

                @Override
                public Parameters gradient(INDArray x, INDArray y) {
                    return inner.gradient(x, y);
                }

                @Override
                public INDArray predict(INDArray x) {
                    return inner.predict(x);
                }
            };
        }

        private void stayTheSame(ThrowingCallable check) throws Throwable {
            Parameters before = inner.parameters().copy();
            try {
                check.call();
            } finally {
                assertThat(inner.parameters()).isEqualTo(before);
            }
        }

        @Test
        void are_bit_for_bit_the_same_after_every_verdict() throws Throwable {
            stayTheSame(() -> GradientCheck.of(inner, X, Y).check().orThrow());
            stayTheSame(() -> GradientCheck.of(inner, X, Y).directions().check(w -> Parameters.of("W", inner.gradient(X,
                    Y).only().neg())));
            stayTheSame(() -> GradientCheck.of(inner, X, Y).step(1e-4).check());
        }

        @Test
        void are_the_same_when_the_loss_throws_or_returns_NaN() throws Throwable {
            for (int at : new int[] {1, 2, 20, 40}) {
                calls.set(0);
                stayTheSame(() -> assertThatThrownBy(() -> GradientCheck.of(failing(call -> {
                    if (call == at) {
                        throw new IllegalStateException("no more");
                    }
                    return 0;
                }), X, Y).check()).isInstanceOf(IllegalStateException.class).hasMessage("no more"));
                calls.set(0);
                stayTheSame(() -> {
                    GradientCheck<Parameters> check = GradientCheck.of(failing(call -> call >= at ? Double.NaN : 0), X, Y);
                    if (at == 1) {
                        assertThatThrownBy(check::check).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NaN");
                    } else {
                        GradientReport report = check.check();
                        assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
                        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NOT_FINITE);
                    }
                });
            }
        }

        @Test
        void are_the_same_when_the_thread_is_interrupted_which_it_stays() throws Throwable {
            stayTheSame(() -> assertThatThrownBy(() -> GradientCheck.of(failing(call -> {
                if (call == 20) {
                    Thread.currentThread().interrupt();
                }
                return 0;
            }), X, Y).check()).isInstanceOf(CancellationException.class).hasMessageContaining("20 evaluations"));
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void given_to_a_loss_are_copies() {
            INDArray before = W.dup();
            GradientReport report = GradientCheck.of(w -> {
                double loss = loss(w);
                w.assign(7);
                return loss;
            }, W).check(w -> {
                INDArray g = gradient(w);
                w.assign(7);
                return g;
            });
            assertThat(report.verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(Parameters.of("W", W)).isEqualTo(Parameters.of("W", before));
        }
    }

    @Nested
    class Bad_input_is_refused {
        private static final ToDoubleFunction<INDArray> LOSS = GradientCheckTest::loss;

        private static void refused(ThrowingCallable call, String... parts) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
        }

        @Test
        void where_shapes_differ() {
            refused(() -> GradientCheck.of(LOSS, W).check(w -> gradient(w).transpose()), "gradient", "[5, 3]", "[3, 5]");
            refused(() -> GradientCheck.of(LOSS, W).check(Nd4j.zeros(DataType.DOUBLE, 15)), "gradient", "[5, 3]", "[15]");
            refused(() -> GradientCheck.of(LOSS, W).check(w -> gradient(w).castTo(DataType.INT32)), "gradient", "DOUBLE or FLOAT", "INT");
        }

        @Test
        void where_there_are_no_parameters_or_no_functions() {
            refused(() -> GradientCheck.of(LOSS, Nd4j.empty(DataType.DOUBLE)), "weights", "at least one entry");
            refused(() -> GradientCheck.of(LOSS, (INDArray) null), "weights", "null");
            refused(() -> GradientCheck.of((ToDoubleFunction<INDArray>) null, W), "loss", "null");
            refused(() -> GradientCheck.of((Model) null, X, Y), "model", "null");
            refused(() -> GradientCheck.of(LOSS, W).check(w -> null), "gradient", "null");
            refused(() -> GradientCheck.of(LOSS, Nd4j.create(new double[] {1, Double.NaN})), "weights", "NaN at weights [1]");
        }

        @Test
        void where_the_loss_is_not_finite_at_the_weights() {
            refused(() -> GradientCheck.of(w -> Double.NaN, W).check(w -> gradient(w)), "loss",
                    "finite number at the weights", "NaN");
        }

        @Test
        void where_a_tensor_is_missing_or_misnamed() {
            Map<String, INDArray> tensors = new LinkedHashMap<>();
            tensors.put("W", W);
            tensors.put("b", Nd4j.createFromArray(1.0, 2));
            Parameters at = new Parameters(tensors);
            refused(() -> GradientCheck.of(p -> 1, at).check(p -> Parameters.of("W", W)), "gradient", "[W, b]", "[W]");
            refused(() -> GradientCheck.of(new SoftmaxRegression(W), X, Y).check(p -> Parameters.of("V", W)), "gradient",
                    "[W]", "[V]");
        }

        @Test
        void where_the_step_is_none_or_moves_nothing() {
            refused(() -> GradientCheck.of(LOSS, W).step(0), "step", "above 0");
            refused(() -> GradientCheck.of(LOSS, W).step(1e-20).check(w -> gradient(w)), "step", "moves every weight");
            INDArray single = W.castTo(DataType.FLOAT);
            refused(() -> GradientCheck.of(LOSS, single).step(1e-9).check(w -> w), "step", "moves every weight", "FLOAT");
        }

        @Test
        void where_a_function_is_checked_without_its_gradient() {
            assertThatThrownBy(() -> GradientCheck.of(LOSS,
                    W).check()).isInstanceOf(IllegalStateException.class).hasMessageContaining("check(w -> gradient(w))");
        }
    }

    @Nested
    class A_report {
        private final GradientReport right = GradientCheck.of(w -> loss(w), W).check(w -> gradient(w));
        private final GradientReport wrong = GradientCheck.of(new SoftmaxRegression(W), X, Y).step(1e-5)
                .check(w -> Parameters.of("W", gradient(w.only()).mul(150)));

        @Test
        void prints_verdict_cause_cure_and_table_in_80_columns() {
            for (GradientReport report : List.of(right, wrong, GradientCheck.of(w -> loss(w),
                    W).directions().check(w -> gradient(w)),
                    of(KerasStart.all().get(1), DataType.FLOAT).check(), of(KerasStart.all().get(0),
                            DataType.FLOAT).step(1e-7).check())) {
                assertThat(report.toString().lines()).allMatch(line -> line.length() <= 80);
                assertThat(report.toString()).startsWith(report.verdict().toString()).contains("verdict",
                        "evaluations of", "bits")
                        .doesNotContain("NaN").doesNotContain("Infinity");
            }
            assertThat(wrong.toString()).contains("1/150", "-> Divide the gradient", "WRONG", "Your step 1e-05: error 9.9e-01");
        }

        @Test
        void throws_itself_unless_the_gradient_is_right() {
            assertThat(right.orThrow()).isSameAs(right);
            assertThatThrownBy(wrong::orThrow).isInstanceOf(AssertionError.class).hasMessage(wrong.toString());
        }

        @Test
        void throws_itself_unless_the_gradient_is_right_to_the_error_that_is_asked_for() {
            assertThat(right.orThrow(right.certified())).isSameAs(right);
            assertThatThrownBy(() -> right.orThrow(right.certified() / 2)).isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expected RIGHT to").hasMessageContaining(right.toString());
            assertThatThrownBy(() -> wrong.orThrow(0.5)).isInstanceOf(AssertionError.class).hasMessage(wrong.toString());
            assertThatThrownBy(() -> right.orThrow(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("certified");
        }

        @Test
        void gives_both_gradients_as_named_tensors_too() {
            assertThat(right.gradientTensors()).isEqualTo(Parameters.of("weights", gradient(W)));
            assertThat(right.numericTensors().get("weights").shape()).containsExactly(5, 3);
            assertThat(right.numericTensors().entries()).isEqualTo(right.numeric());
        }

        @Test
        void never_cuts_a_name_or_a_place() {
            String name = "encoder.layers.0.attention.query.weight";
            GradientReport report = GradientCheck.of((Parameters p) -> p.only().mul(p.only()).sumNumber().doubleValue(),
                    Parameters.of(name, Nd4j.ones(DataType.DOUBLE, 2, 3, 2, 2))).check(p -> Parameters.of(name, p.only().mul(2)));
            assertThat(report.toString().lines()).contains(name).anyMatch(line -> line.contains("[2, 3, 2, 2]"))
                    .allMatch(line -> line.length() <= 80);
        }

        @Test
        void has_a_headline_that_is_no_smaller_than_the_worst_of_its_rows() {
            Map<String, INDArray> tensors = new LinkedHashMap<>();
            tensors.put("large", Nd4j.createFromArray(1e3, 2e3));
            tensors.put("small", Nd4j.createFromArray(1e-3, 2e-3));
            GradientReport report = GradientCheck.of((Parameters p) -> p.get("large").mul(p.get("large")).sumNumber().doubleValue()
                    + p.get("small").mul(p.get("small")).sumNumber().doubleValue(), new Parameters(tensors))
                    .check(p -> p.like(Arrays.stream(p.entries()).map(w -> 2 * w).toArray()));
            assertThat(report.tensors()).allMatch(t -> t.verdict() == Verdict.RIGHT && (t.certified() <= report.certified()
                    || report.toString().contains("tiny")));
        }

        @Test
        void says_the_same_as_HTML() {
            for (GradientReport report : List.of(right, wrong)) {
                String html = report.html();
                assertThat(html).contains(">" + report.verdict() + "</span>").doesNotContain("<script", "http");
                report.findings().forEach(f -> assertThat(html).contains(f.message().replace("<", "&lt;").replace("->", "-&gt;")));
                report.tensors().forEach(t -> assertThat(html).contains(">" + t.name() + "</td>", t.shape().toString()));
            }
            assertThat(GradientCheck.of((Parameters p) -> 1 + p.only().sumNumber().doubleValue(), Parameters.of("<b>",
                    Nd4j.createFromArray(1.0, 2)))
                    .check(p -> Parameters.of("<b>", Nd4j.ones(DataType.DOUBLE, 2))).html()).contains("&lt;b&gt;").doesNotContain("<b>");
        }

        @Test
        void gives_the_textbook_error_with_the_step_that_was_asked_for() {
            INDArray numeric = FiniteDifference.central(GradientCheckTest::loss, W, 1e-5);
            assertThat(wrong.relativeError()).isCloseTo(FiniteDifference.relativeError(gradient(W).mul(150), numeric),
                    within(1e-12));
            assertThat(wrong.numeric()).containsExactly(numeric.dup('c').data().asDouble());
            assertThat(wrong.tensors().get(0).error()).isEqualTo(wrong.relativeError());
        }

        @Test
        void takes_a_step_that_was_asked_for_as_that_even_if_it_is_the_best_one() {
            GradientReport report = GradientCheck.of(w -> loss(w), W).step(right.bestStep()).check(w -> gradient(w));
            assertThat(report.hasOwnStep()).isTrue();
            assertThat(right.hasOwnStep()).isFalse();
            assertThat(report.toString()).contains("Your step");
            assertThat(right.toString()).doesNotContain("Your step");
        }

        @Test
        void certifies_nothing_where_nothing_was_measured() {
            GradientReport nothing = GradientCheck.of(w -> 3, W).check(w -> gradient(w));
            assertThat(nothing.certified()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(nothing.tensors().get(0).certified()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(nothing.tensors().get(0).error()).isNaN();
        }

        @Test
        void certifies_what_it_measured() {
            assertThat(right.relativeError()).isLessThanOrEqualTo(right.certified());
            for (int i = 0; i < 15; i++) {
                assertThat(Math.abs(right.numeric()[i] - right.gradient()[i])).isLessThanOrEqualTo(right.bounds()[i]);
            }
            right.numeric()[0] = 77;
            assertThat(right.numeric()[0]).isNotEqualTo(77);
        }

        @Test
        void foresees_the_error_of_any_step() {
            for (double step : new double[] {1e-9, 1e-7, 1e-6}) {
                double shown = FiniteDifference.relativeError(gradient(W), FiniteDifference.central(GradientCheckTest::loss,
                        W, step));
                assertThat(right.predict(step) / shown).as("step " + step).isBetween(0.2, 5.0);
            }
            double shown = FiniteDifference.relativeError(gradient(W), FiniteDifference.central(GradientCheckTest::loss, W,
                    1e-2));
            assertThat(right.predict(1e-2) / shown).isBetween(0.05, 20.0);
            assertThat(right.predict(right.bestStep())).isLessThan(right.predict(1e-7)).isLessThan(right.predict(1e-2));
        }
    }
}
