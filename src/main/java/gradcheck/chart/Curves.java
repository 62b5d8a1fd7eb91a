package gradcheck.chart;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.stream.IntStream;

/** The V-curves of {@link Charts#steps}, each given as {steps, errors} with ascending steps. */
final class Curves {
    private Curves() {
    }

    static BufferedImage steps(String title, Map<String, double[][]> curves, double... slopes) {
        Plot plot = new Plot(title, new Axis(Axis.Kind.LOG, "step h"), new Axis(Axis.Kind.LOG, "relative error"));
        for (double slope : slopes) {
            reference(plot, curves, slope);
        }
        curves.forEach((name, curve) -> plot.add(name, Plot.Draw.LINE_AND_DOTS, curve[0], curve[1]));
        return plot.image();
    }

    /**
     * Adds a dashed line of this slope beside the first two decades where a curve keeps nearest to such a line: a falling
     * one above the curve (round-off scatters downwards), a rising one below.
     */
    private static void reference(Plot plot, Map<String, double[][]> curves, double slope) {
        double least = Double.POSITIVE_INFINITY;
        double[] ends = {};
        double level = 0;
        for (double[][] curve : curves.values()) {
            double[] steps = curve[0];
            double last = steps[steps.length - 1];
            // A curve of less than two decades is taken as a whole.
            for (int i = 0; i == 0 || i < steps.length && steps[i] < last / 99; i++) {
                double from = steps[i];
                DoubleSummaryStatistics levels = IntStream.range(i, steps.length).filter(k -> steps[k] < 101 * from)
                        .mapToDouble(k -> Math.log10(curve[1][k]) - slope * Math.log10(steps[k])).filter(Double::isFinite)
                        .summaryStatistics();
                double spread = levels.getMax() - levels.getMin();
                if (levels.getCount() > 1 && spread < least - 0.1) {
                    least = spread;
                    ends = new double[] {from, Math.min(100 * from, last)};
                    level = slope < 0 ? levels.getMax() : levels.getMin();
                }
            }
        }
        if (ends.length > 0) {
            double factor = Math.pow(10, level - Math.signum(slope) * 0.4 * Math.max(1, Math.abs(slope) / 2));
            double middle = Math.sqrt(ends[0] * ends[1]);
            plot.reference(null, ends, Arrays.stream(ends).map(h -> factor * Math.pow(h, slope)).toArray())
                    .note("slope " + Axis.number(slope), middle, factor * Math.pow(middle, slope), 8, slope < 0 ? -6 : 18);
        }
    }
}
