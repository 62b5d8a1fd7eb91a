package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FastLossTest {
    private static final Dataset DIGITS = Datasets.digits().rows(0, 23);
    private static final Dataset TWO = Datasets.digits().onlyClasses(1, 7).rows(0, 23);
    private static final List<Loss> LOSSES = List.of(new CrossEntropy(), new ProbabilityCrossEntropy(),
            new KerasCrossEntropy(DataType.FLOAT), new KerasCrossEntropy(DataType.DOUBLE));

    /** A model, data for it, and what to call the two. */
    private record Case(String name, Model model, INDArray x, INDArray y) {
        FastLoss fast() {
            return model.fastLoss(x, y).orElseThrow();
        }

        double plain(double[] weights) {
            INDArray flat = Nd4j.createFromArray(weights).castTo(x.dataType());
            INDArray before = model.parameters().flatten();
            model.parameters().assign(flat);
            double loss = model.loss(x, y);
            model.parameters().assign(before);
            return loss;
        }

        double[] weights() {
            return model.parameters().flatten().castTo(DataType.DOUBLE).data().asDouble();
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            for (Loss loss : LOSSES) {
                String name = type + " " + loss.getClass().getSimpleName();
                cases.add(on(DIGITS, type, name + " softmax", new SoftmaxRegression(Weights.normal(64, 10, 1).castTo(type), loss)));
                cases.add(on(TWO, type, name + " logistic", new LogisticRegression(Weights.normal(64, 1, 1).castTo(type), loss)));
                for (Activation hidden : Activation.values()) {
                    cases.add(on(DIGITS, type, name + hidden, network(type, hidden, loss, 0, 64, 3, 10)));
                    cases.add(on(DIGITS, type, name + hidden, network(type, hidden, loss, 0.1, 64, 3, 4, 10)));
                    cases.add(on(TWO, type, name + hidden, network(type, hidden, loss, 0, 64, 2, 1)));
                }
            }
        }
        return cases;
    }

    private static Case on(Dataset data, DataType type, String name, Model model) {
        return new Case(name + " " + model.parameters().names(), model, data.features().castTo(type), data.labels().castTo(type));
    }

    private static NeuralNetwork network(DataType type, Activation hidden, Loss loss, double decay, int... sizes) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        Parameters weights = Weights.layers(1, sizes);
        weights.names().forEach(name -> tensors.put(name, weights.get(name).castTo(type)));
        return new NeuralNetwork(new Parameters(tensors), hidden, loss, decay);
    }

    @Test
    void is_the_plain_loss_bit_for_bit_for_every_entry_of_every_layer() {
        for (Case c : cases()) {
            double[] weights = c.weights();
            ToDoubleFunction<double[]> near = c.fast().near(weights);
            assertThat(near.applyAsDouble(weights)).as(c.name()).isEqualTo(c.plain(weights));
            // Every entry of the small tensors, and every seventh of the first matrix: its rows are all alike.
            for (int i = 0; i < weights.length; i += i < weights.length - 60 ? 7 : 1) {
                double[] moved = weights.clone();
                moved[i] += i % 2 == 0 ? 1e-3 : -0.3;
                assertThat(near.applyAsDouble(moved)).as(c.name() + " at entry " + i).isEqualTo(c.plain(moved));
            }
        }
    }

    @Test
    void is_the_plain_loss_where_several_entries_differ_and_where_all_do() {
        Random random = new Random(1);
        for (Case c : cases()) {
            double[] weights = c.weights();
            ToDoubleFunction<double[]> near = c.fast().near(weights);
            for (double share : new double[] {0.01, 0.1, 1}) {
                double[] moved = weights.clone();
                IntStream.range(0, moved.length).filter(i -> random.nextDouble() < share).forEach(i -> moved[i] += random.nextGaussian());
                assertThat(near.applyAsDouble(moved)).as(c.name()).isEqualTo(c.plain(moved));
            }
        }
    }

    @Test
    void is_the_same_from_many_threads_and_does_not_touch_the_model() {
        Case c = on(DIGITS, DataType.DOUBLE, "", network(DataType.DOUBLE, Activation.TANH, new CrossEntropy(), 0, 64, 3, 10));
        double[] weights = c.weights();
        ToDoubleFunction<double[]> near = c.fast().near(weights);
        double[] alone = IntStream.range(0, weights.length).mapToDouble(i -> near.applyAsDouble(moved(weights, i))).toArray();
        assertThat(IntStream.range(0, weights.length).parallel().mapToDouble(i -> near.applyAsDouble(moved(weights, i))).toArray())
                .isEqualTo(alone);
        assertThat(c.weights()).isEqualTo(weights);
    }

    private static double[] moved(double[] weights, int i) {
        double[] moved = weights.clone();
        moved[i] += 0.01;
        return moved;
    }

    @Test
    void keeps_its_own_copy_of_the_weights_and_of_the_data() {
        Case c = on(DIGITS, DataType.DOUBLE, "", new SoftmaxRegression(Weights.normal(64, 10, 1)));
        double[] weights = c.weights();
        ToDoubleFunction<double[]> near = c.fast().near(weights);
        double before = near.applyAsDouble(moved(weights, 3));
        double[] moved = moved(weights, 3);
        weights[5] = 7;
        c.x().muli(2);
        assertThat(near.applyAsDouble(moved)).isEqualTo(before);
    }

    @Test
    void is_not_offered_for_a_loss_that_a_reader_wrote() {
        Model model = new SoftmaxRegression(Weights.normal(64, 10, 1), (labels, logits) -> logits.sumNumber().doubleValue());
        assertThat(model.fastLoss(DIGITS.features(), DIGITS.labels())).isEmpty();
    }
}
