package gradcheck.bench;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.model.Activation;
import gradcheck.model.Model;
import gradcheck.model.NeuralNetwork;
import gradcheck.model.SoftmaxRegression;
import gradcheck.model.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model and the examples on which its gradient is checked.
 *
 * @param x features [m x d]
 * @param y labels, one-hot [m x k]
 */
record Subject(Model model, INDArray x, INDArray y) {
    /**
     * Returns the subject of that name: {@code softmax-iris}, {@code softmax-digits}, {@code network-400} for a tanh network
     * 64-32-10 on the first 400 digits, or {@code network-400-8} for one with 8 hidden units.
     *
     * @param seed of the weights
     * @throws IllegalArgumentException if there is none
     */
    static Subject named(String name, long seed) {
        String[] words = name.split("-");
        if (name.equals("softmax-iris") || name.equals("softmax-digits")) {
            Dataset data = (words[1].equals("iris") ? Datasets.iris() : Datasets.digits()).withBias();
            int d = (int) data.features().size(1);
            return of(new SoftmaxRegression(Weights.normal(d, data.classNames().size(), seed)), data);
        }
        if (name.matches("network-\\d+(-\\d+)?")) {
            int hidden = words.length > 2 ? Integer.parseInt(words[2]) : 32;
            return of(new NeuralNetwork(Weights.layers(seed, 64, hidden, 10), Activation.TANH),
                    Datasets.digits().rows(0, Integer.parseInt(words[1])));
        }
        throw new IllegalArgumentException("name: expected softmax-iris, softmax-digits or network-ROWS-HIDDEN, got " + name);
    }

    private static Subject of(Model model, Dataset data) {
        return new Subject(model, data.features(), data.labels());
    }
}
