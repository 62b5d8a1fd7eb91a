package gradcheck.model;

import gradcheck.base.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Plain gradient descent on all rows: weights := weights - learningRate * gradient, again and again.
 *
 * @param learningRate finite and above 0
 * @param steps how many, at least 1
 */
public record GradientDescent(double learningRate, int steps) {
    /**
     * Makes the optimiser.
     *
     * @throws IllegalArgumentException if the learning rate or the number of steps is out of range
     */
    public GradientDescent {
        Require.that(learningRate > 0 && Double.isFinite(learningRate), "learningRate", "a finite number above 0",
                learningRate, "start with 0.1");
        Require.that(steps >= 1, "steps", "1 or more", steps, "start with 100");
    }

    /**
     * Returns what was seen while the model trained; its parameters have been changed in place.
     *
     * @param x features [m x d]
     * @param y labels [m x k], of the features' data type
     * @throws IllegalArgumentException if the model refuses the arrays, or the loss becomes NaN or infinite; the parameters
     *     are then what they were before
     */
    public Training train(Model model, INDArray x, INDArray y) {
        Parameters before = model.parameters().copy();
        double[] losses = new double[steps + 1];
        double[] accuracies = new double[steps + 1];
        boolean done = false;
        try {
            for (int step = 0; step <= steps; step++) {
                losses[step] = model.loss(x, y);
                Require.that(Double.isFinite(losses[step]), "learningRate", "one that keeps the loss finite",
                        learningRate + ": the loss is " + losses[step] + " after " + step + " steps", "take a smaller one");
                accuracies[step] = Metrics.of(y, model.predict(x)).accuracy();
                if (step < steps) {
                    step(model, x, y, learningRate);
                }
            }
            done = true;
        } finally {
            if (!done) {
                model.parameters().assign(before.flatten());
            }
        }
        return new Training(losses, accuracies);
    }

    /** Takes one step downhill on these rows. */
    static void step(Model model, INDArray x, INDArray y, double learningRate) {
        Parameters gradient = model.gradient(x, y);
        for (String name : model.parameters().names()) {
            model.parameters().get(name).subi(gradient.get(name).mul(learningRate));
        }
    }
}
