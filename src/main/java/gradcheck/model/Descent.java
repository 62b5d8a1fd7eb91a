package gradcheck.model;

import gradcheck.base.OneThread;
import gradcheck.base.Require;
import gradcheck.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training by gradient descent, in rounds of steps: what is seen of it, what ends it, and which weights are kept then.
 *
 * @param looked the rows to be looked at before the first round and after each one: those of the training, and perhaps others, held out
 */
record Descent(Model model, double learningRate, int rounds, List<Rows> looked) {
    /** Rows for a model, features [m x d] and labels [m x k]; and the losses and accuracies that were seen of them so far. */
    record Rows(INDArray x, INDArray y, List<Double> losses, List<Double> accuracies) {
        Rows(INDArray x, INDArray y) {
            this(x, y, new ArrayList<>(), new ArrayList<>());
        }

        static Rows of(Dataset rows) {
            return new Rows(rows.features(), rows.labels());
        }

        Training seen() {
            return new Training(losses.stream().mapToDouble(v -> v).toArray(), accuracies.stream().mapToDouble(v -> v).toArray());
        }
    }

    /**
     * Trains the model and returns what was seen.
     *
     * @param batches the rows of each step in round 1, 2, ...
     * @param watcher told before the first round and after each one, or null
     */
    Progress train(IntFunction<Stream<Rows>> batches, Consumer<Progress> watcher) {
        return OneThread.during(() -> {
            long start = System.nanoTime();
            INDArray before = model.parameters().flatten();
            Progress progress = null;
            for (int round = 0; round <= rounds && done(round == 0 ? Stream.empty() : batches.apply(round), before); round++) {
                if (watcher != null) {
                    progress = progress(round == 0 ? 0 : (System.nanoTime() - start) * 1e-9 / round * (rounds - round));
                    tell(watcher, progress);
                }
            }
            return watcher == null ? progress(0) : progress;
        });
    }

    private Progress progress(double secondsLeft) {
        return new Progress(rounds, looked.get(0).seen(), looked.size() == 1 ? null : looked.get(1).seen(), secondsLeft);
    }

    /** Does a round and looks at the model; returns false if an interrupt came before its end. If it fails, the old weights are back. */
    private boolean done(Stream<Rows> batches, INDArray before) {
        try {
            boolean whole = batches.allMatch(this::step);
            if (whole) {
                looked.forEach(this::look);
            }
            return whole;
        } catch (RuntimeException | Error e) {
            model.parameters().assign(before);
            throw e;
        }
    }

    /** Takes a step downhill on these rows, unless the thread is interrupted; returns whether it did. */
    private boolean step(Rows rows) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        Parameters gradient = model.gradient(rows.x(), rows.y());
        gradient.names().forEach(name -> model.parameters().get(name).subi(gradient.get(name).mul(learningRate)));
        return true;
    }

    private void look(Rows rows) {
        double loss = model.loss(rows.x(), rows.y());
        Require.that(Double.isFinite(loss), "learningRate", "one that keeps the loss finite",
                learningRate + ": the loss is " + loss + " after " + rows.losses().size() + " of " + rounds + " rounds",
                        "take a smaller one");
        rows.losses().add(loss);
        rows.accuracies().add(Metrics.of(rows.y(), model.predict(rows.x())).accuracy());
    }

    /** Tells it on a thread of its own, since a watcher that draws may swallow an interrupt, and waits for the end of that. */
    private static void tell(Consumer<Progress> watcher, Progress progress) {
        try {
            // An interrupt neither ends join nor gets lost in it.
            CompletableFuture.runAsync(() -> watcher.accept(progress), task -> new Thread(task).start()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
