package gradcheck.check;

import gradcheck.check.Slopes.Assessment;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The one door through which tests reach what the package keeps to itself: where classes move, this file changes and the tests do
 * not.
 */
final class Inside {
    private final CountedLoss loss;
    private final Point point;

    private Inside(CountedLoss loss, Point point) {
        this.loss = loss;
        this.point = point;
    }

    /** What is known of a loss near one vector of weights. */
    static Inside at(ToDoubleFunction<double[]> function, double... weights) {
        CountedLoss loss = CountedLoss.of(function);
        return new Inside(loss, new Point(loss, function.applyAsDouble(weights), weights,
                List.of(new Block("w", new long[] {weights.length}, 0, weights.length)), new Random(0)));
    }

    /** The report on plain arrays; null where the loss is not finite at the very weights. */
    static GradientReport check(ToDoubleFunction<double[]> function, UnaryOperator<double[]> gradient, double[] weights,
            List<Part> parts, boolean everyParameter, long seed, long rows) {
        CountedLoss loss = CountedLoss.of(function);
        try {
            double value = loss.at(weights);
            return new GradientReport(new Examination(new Examination.Settings(Double.NaN, everyParameter, seed, rows, false),
                    blocks(parts), loss, weights, gradient.apply(weights), gradient).run(value), Double.NaN, loss.calls(), 0);
        } catch (CountedLoss.NotFinite e) {
            return null;
        }
    }

    static double[] scale(double[] weights, List<Part> parts) {
        return Scale.of(weights, blocks(parts));
    }

    /** The weights, each moved at random by up to that share of its scale. */
    static double[] moved(double[] weights, List<Part> parts, double share, long seed) {
        return Direction.random(scale(weights, parts), new Random(seed)).from(weights, share);
    }

    static double norm(double[] x) {
        return Flat.norm(x);
    }

    private static List<Block> blocks(List<Part> parts) {
        return parts.stream().map(p -> new Block(p.name(), p.shape(), p.from(), p.to())).toList();
    }

    Noise noise() {
        return point.noise();
    }

    static double noiseOfTable(double[] values) {
        return Noise.ofTable(values);
    }

    int calls() {
        return loss.calls();
    }

    /** One derivative: its value, how far the true one can be from it, whether the claim is wrong, whether it had to be confirmed. */
    record Derivative(double value, double bound, boolean wrong, boolean suspect) {
    }

    /** The derivative by the first weight, with two evaluations or a few more, from a step that is this multiple of its scale. */
    Derivative screened(double start, double claimed) {
        Slope slope = Slopes.screen(point, Direction.entry(0), start * point.scale()[0], claimed, Math.abs(claimed));
        return new Derivative(slope.value(), slope.bound(), false, false);
    }

    /** The best step as a multiple of the scale. */
    double relativeStep() {
        return point.relativeStep();
    }

    /** The derivative by the first weight, screened and, if it has to be, confirmed. */
    Derivative assessed(double start, double claimed, double reference) {
        Assessment found = Slopes.assess(point, Direction.entry(0), start, claimed, reference, false);
        return new Derivative(found.slope().value(), found.bound(), found.wrong(), found.suspect());
    }

    /** Where the second opinion is asked. */
    static double[] secondPoint(ToDoubleFunction<double[]> function, double... weights) {
        return SecondOpinion.near(CountedLoss.of(function), weights,
                List.of(new Block("w", new long[] {weights.length}, 0, weights.length)), new Random(0));
    }

    /** A fit of measured values by one or two columns. */
    record Fitted(boolean sure, double[] coefficients, boolean explains) {
    }

    static Fitted fit(double[] value, double[] claimed, double[] bound, double[]... columns) {
        Fit fit = Fit.of(value, new double[value.length], bound, columns);
        return new Fitted(fit.isSure(), IntStream.range(0, columns.length).mapToDouble(fit::coefficient).toArray(),
                Fit.explains(value, fit.values(), bound, claimed));
    }

    static boolean explains(double[] value, double[] model, double[] bound, double[] claimed) {
        return Fit.explains(value, model, bound, claimed);
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
