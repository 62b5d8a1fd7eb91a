package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.model.Activation;
import gradcheck.model.CrossEntropy;
import gradcheck.model.FastLoss;
import gradcheck.model.Model;
import gradcheck.model.NeuralNetwork;
import gradcheck.model.Parameters;
import gradcheck.model.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FastCheckTest {
    private static final Dataset DIGITS = Datasets.digits().rows(0, 60);
    private static final INDArray X = DIGITS.features();
    private static final INDArray Y = DIGITS.labels();

    private final AtomicInteger calls = new AtomicInteger();
    private final NeuralNetwork network = network(Activation.TANH);

    private static NeuralNetwork network(Activation hidden) {
        Parameters weights = Weights.layers(1, 64, 8, 10);
        weights.get("b1").assign(0.1);
        return new NeuralNetwork(weights, hidden, new CrossEntropy(), 0.01);
    }

    /** A model that does what another one does, except that its losses, fast ones if asked for, go through a function. */
    private record Wrapped(Model inner, boolean fast, DoubleUnaryOperator change, DoubleUnaryOperator plain) implements Model {
        Wrapped(Model inner, boolean fast, DoubleUnaryOperator change) {
            this(inner, fast, change, change);
        }

        @Override
        public Parameters parameters() {
            return inner.parameters();
        }

        @Override
        public double loss(INDArray x, INDArray y) {
            return plain.applyAsDouble(inner.loss(x, y));
        }

        @Override
        public Parameters gradient(INDArray x, INDArray y) {
            return inner.gradient(x, y);
        }

        @Override
        public INDArray predict(INDArray x) {
            return inner.predict(x);
        }

        @Override
        public Optional<FastLoss> fastLoss(INDArray x, INDArray y) {
            return inner.fastLoss(x, y).filter(loss -> fast).map(loss -> weights -> w -> change.applyAsDouble(loss.near(weights)
                    .applyAsDouble(w)));
        }
    }

    private GradientCheck<Parameters> fast(DoubleUnaryOperator change) {
        return GradientCheck.of(new Wrapped(network, true, change), X, Y);
    }

    @Test
    void comes_to_the_verdict_of_the_check_of_one_evaluation_after_the_other_on_right_gradients_and_on_bugs() {
        for (Activation hidden : Activation.values()) {
            Model model = network(hidden);
            Model plain = new Wrapped(model, false, loss -> loss);
            assertThat(GradientCheck.of(model, X, Y).everyParameter().check().verdict()).isEqualTo(Verdict.RIGHT);
            assertThat(GradientCheck.of(plain, X, Y).everyParameter().check().verdict()).isEqualTo(Verdict.RIGHT);
            for (PlantedBug bug : new PlantedBug[] {PlantedBug.BACKWARD_PASS, PlantedBug.COLUMN_FLIPPED, PlantedBug.ENTRY_THOUSANDTH}) {
                GradientReport fast = GradientCheck.of(model, X, Y).everyParameter().check(bug.in(w -> model.gradient(X, Y), 60));
                GradientReport slow = GradientCheck.of(plain, X, Y).everyParameter().check(bug.in(w -> model.gradient(X, Y), 60));
                assertThat(fast.verdict()).isEqualTo(slow.verdict()).isEqualTo(Verdict.WRONG);
                assertThat(fast.findings()).extracting(Finding::kind).isEqualTo(slow.findings().stream().map(Finding::kind).toList());
            }
        }
    }

    @Test
    void along_directions_takes_no_more_evaluations_and_certifies_about_as_much() {
        GradientReport slow = GradientCheck.of(new Wrapped(network, false, loss -> loss), X, Y).directions().check().orThrow();
        GradientReport fast = GradientCheck.of(network, X, Y).directions().check().orThrow();
        assertThat(fast.evaluations()).isLessThanOrEqualTo(slow.evaluations());
        assertThat(fast.certified() / slow.certified()).isBetween(0.1, 10.0);
    }

    @Test
    void along_directions_takes_a_few_evaluations_a_tensor_however_many_parameters_and_rows_there_are() {
        for (int hidden : new int[] {4, 16, 64}) {
            for (int rows : new int[] {50, 400}) {
                Dataset data = Datasets.digits().rows(0, rows);
                Model model = new NeuralNetwork(Weights.layers(1, 64, hidden, 10), Activation.TANH);
                GradientReport report = GradientCheck.of(model, data.features(), data.labels()).directions().check().orThrow();
                assertThat(report.evaluations()).as(hidden + " units, " + rows + " rows").isBetween(10, 15 + 4 * 8);
            }
        }
    }

    @Test
    void gives_the_same_numbers_each_time_whatever_the_threads_do() {
        GradientReport first = GradientCheck.of(network, X, Y).everyParameter().check();
        GradientReport second = GradientCheck.of(network, X, Y).everyParameter().check();
        assertThat(second.numeric()).isEqualTo(first.numeric());
        assertThat(second.bounds()).isEqualTo(first.bounds());
        assertThat(second.evaluations()).isEqualTo(first.evaluations()).isLessThan((int) (2.3 * network.parameters().size()));
    }

    @Test
    void with_a_step_of_its_own_shows_the_error_of_that_step() {
        double fast = GradientCheck.of(network, X, Y).everyParameter().step(1e-7).check().relativeError();
        double slow = GradientCheck.of(new Wrapped(network, false, loss -> loss), X, Y).everyParameter().step(1e-7).check().relativeError();
        assertThat(fast).isEqualTo(slow).isLessThan(1e-7);
    }

    @Test
    void does_not_touch_the_weights_whether_the_loss_is_a_number_throws_or_is_NaN() {
        Parameters before = network.parameters().copy();
        for (int at : new int[] {1, 10, 30, 200, 1000}) {
            calls.set(0);
            assertThatThrownBy(() -> fast(loss -> {
                if (calls.incrementAndGet() == at) {
                    throw new IllegalStateException("no more");
                }
                return loss;
            }).everyParameter().check()).isInstanceOf(IllegalStateException.class).hasMessage("no more");
            assertThat(network.parameters()).isEqualTo(before);
        }
        calls.set(0);
        GradientReport report = fast(loss -> calls.incrementAndGet() > 200 ? Double.NaN : loss).everyParameter().check();
        assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(report.findings()).extracting(Finding::kind).contains(Finding.Kind.NOT_FINITE);
        assertThat(network.parameters()).isEqualTo(before);
    }

    @Test
    void is_ended_by_an_interrupt_of_the_thread_that_checks_wherever_the_evaluations_run() {
        Parameters before = network.parameters().copy();
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> fast(loss -> {
            if (calls.incrementAndGet() == 300) {
                caller.interrupt();
            }
            return loss;
        }).everyParameter().check()).isInstanceOf(CancellationException.class).hasMessageContaining("evaluations of the loss");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls.get()).isLessThan(400);
        assertThat(network.parameters()).isEqualTo(before);
    }

    @Test
    void is_refused_where_the_fast_loss_is_not_the_loss() {
        DoubleUnaryOperator same = loss -> loss;
        for (DoubleUnaryOperator other : List.<DoubleUnaryOperator>of(loss -> 7 * loss, loss -> loss + 1e-6)) {
            assertThatThrownBy(() -> GradientCheck.of(new Wrapped(network, true, same, other), X, Y).check())
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("fastLoss");
        }
    }

    @Test
    void tells_a_loss_that_is_not_deterministic_in_either_form() {
        Random random = new Random(1);
        DoubleUnaryOperator same = loss -> loss;
        DoubleUnaryOperator dropout = loss -> loss * (1 + 0.1 * random.nextDouble());
        for (Model model : List.of(new Wrapped(network, true, dropout), new Wrapped(network, true, same, dropout),
                new Wrapped(network, false, dropout))) {
            GradientReport report = GradientCheck.of(model, X, Y).check();
            assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
            assertThat(report.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NOT_DETERMINISTIC);
        }
    }

    @Test
    void is_not_for_a_loss_that_a_reader_wrote_which_is_called_on_the_readers_thread_only() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Model mine = new Wrapped(network, false, loss -> {
            threads.add(Thread.currentThread());
            return loss;
        });
        GradientCheck.of(mine, X, Y).everyParameter().check().orThrow();
        GradientCheck.of((Parameters w) -> new Wrapped(new NeuralNetwork(w, Activation.TANH), false, loss -> {
            threads.add(Thread.currentThread());
            return loss;
        }).loss(X, Y), network.parameters()).directions().check(w -> new NeuralNetwork(w, Activation.TANH).gradient(X, Y)).orThrow();
        assertThat(threads).containsExactly(Thread.currentThread());
    }
}
