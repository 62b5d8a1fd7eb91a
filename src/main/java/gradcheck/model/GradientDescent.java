package gradcheck.model;

import gradcheck.base.Require;
import java.util.List;
import java.util.stream.Stream;
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
     * <p>Interrupting the thread ends the training after the step at hand: the model keeps what it has learnt, what was seen so far
     * is returned, and the thread stays interrupted.
     *
     * @param x features [m x d]
     * @param y labels [m x k], of the features' data type
     * @throws IllegalArgumentException if the model refuses the arrays, or the loss becomes NaN or infinite; the parameters
     *     are then what they were before
     */
    public Training train(Model model, INDArray x, INDArray y) {
        Descent.Rows rows = new Descent.Rows(x, y);
        return new Descent(model, learningRate, steps, List.of(rows)).train(step -> Stream.of(rows), null).training();
    }
}
