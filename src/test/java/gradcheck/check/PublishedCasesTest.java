package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.Finding.Kind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Failed gradient checks that people asked about, rebuilt small, and what they turned out to be. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublishedCasesTest {
    private static final double[] INPUT = {0.5, -1, 0.25, 2, -0.5, 1, 0.75, -1.5};
    private static final double[] TARGET = {0.1, -0.3, 0.2, 0.5, 0.2, 0.4, 0.1, -0.6};

    /** A recurrent net h = tanh(a x + b h), loss sum (h - t)^2 / 2 over the time steps, in float32; weights a, b. */
    private static double recurrent(INDArray w) {
        float a = (float) w.getDouble(0);
        float b = (float) w.getDouble(1);
        float h = 0;
        float sum = 0;
        for (int t = 0; t < INPUT.length; t++) {
            h = (float) Math.tanh(a * (float) INPUT[t] + b * h);
            float apart = h - (float) TARGET[t];
            sum += apart * apart / 2;
        }
        return sum;
    }

    /** Its gradient, forward in time. */
    private static INDArray recurrentGradient(INDArray w) {
        double a = w.getDouble(0);
        double b = w.getDouble(1);
        double h = 0;
        double[] slope = new double[2];
        double[] sum = new double[2];
        for (int t = 0; t < INPUT.length; t++) {
            double before = h;
            h = Math.tanh(a * INPUT[t] + b * h);
            slope[0] = (1 - h * h) * (INPUT[t] + b * slope[0]);
            slope[1] = (1 - h * h) * (before + b * slope[1]);
            sum[0] += (h - TARGET[t]) * slope[0];
            sum[1] += (h - TARGET[t]) * slope[1];
        }
        return Nd4j.create(sum);
    }

    @Test
    void a_recurrent_net_in_float32_was_averaged_over_the_time_steps_and_not_imprecise() {
        INDArray w = Nd4j.create(new double[] {0.7, 0.4});
        GradientReport averaged = GradientCheck.of(v -> recurrent(v), w).check(v -> recurrentGradient(v).div(INPUT.length));
        assertThat(averaged.verdict()).as(averaged.toString()).isEqualTo(Verdict.WRONG);
        assertThat(averaged.findings()).extracting(Finding::kind).containsExactly(Kind.FACTOR);
        assertThat(averaged.findings().get(0).message()).contains("multiplied by 8");
        GradientReport summed = GradientCheck.of(v -> recurrent(v), w).check(v -> recurrentGradient(v));
        assertThat(summed.verdict()).as(summed.toString()).isEqualTo(Verdict.RIGHT);
        assertThat(summed.findings()).extracting(Finding::kind).containsExactly(Kind.COARSE_LOSS);
    }

    @Test
    void the_numeric_side_differentiated_the_output_instead_of_the_loss() {
        INDArray w = Nd4j.create(new double[] {0.3, -0.8, 0.5});
        GradientReport report = GradientCheck.of(v -> output(v, 1), w)
                .check(v -> outputGradient(v, 1).mul(output(v, 1) - 0.9));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).extracting(Finding::kind).containsAnyOf(Kind.FACTOR, Kind.SIGN);
        GradientReport loss = GradientCheck.of(v -> Math.pow(output(v, 1) - 0.9, 2) / 2, w)
                .check(v -> outputGradient(v, 1).mul(output(v, 1) - 0.9));
        assertThat(loss.verdict()).isEqualTo(Verdict.RIGHT);
    }

    private static double output(INDArray w, double x) {
        return w.getDouble(2) * Math.tanh(w.getDouble(0) * x + w.getDouble(1));
    }

    private static INDArray outputGradient(INDArray w, double x) {
        double h = Math.tanh(w.getDouble(0) * x + w.getDouble(1));
        double back = w.getDouble(2) * (1 - h * h);
        return Nd4j.create(new double[] {back * x, back, h});
    }

    @Test
    void a_relu_at_0_0001_with_a_step_of_the_same_size() {
        INDArray w = Nd4j.create(new double[] {1e-4, 1.5});
        GradientCheck<INDArray> check = GradientCheck.of(v -> Math.max(v.getDouble(0), 0) + v.getDouble(1) * v.getDouble(1), w);
        GradientReport own = check.step(2e-4).check(v -> slopes(v));
        assertThat(own.verdict()).as(own.toString()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(own.findings()).extracting(Finding::kind).contains(Kind.STEP);
        assertThat(own.numeric()[0]).isBetween(0.7, 0.8);
        GradientReport report = check.check(v -> slopes(v));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
    }

    private static INDArray slopes(INDArray v) {
        return Nd4j.create(new double[] {v.getDouble(0) > 0 ? 1 : 0, 2 * v.getDouble(1)});
    }

    @Test
    void a_check_that_fails_only_near_the_minimum() {
        GradientCheck<INDArray> near = GradientCheck.of(v -> rosenbrock(v), Nd4j.create(new double[] {1, 1}));
        GradientReport report = near.check(v -> rosenbrockGradient(v));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(report.findings()).extracting(Finding::kind).contains(Kind.VANISHING);
        assertThat(report.findings().get(0).cure()).contains("other, random weights");
        assertThat(GradientCheck.of(v -> rosenbrock(v), Nd4j.create(new double[] {-0.5,
                1})).check(v -> rosenbrockGradient(v)).verdict())
                .isEqualTo(Verdict.RIGHT);
    }

    private static double rosenbrock(INDArray v) {
        double x = v.getDouble(0);
        double y = v.getDouble(1);
        return 2 + (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
    }

    private static INDArray rosenbrockGradient(INDArray v) {
        double x = v.getDouble(0);
        double y = v.getDouble(1);
        return Nd4j.create(new double[] {-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)});
    }

    /** PyTorch's issue 5351: gradcheck refuses a linear layer whose numbers are float32. */
    @Test
    void a_linear_layer_in_float32() {
        double[] x = IntStream.range(0, 20).mapToDouble(i -> Math.sin(3 * i)).toArray();
        INDArray w = Nd4j.create(IntStream.range(0, 20).mapToDouble(i -> Math.cos(2 * i)).toArray()).castTo(DataType.FLOAT);
        GradientCheck<INDArray> check = GradientCheck.of(v -> linear(v, x), w);
        GradientReport own = check.step(1e-6).check(v -> Nd4j.create(x));
        assertThat(own.verdict()).as(own.toString()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(own.findings()).extracting(Finding::kind).contains(Kind.STEP);
        GradientReport report = check.check(v -> Nd4j.create(x));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.RIGHT);
        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.COARSE_LOSS);
    }

    private static double linear(INDArray w, double[] x) {
        float sum = 0.1f;
        for (int i = 0; i < x.length; i++) {
            sum += w.getFloat(i) * (float) x[i];
        }
        return sum;
    }
}
