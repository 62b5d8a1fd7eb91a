package gradcheck.check;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.data.KerasStart;
import gradcheck.model.Activation;
import gradcheck.model.CrossEntropy;
import gradcheck.model.KerasCrossEntropy;
import gradcheck.model.Loss;
import gradcheck.model.Model;
import gradcheck.model.NeuralNetwork;
import gradcheck.model.Parameters;
import gradcheck.model.ProbabilityCrossEntropy;
import gradcheck.model.SoftmaxRegression;
import gradcheck.model.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes the reports on thousands of seeded cases and on the models of the lessons as text, without their seconds. A change that is
 * to keep what the check says is made between two such files, which must then be equal, byte for byte:
 * {@code java -cp "target/test-classes:target/gradcheck.jar" gradcheck.check.ReportsAsText target/before.txt}
 */
final class ReportsAsText {
    private final PrintWriter out;

    private ReportsAsText(PrintWriter out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        try (PrintWriter file = new PrintWriter(arguments[0], "UTF-8")) {
            ReportsAsText texts = new ReportsAsText(file);
            texts.functions();
            texts.lessons();
            texts.network();
            texts.table();
        }
    }

    /** The text, and all bits of the numbers that the text rounds. */
    private void write(String name, GradientReport report) {
        out.println("=== " + name);
        if (report == null) {
            out.println("not finite at the weights");
            return;
        }
        out.println(report.toString().replaceAll("[0-9.]+\u00a0s", "- s"));
        out.println(Arrays.hashCode(report.gradient()) + " " + Arrays.hashCode(report.numeric()) + " " + Arrays.hashCode(report.bounds())
                + " " + report.certified() + " " + report.relativeError() + " " + report.predict(1e-7) + " " + report.noise());
    }

    private void table() {
        long seed = 40_000_000;
        for (Numbers numbers : Numbers.values()) {
            for (int i = 0; i < 500; i++) {
                write(Case.draw(seed + 10_000L * numbers.ordinal() + i, numbers, null));
            }
            for (Case.Bug bug : Case.Bug.values()) {
                for (int i = 0; i < (numbers == Numbers.DOUBLE ? 80 : 10); i++) {
                    write(Case.draw(seed + 10_000L * numbers.ordinal() + 100L * bug.ordinal() + i, numbers, bug));
                }
            }
        }
    }

    private void write(Case c) {
        write(c + " every", c.check(true));
        write(c + " directions", c.check(false));
    }

    private void lessons() {
        INDArray x = Datasets.iris().withBias().features();
        INDArray y = Datasets.iris().withBias().labels();
        for (KerasStart start : KerasStart.all()) {
            for (Loss loss : List.of(new CrossEntropy(), new KerasCrossEntropy(DataType.FLOAT), new KerasCrossEntropy(DataType.DOUBLE),
                    new ProbabilityCrossEntropy())) {
                SoftmaxRegression model = new SoftmaxRegression(start.weights(), loss);
                String name = start.seed() + " " + loss.getClass().getSimpleName();
                GradientCheck<Parameters> check = GradientCheck.of(model, x, y).everyParameter();
                write(name, check.check());
                write(name + " step", check.step(1e-7).check());
                write(name + " array", check.check(model.gradient(x, y)));
                for (PlantedBug bug : PlantedBug.values()) {
                    if (start.seed() < 5 && bug.suits(model.parameters())) {
                        write(name + " " + bug, check.check(bug.in(w -> model.gradient(x, y), 150)));
                    }
                }
            }
        }
    }

    private void network() {
        for (int rows : new int[] {60, 200}) {
            Dataset digits = Datasets.digits().rows(0, rows);
            for (Activation activation : Activation.values()) {
                Model model = new NeuralNetwork(Weights.layers(rows, 64, 8, 10), activation, new CrossEntropy(), 0.01);
                GradientCheck<Parameters> check = GradientCheck.of(model, digits.features(), digits.labels());
                String name = rows + " " + activation;
                write(name, check.everyParameter().check());
                write(name + " directions", check.directions().check());
                write(name + " step", check.everyParameter().step(1e-4).check());
                for (PlantedBug bug : PlantedBug.values()) {
                    UnaryOperator<Parameters> wrong = bug.in(w -> model.gradient(digits.features(), digits.labels()), rows);
                    write(name + " " + bug, check.everyParameter().check(wrong));
                    write(name + " directions " + bug, check.directions().check(wrong));
                }
            }
        }
    }

    private void functions() {
        function("kink", w -> Math.abs(w[0]) + w[1] * w[1], w -> new double[] {Math.signum(w[0]), 2 * w[1]}, 0, 1);
        function("barrier", w -> -Math.log(w[0]) - Math.log(w[1]), w -> new double[] {-1 / w[0], -1 / w[1]}, 1, 1e-9);
        function("edge", w -> Math.sqrt(w[0] - 1) + w[1] * w[1], w -> new double[] {0.5 / Math.sqrt(w[0] - 1), 2 * w[1]}, 1 + 1e-15, 2);
        function("constant", w -> 3, w -> new double[] {1, 1}, 2, 3);
        function("zero", w -> w[0] * 4 * w[1] - w[1], w -> new double[] {4 * w[1], 4 * w[0] - 1}, 0.2, 0);
        function("minimum", w -> 5 + Math.pow(w[0] - 1, 2), w -> new double[] {2 * (w[0] - 1)}, 1);
        function("minimum, wrong", w -> 5 + Math.pow(w[0] - 1, 2), w -> new double[] {6 * (w[0] - 1)}, 1);
        function("coarse", w -> (float) (Math.exp(w[0]) + w[1] * w[1]), w -> new double[] {Math.exp(w[0]), 2 * w[1]}, 0.3, 0.7);
        function("steps", w -> Math.rint(1e3 * Math.tanh(w[0])) / 1e3, w -> new double[] {1 - Math.pow(Math.tanh(w[0]), 2)}, 0.4);
        function("large", w -> 1e200 * w[0], w -> new double[] {1e200}, 1);
        function("one large entry", w -> w[0] * w[0] + 300 * w[1] * w[1], w -> new double[] {2 * w[0], 660 * w[1]}, 1, 1);
    }

    private void function(String name, ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double... at) {
        for (long seed = 0; seed < 20; seed++) {
            GradientCheck<INDArray> check = GradientCheck.of(w -> loss.applyAsDouble(w.toDoubleVector()), Nd4j.createFromArray(at))
                    .seed(seed);
            write(name + " " + seed, check.check(w -> Nd4j.createFromArray(gradient.apply(w.toDoubleVector()))));
            write(name + " directions " + seed, check.directions().check(w -> Nd4j.createFromArray(gradient.apply(w.toDoubleVector()))));
        }
    }
}
