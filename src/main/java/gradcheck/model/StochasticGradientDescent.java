package gradcheck.model;

import gradcheck.base.Require;
import gradcheck.data.Dataset;
import gradcheck.model.Descent.Rows;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        return new Descent(model, learningRate, epochs, List.of(Rows.of(rows))).train(epoch -> batches(rows, epoch), null);
    }

    /**
     * Returns what was seen while the model trained; its parameters have been changed in place.
     *
     * <p>Interrupting the thread ends the training after the batch at hand: the model keeps what it has learnt, what was seen so far
     * is returned, and the thread stays interrupted.
     *
     * @param data rows to train on, and held-out rows that are looked at but not learnt from
     * @param watcher told before the first epoch and after each one, on a thread of its own, while the training waits to its end;
     *     {@code progress -> { }} for silence
     * @throws IllegalArgumentException if the model refuses the arrays, or the loss becomes NaN or infinite; the parameters are then
     *     what they were before. An exception of the watcher ends the training, and the model keeps what it has learnt
     */
    public Progress train(Model model, Dataset.Split data, Consumer<Progress> watcher) {
        Require.that(data != null, "data", "rows to train on and held-out rows", "null", "make them: dataset.split(0.25, seed)");
        Require.that(watcher != null, "watcher", "a function", "null", "for a silent training pass progress -> { }");
        return new Descent(model, learningRate, epochs, List.of(Rows.of(data.train()), Rows.of(data.heldOut())))
                .train(epoch -> batches(data.train(), epoch), watcher);
    }

    private Stream<Rows> batches(Dataset rows, int epoch) {
        Dataset shuffled = rows.shuffle(seed + epoch);
        return IntStream.iterate(0, from -> from < rows.size(), from -> from + batchSize)
                .mapToObj(from -> Rows.of(shuffled.rows(from, Math.min(from + batchSize, rows.size()))));
    }
}
