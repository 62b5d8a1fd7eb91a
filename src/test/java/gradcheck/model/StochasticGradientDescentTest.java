package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StochasticGradientDescentTest {
    private static final Dataset DIGITS = Datasets.digits();
    private static final Dataset.Split SPLIT = DIGITS.split(0.25, 1);
    private static final StochasticGradientDescent SHORT = new StochasticGradientDescent(0.3, 16, 3, 1);

    private static NeuralNetwork network(long seed) {
        return new NeuralNetwork(Weights.layers(seed, 64, 32, 10), Activation.TANH);
    }

    private static Metrics trained(Model model, Dataset.Split split, long seed) {
        new StochasticGradientDescent(0.3, 16, 30, seed).train(model, split, progress -> { });
        return Metrics.of(split.heldOut().labels(), model.predict(split.heldOut().features()));
    }

    @Test
    void brings_both_models_above_95_percent_on_held_out_digits_and_the_network_to_97_in_the_mean() {
        double[] accuracies = LongStream.rangeClosed(1, 3).mapToDouble(seed -> {
            Dataset.Split split = DIGITS.split(0.25, seed);
            Dataset.Split biased = new Dataset.Split(split.train().withBias(), split.heldOut().withBias());
            Metrics softmax = trained(new SoftmaxRegression(Weights.normal(65, 10, seed)), biased, seed);
            Metrics network = trained(network(seed), split, seed);
            for (Metrics metrics : List.of(softmax, network)) {
                assertThat(List.of(metrics.accuracy(), metrics.macroPrecision(), metrics.macroRecall())).as("seed " + seed)
                        .allMatch(figure -> figure > 0.95);
            }
            return network.accuracy();
        }).toArray();
        assertThat(LongStream.range(0, 3).mapToDouble(i -> accuracies[(int) i]).average().orElseThrow()).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void tells_its_watcher_of_every_epoch_and_prints_nothing() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<Progress> seen = new ArrayList<>();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Progress last = SHORT.train(network(1), SPLIT, seen::add);
            assertThat(seen).hasSize(4).last().isSameAs(last);
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(seen.get(3).training().losses()).hasSize(4);
        assertThat(seen.get(3).heldOut().lastAccuracy()).isGreaterThan(0.8);
        assertThat(seen).extracting(Progress::secondsLeft).first().isEqualTo(0.0);
        assertThat(seen.get(1).secondsLeft()).isPositive();
        assertThat(seen.get(3).secondsLeft()).isZero();
        assertThat(seen.get(3).toString()).startsWith("epoch 3 of 3: loss ");
    }

    @Test
    void is_the_same_for_the_same_seed_and_another_for_another() {
        NeuralNetwork first = network(1);
        NeuralNetwork again = network(1);
        NeuralNetwork other = network(1);
        SHORT.train(first, SPLIT.train());
        SHORT.train(again, SPLIT, progress -> { });
        new StochasticGradientDescent(0.3, 16, 3, 99).train(other, SPLIT.train());
        assertThat(again.parameters()).isEqualTo(first.parameters());
        assertThat(other.parameters()).isNotEqualTo(first.parameters());
    }

    @Test
    void with_all_rows_in_a_batch_is_gradient_descent() {
        Dataset rows = SPLIT.train();
        NeuralNetwork batch = network(1);
        NeuralNetwork plain = network(1);
        new StochasticGradientDescent(0.3, rows.size(), 5, 1).train(batch, rows);
        new GradientDescent(0.3, 5).train(plain, rows.features(), rows.labels());
        // The rows are summed in another order.
        assertThat(batch.parameters().flatten().distance2(plain.parameters().flatten())).isLessThan(1e-12);
    }

    @Test
    void when_interrupted_stops_soon_and_leaves_what_was_learnt_even_if_the_watcher_swallows_interrupts() {
        NeuralNetwork network = network(1);
        double before = network.loss(SPLIT.train().features(), SPLIT.train().labels());
        Thread trainer = Thread.currentThread();
        Progress seen = new StochasticGradientDescent(0.3, 16, 1000, 1).train(network, SPLIT, progress -> {
            if (progress.done() == 2) {
                trainer.interrupt();
                Thread.interrupted();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen.done()).isEqualTo(2);
        assertThat(network.loss(SPLIT.train().features(), SPLIT.train().labels())).isLessThan(before / 2);
    }

    @Test
    void when_interrupted_in_a_batch_ends_after_it_and_returns_what_was_seen_of_whole_epochs() {
        NeuralNetwork network = network(1);
        NeuralNetwork oneEpoch = network(1);
        InterruptingModel interrupting = new InterruptingModel(network, 100);
        Progress seen = new StochasticGradientDescent(0.3, 16, 1000, 1).train(interrupting, SPLIT.train());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupting.gradients().get()).isEqualTo(100);
        assertThat(seen.done()).isEqualTo(1);
        new StochasticGradientDescent(0.3, 16, 1, 1).train(oneEpoch, SPLIT.train());
        assertThat(seen.training().lastLoss()).isEqualTo(oneEpoch.loss(SPLIT.train().features(), SPLIT.train().labels()));
        assertThat(network.parameters()).isNotEqualTo(oneEpoch.parameters());
    }

    @Test
    void does_not_return_while_its_watcher_is_at_work_not_even_when_interrupted() {
        Thread trainer = Thread.currentThread();
        List<String> happened = new CopyOnWriteArrayList<>();
        new StochasticGradientDescent(0.3, 16, 1000, 1).train(network(1), SPLIT, progress -> {
            if (progress.done() == 1) {
                trainer.interrupt();
                LockSupport.parkNanos(300_000_000);
            }
            happened.add("drawn " + progress.done());
        });
        happened.add("returned");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(happened).containsExactly("drawn 0", "drawn 1", "returned");
    }

    @Test
    void keeps_what_was_learnt_when_the_watcher_throws() {
        for (Runnable fault : List.<Runnable>of(() -> {
            throw new IllegalStateException("enough");
        }, () -> {
            throw new AssertionError("enough");
        })) {
            NeuralNetwork network = network(1);
            double before = network.loss(SPLIT.train().features(), SPLIT.train().labels());
            assertThatThrownBy(() -> SHORT.train(network, SPLIT, progress -> {
                if (progress.done() == 1) {
                    fault.run();
                }
            })).isNotInstanceOf(CompletionException.class).hasMessage("enough");
            assertThat(network.loss(SPLIT.train().features(), SPLIT.train().labels())).isLessThan(before / 2);
        }
    }

    @Test
    void leaves_the_weights_as_they_were_when_the_loss_explodes() {
        NeuralNetwork network = new NeuralNetwork(Weights.layers(1, 64, 8, 10), Activation.RELU);
        Parameters before = network.parameters().copy();
        assertThatThrownBy(() -> new StochasticGradientDescent(1e200, 16, 3, 1).train(network, SPLIT, progress -> { }))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("finite");
        assertThat(network.parameters()).isEqualTo(before);
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> new StochasticGradientDescent(0, 16, 3, 1)).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> new StochasticGradientDescent(0.1, 0, 3, 1)).hasMessageContaining("batchSize");
        assertThatThrownBy(() -> new StochasticGradientDescent(0.1, 16, 0, 1)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> SHORT.train(network(1), SPLIT, null)).hasMessageContaining("watcher");
        assertThatThrownBy(() -> SHORT.train(network(1), null, progress -> { })).hasMessageContaining("data");
    }
}
