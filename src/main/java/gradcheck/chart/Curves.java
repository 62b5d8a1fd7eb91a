package gradcheck.chart;

import gradcheck.data.Require;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pictures on two logarithmic axes, with the straight lines that power laws are compared with. */
final class Curves {
    private static final double DECADES = 2;
    private static final double GAP = 0.4;

    private Curves() {
    }

    static BufferedImage measuredAgainstPredicted(String title, double[] predicted, double[] measured) {
        Axis x = Axis.log("predicted relative error").include(predicted).include(measured);
        Axis y = Axis.log("measured relative error").include(predicted).include(measured);
        double[] diagonal = {1e-300, 1e300};
        return new Plot(title, x, y)
                .over("measured = predicted", diagonal, diagonal, Style.reference())
                .add("one check", predicted, measured, Style.marks(0, 7)).image();
    }

    /** Returns the V-curves of {@link Charts#steps}, each given as {steps, errors}. */
    static BufferedImage steps(String title, Map<String, double[][]> curves, double... slopes) {
        Plot plot = new Plot(title, Axis.log("step h"), Axis.log("relative error"));
        for (double slope : slopes) {
            reference(plot, curves, slope);
        }
        int series = 0;
        for (Map.Entry<String, double[][]> curve : curves.entrySet()) {
            double[] steps = curve.getValue()[0];
            Require.that(steps.length > 0, curve.getKey(), "at least one step", "none", "sweep over some steps");
            Style style = new Style(Style.colour(series), Style.line(series).line(), Style.marks(series, 7).mark());
            plot.add(curve.getKey(), steps, curve.getValue()[1], style);
            series++;
        }
        return plot.image();
    }

    /**
     * Adds a dashed line of this slope beside the first stretch of a curve whose own slope is about nearest: a falling line
     * above it (round-off scatters downwards), a rising one below.
     */
    private static void reference(Plot plot, Map<String, double[][]> curves, double slope) {
        double best = Double.POSITIVE_INFINITY;
        List<double[]> nearest = List.of();
        for (double[][] curve : curves.values()) {
            List<double[]> points = logs(curve);
            for (int from = 0; from < points.size(); from++) {
                List<double[]> stretch = stretch(points, from);
                double distance = Math.abs(slope(stretch) - slope);
                if (distance < best - 0.1) {
                    best = distance;
                    nearest = stretch;
                }
            }
        }
        if (nearest.isEmpty()) {
            return;
        }
        double side = slope < 0 ? 1 : -1;
        double edge = nearest.stream().mapToDouble(p -> side * (p[1] - slope * p[0])).max().orElseThrow();
        double level = side * (edge + GAP * Math.max(1, Math.abs(slope) / 2));
        double left = nearest.get(0)[0];
        double right = nearest.get(nearest.size() - 1)[0];
        double middle = (left + right) / 2;
        plot.over(null, powers(left, right), powers(level + slope * left, level + slope * right), Style.reference())
                .note("slope " + Look.number(slope, 0), Math.pow(10, middle), Math.pow(10, level + slope * middle), 0, 8,
                        slope < 0 ? -6 : 18, Look.GREY);
    }

    private static double[] powers(double first, double second) {
        return new double[] {Math.pow(10, first), Math.pow(10, second)};
    }

    /** Returns the points of a curve as base-10 logarithms, without zeros and what is not finite. */
    private static List<double[]> logs(double[][] curve) {
        return IntStream.range(0, curve[0].length)
                .mapToObj(i -> new double[] {Math.log10(curve[0][i]), Math.log10(curve[1][i])})
                .filter(p -> Double.isFinite(p[0]) && Double.isFinite(p[1])).toList();
    }

    /** Returns the points from one on over two decades, at least three; none where the curve ends before that. */
    private static List<double[]> stretch(List<double[]> points, int from) {
        for (int to = from + 2; to < points.size(); to++) {
            if (points.get(to)[0] - points.get(from)[0] > DECADES - 1e-9) {
                return points.subList(from, to + 1);
            }
        }
        return from == 0 && points.size() > 1 ? points : List.of();
    }

    /** Returns the slope of the least-squares line; NaN for no points. */
    private static double slope(List<double[]> points) {
        double meanX = points.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN);
        double covariance = points.stream().mapToDouble(p -> (p[0] - meanX) * p[1]).sum();
        return covariance / points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    }
}
