package gradcheck.chart;

import static gradcheck.chart.Axis.Kind.LINEAR;

import gradcheck.chart.Plot.Draw;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The pictures of plain functions of one number: {@link Charts#secant}, {@link Charts#walk} and {@link Charts#curve}. */
final class Functions {
    private Functions() {
    }

    static BufferedImage secant(String title, DoubleUnaryOperator loss, double slope, double at, double step) {
        double[] ws = samples(at - 2.5 * step, at + 2.5 * step);
        double[] marked = {at - step, at, at + step};
        double[] js = values(loss, marked);
        double[] ends = {at - 2 * step, at + 2 * step};
        double[] tangent = {js[1] - 2 * step * slope, js[1] + 2 * step * slope};
        double[] secant = {1.5 * js[0] - 0.5 * js[2], 1.5 * js[2] - 0.5 * js[0]};
        return new Plot(title, new Axis(LINEAR, "weight w"), new Axis(LINEAR, "loss J(w)"))
                .add("loss", Draw.LINE, ws, values(loss, ws)).add(null, Draw.DOTS, marked, js)
                .add("tangent (analytic gradient)", Draw.LINE, ends, tangent)
                .add("secant (numeric gradient)", Draw.LINE, ends, secant)
                .uprights("w", marked).image();
    }

    static BufferedImage walk(String title, Map<String, DoubleUnaryOperator> losses, double reach, double step) {
        Plot plot = new Plot(title, new Axis(LINEAR, "offset from the weight"), new Axis(LINEAR, "change of the loss"));
        double[] offsets = samples(-reach, reach);
        double[] marked = {-step, 0, step};
        losses.forEach((name, loss) -> {
            double start = loss.applyAsDouble(0);
            DoubleUnaryOperator change = offset -> loss.applyAsDouble(offset) - start;
            plot.add(name, Draw.LINE, offsets, values(change, offsets)).add(null, Draw.DOTS, marked, values(change, marked));
        });
        return plot.uprights("W", marked).image();
    }

    static BufferedImage curve(String title, String xName, String yName, Map<String, DoubleUnaryOperator> functions,
            double from, double to) {
        Plot plot = new Plot(title, new Axis(LINEAR, xName), new Axis(LINEAR, yName));
        double[] xs = samples(from, to);
        functions.forEach((name, function) -> plot.add(name, Draw.LINE, xs, values(function, xs)));
        return plot.image();
    }

    private static double[] samples(double from, double to) {
        return IntStream.rangeClosed(0, 400).mapToDouble(i -> from + (to - from) * i / 400).toArray();
    }

    private static double[] values(DoubleUnaryOperator function, double[] arguments) {
        return Arrays.stream(arguments).map(function).toArray();
    }
}
