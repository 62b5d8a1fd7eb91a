package gradcheck.check;

import gradcheck.check.Examination.Settings;
import gradcheck.model.FastLoss;
import gradcheck.model.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one door through which tests reach what the package keeps to itself: where classes move, this file changes and the tests do
 * not.
 */
final class Inside {
    private final Surroundings here;

    private Inside(Surroundings here) {
        this.here = here;
    }

    /** What is known of a loss near one vector of weights. */
    static Inside at(ToDoubleFunction<double[]> function, double... weights) {
        return at(Evaluations.of(function), weights, function.applyAsDouble(weights));
    }

    /** The same of a loss that several threads may call. */
    static Inside atFast(FastLoss fast, double... weights) {
        Evaluations loss = Evaluations.of(fast, weights, fast.near(weights));
        return at(loss, weights, loss.at(weights));
    }

    private static Inside at(Evaluations loss, double[] weights, double value) {
        return new Inside(Surroundings.unknown(loss, layout(vector(weights)), weights, value).measured(value, 0, false, new Random(0)));
    }

    private static List<Part> vector(double[] weights) {
        return List.of(new Part("w", new long[] {weights.length}, 0, weights.length));
    }

    private static Layout layout(List<Part> parts) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        parts.forEach(part -> tensors.put(part.name(), Nd4j.zeros(DataType.DOUBLE, part.shape())));
        return new Layout(new Parameters(tensors));
    }

    /** The report on plain arrays; null where the loss is not finite at the very weights. */
    static GradientReport check(ToDoubleFunction<double[]> function, UnaryOperator<double[]> gradient, double[] weights,
            List<Part> parts, boolean everyParameter, long seed, long rows) {
        Evaluations loss = Evaluations.of(function);
        Settings settings = new Settings(Double.NaN, everyParameter ? Look.EVERY_PARAMETER : Look.DIRECTIONS, seed);
        Layout layout = layout(parts);
        double value;
        try {
            value = loss.at(weights);
        } catch (NotFinite e) {
            return null;
        }
        return new GradientReport(new Examination(settings, layout, loss, gradient, rows).of(weights, gradient.apply(weights), value),
                Double.NaN, loss.count().get(), 0);
    }

    static double[] scale(double[] weights, List<Part> parts) {
        return Scale.of(weights, layout(parts).blocks()).own();
    }

    /** The longest step by each weight. */
    static double[] longest(double[] weights, List<Part> parts) {
        return Scale.of(weights, layout(parts).blocks()).longest();
    }

    /** The weights, each moved at random by up to that share of its scale. */
    static double[] moved(double[] weights, List<Part> parts, double share, long seed) {
        return Direction.random(scale(weights, parts), new Random(seed)).from(weights, share);
    }

    static double norm(double[] x) {
        return Vectors.norm(x);
    }

    Noise noise() {
        return here.noise();
    }

    static double noiseOfTable(double[] values) {
        return NoiseLines.ofTable(values);
    }

    int calls() {
        return here.loss().count().get();
    }

    /** One derivative: its value, how far the true one can be from it, whether the claim is wrong, whether it had to be confirmed. */
    record Derivative(double value, double bound, boolean wrong, boolean suspect) {
    }

    /** The derivative by the first weight, with two evaluations or a few more, from a step that is this multiple of its scale. */
    Derivative screened(double start, double claimed) {
        Difference best = StepSearch.of(here, new Claim(Direction.entry(0), claimed, Math.abs(claimed), 0), start * here.scale().own()[0])
                .best();
        return new Derivative(best.value(), best.bound(), false, false);
    }

    /** The best step as a multiple of the scale. */
    double relativeStep() {
        return here.relativeStep();
    }

    /** The derivative by the first weight, screened and, if it has to be, confirmed. */
    Derivative assessed(double start, double claimed, double reference) {
        Answer found = SlopeCheck.of(here, new Claim(Direction.entry(0), claimed, reference, 0), start);
        return new Derivative(found.best().value(), found.bound(), found.wrong(), found.suspect());
    }

    /** Where the second opinion is asked. */
    static double[] secondPoint(ToDoubleFunction<double[]> function, double... weights) {
        return SecondOpinion.near(Evaluations.of(function), weights);
    }

    /** A fit of measured values by one or two columns. */
    record Fitted(boolean sure, double[] coefficients, boolean explains) {
    }

    static Fitted fit(double[] value, double[] bound, double[]... columns) {
        Fit fit = Fit.of(value, new double[value.length], bound, columns);
        return new Fitted(fit.isSure(), fit.coefficients(), explains(value, fit.values(), bound));
    }

    static boolean explains(double[] value, double[] model, double[] bound) {
        return new Sample(List.of(), value, bound).agrees(model, value);
    }

    /** Whether a column is surely there beside what is claimed. */
    static boolean isSureBeyond(double[] claimed, double[] value, double[] bound, double[] column) {
        return Fit.of(value, claimed, bound, column).isSure();
    }

    /** The error that a step causes on its own, and the best one of all. */
    static ToDoubleFunction<Double> errorOfStep(double noise, double truncation, double size) {
        return new StepError(noise, truncation, size)::at;
    }

    static double bestStep(double noise, double truncation, double size) {
        return new StepError(noise, truncation, size).bestStep();
    }
}
