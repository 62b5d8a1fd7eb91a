package gradcheck.chart;

import gradcheck.check.StepSweep;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The pictures of curves: {@link Charts#secant}, {@link Charts#walk}, {@link Charts#curve} and {@link Charts#steps}. */
final class Curves {
    private Curves() {
    }

    static BufferedImage secant(String title, DoubleUnaryOperator loss, double slope, double at, double step) {
        double[][] marked = points(loss, at - step, at, at + step);
        double[] js = marked[1];
        DoubleUnaryOperator tangent = w -> js[1] + slope * (w - at);
        DoubleUnaryOperator secant = w -> js[0] + (js[2] - js[0]) * (w - at + step) / (2 * step);
        double[] ends = {at - 2 * step, at + 2 * step};
        return new Plot(title, new Axis(Axis.Kind.LINEAR, "weight w"), new Axis(Axis.Kind.LINEAR, "loss J(w)"))
                .add("loss", evenly(400, loss, at - 2.5 * step, at + 2.5 * step), marked)
                .add("tangent (analytic gradient)", Plot.dashed(Sheet.VERMILION, 2, 9, 4), points(tangent, ends), Plot.NONE)
                .add("secant (numeric gradient)", Plot.dashed(Sheet.GREEN, 2, 2, 4), points(secant, ends), Plot.NONE)
                .uprights("w", marked[0]).image();
    }

    static BufferedImage walk(String title, Map<String, DoubleUnaryOperator> losses, double reach, double step) {
        Plot plot = new Plot(title, new Axis(Axis.Kind.LINEAR, "offset from the weight"),
                new Axis(Axis.Kind.LINEAR, "change of the loss"));
        losses.forEach((name, loss) -> {
            double start = loss.applyAsDouble(0);
            DoubleUnaryOperator change = offset -> loss.applyAsDouble(offset) - start;
            plot.add(name, evenly(400, change, -reach, reach), points(change, -step, 0, step));
        });
        return plot.uprights("W", -step, 0, step).image();
    }

    /** Each curve has its marks at other places, so that they are seen where curves coincide. */
    static BufferedImage curve(String title, String xName, String yName, Map<String, DoubleUnaryOperator> functions,
            double from, double to) {
        Plot plot = new Plot(title, new Axis(Axis.Kind.LINEAR, xName), new Axis(Axis.Kind.LINEAR, yName));
        List<String> names = List.copyOf(functions.keySet());
        for (int i = 0; i < names.size(); i++) {
            DoubleUnaryOperator function = functions.get(names.get(i));
            double first = from + (to - from) * i / 40;
            plot.add(names.get(i), evenly(400, function, from, to), evenly(9, function, first, first + 0.9 * (to - from)));
        }
        return plot.image();
    }

    static BufferedImage steps(String title, Map<String, StepSweep> sweeps, double... slopes) {
        Plot plot = new Plot(title, new Axis(Axis.Kind.LOG, "step h"), new Axis(Axis.Kind.LOG, "relative error"));
        sweeps.forEach((name, sweep) -> {
            double[][] curve = {sweep.steps(), sweep.errors()};
            plot.add(name, curve, curve);
        });
        Arrays.stream(slopes).forEach(slope -> reference(plot, sweeps.values(), slope));
        return plot.image();
    }

    /**
     * Adds a dashed line of this slope beside the first two decades where a curve keeps nearest to such a line: a falling
     * one above the curve (round-off scatters downwards), a rising one below.
     */
    private static void reference(Plot plot, Collection<StepSweep> sweeps, double slope) {
        double[] best = {Double.POSITIVE_INFINITY, 0, 0, 0};
        for (StepSweep sweep : sweeps) {
            double[] steps = sweep.steps();
            double[] errors = sweep.errors();
            double last = steps[steps.length - 1];
            // A curve of less than two decades is taken as a whole.
            for (int i = 0; i == 0 || i < steps.length && steps[i] < last / 99; i++) {
                double from = steps[i];
                DoubleSummaryStatistics levels = IntStream.range(i, steps.length).filter(k -> steps[k] < 101 * from)
                        .mapToDouble(k -> Math.log10(errors[k]) - slope * Math.log10(steps[k])).filter(Double::isFinite)
                        .summaryStatistics();
                double spread = levels.getMax() - levels.getMin();
                if (levels.getCount() > 1 && spread < best[0] - 0.1) {
                    best = new double[] {spread, from, Math.min(100 * from, last), slope < 0 ? levels.getMax() : levels.getMin()};
                }
            }
        }
        if (best[0] < Double.POSITIVE_INFINITY) {
            double factor = Math.pow(10, best[3] - Math.signum(slope) * 0.4 * Math.max(1, Math.abs(slope) / 2));
            double[][] line = points(step -> factor * Math.pow(step, slope), best[1], best[2]);
            plot.reference(null, line).note("slope " + Axis.number(slope), Math.sqrt(line[0][0] * line[0][1]),
                    Math.sqrt(line[1][0] * line[1][1]), slope < 0 ? 0.06 : 0.05, slope < 0 ? 0.04 : -0.045);
        }
    }

    private static double[][] evenly(int gaps, DoubleUnaryOperator function, double from, double to) {
        return points(function, IntStream.rangeClosed(0, gaps).mapToDouble(i -> from + (to - from) * i / gaps).toArray());
    }

    static double[][] points(DoubleUnaryOperator function, double... arguments) {
        return new double[][] {arguments, Arrays.stream(arguments).map(function).toArray()};
    }
}
