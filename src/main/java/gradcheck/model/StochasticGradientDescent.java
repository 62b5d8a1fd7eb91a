package gradcheck.model;

import gradcheck.base.OneThread;
import gradcheck.base.Require;
import gradcheck.data.Dataset;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent on mini-batches: in each epoch the rows are shuffled, and every batch of them takes one step
 * weights := weights - learningRate * gradient.
 *
 * <p>Source: Goodfellow, Bengio and Courville, Deep Learning, section 8.3.1.
 *
 * @param learningRate finite and above 0
 * @param batchSize how many rows a step looks at, at least 1; the last batch of an epoch may be smaller
 * @param epochs how often every row is seen, at least 1
 * @param seed of the shuffles; the same seed gives the same training
 */
public record StochasticGradientDescent(double learningRate, int batchSize, int epochs, long seed) {
    /**
     * Makes the optimiser.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public StochasticGradientDescent {
        Require.that(learningRate > 0 && Double.isFinite(learningRate), "learningRate", "a finite number above 0",
                learningRate, "start with 0.1");
        Require.that(batchSize >= 1, "batchSize", "1 or more", batchSize, "start with 32");
        Require.that(epochs >= 1, "epochs", "1 or more", epochs, "start with 30");
    }

    /** Returns what was seen while the model trained on these rows, without a word; see {@link #train(Model, Dataset.Split, Consumer)}. */
    public Progress train(Model model, Dataset rows) {
        return OneThread.during(() -> train(model, rows, null, progress -> { }));
    }

    /**
     * Returns what was seen while the model trained; its parameters have been changed in place.
     *
     * <p>Interrupting the thread ends the training after the batch at hand: the model keeps what it has learnt, what was seen so far
     * is returned, and the thread stays interrupted.
     *
     * @param data rows to train on, and held-out rows that are looked at but not learnt from
     * @param watcher told before the first epoch and after each one, on a thread of its own, while the training waits; {@code progress -> { }}
     *     for silence
     * @throws IllegalArgumentException if the model refuses the arrays, or the loss becomes NaN or infinite; the parameters are then
     *     what they were before. An exception of the watcher ends the training, and the model keeps what it has learnt
     */
    public Progress train(Model model, Dataset.Split data, Consumer<Progress> watcher) {
        Require.that(data != null, "data", "rows to train on and held-out rows", "null", "make them: dataset.split(0.25, seed)");
        Require.that(watcher != null, "watcher", "a function", "null", "for a silent training pass progress -> { }");
        return OneThread.during(() -> train(model, data.train(), data.heldOut(), watcher));
    }

    private Progress train(Model model, Dataset rows, Dataset heldOut, Consumer<Progress> watcher) {
        // A watcher that draws may swallow an interrupt that meets it: on a thread of its own it never sees one.
        ExecutorService watching = Executors.newSingleThreadExecutor();
        try {
            return train(model, rows, heldOut, progress -> tell(watching, watcher, progress), model.parameters().copy());
        } finally {
            watching.shutdown();
        }
    }

    private Progress train(Model model, Dataset rows, Dataset heldOut, Consumer<Progress> watcher, Parameters before) {
        long start = System.nanoTime();
        Progress progress = seen(model, rows, heldOut, null, 0);
        watcher.accept(progress);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            boolean sound = false;
            try {
                if (!epoch(model, rows.shuffle(seed + epoch))) {
                    sound = true;
                    return progress;
                }
                double perEpoch = (System.nanoTime() - start) * 1e-9 / epoch;
                progress = seen(model, rows, heldOut, progress, perEpoch * (epochs - epoch));
                sound = true;
            } finally {
                if (!sound) {
                    model.parameters().assign(before.flatten());
                }
            }
            watcher.accept(progress);
        }
        return progress;
    }

    /** Waits until the watcher has seen it; an interrupt ends the wait and stays. */
    private static void tell(ExecutorService watching, Consumer<Progress> watcher, Progress progress) {
        try {
            watching.submit(() -> watcher.accept(progress)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** One step for each batch; returns whether it came to the end. */
    private boolean epoch(Model model, Dataset rows) {
        for (int from = 0; from < rows.size(); from += batchSize) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            Dataset batch = rows.rows(from, Math.min(from + batchSize, rows.size()));
            GradientDescent.step(model, batch.features(), batch.labels(), learningRate);
        }
        return true;
    }

    private Progress seen(Model model, Dataset rows, Dataset heldOut, Progress before, double secondsLeft) {
        return new Progress(epochs, extended(before == null ? null : before.training(), model, rows),
                heldOut == null ? null : extended(before == null ? null : before.heldOut(), model, heldOut), secondsLeft);
    }

    private Training extended(Training before, Model model, Dataset rows) {
        INDArray labels = rows.labels();
        double loss = model.loss(rows.features(), labels);
        int done = before == null ? 0 : before.losses().length;
        Require.that(Double.isFinite(loss), "learningRate", "one that keeps the loss finite",
                learningRate + ": the loss is " + loss + " after " + done + " epochs", "take a smaller one");
        double accuracy = Metrics.of(labels, model.predict(rows.features())).accuracy();
        return before == null ? new Training(new double[] {loss}, new double[] {accuracy})
                : new Training(append(before.losses(), loss), append(before.accuracies(), accuracy));
    }

    private static double[] append(double[] values, double value) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }
}
