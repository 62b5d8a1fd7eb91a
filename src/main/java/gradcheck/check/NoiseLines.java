package gradcheck.check;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures the noise of a loss from its values along random lines, by parts of each weight's own size, all on one side of the weights: a
 * kink at the weights is not noise. Noise does not depend on the spacing of the values; curvature, kinks and stairs of a rounding that
 * are not crossed yet do. So the spacing grows until the values differ and their noise grows no more.
 */
final class NoiseLines {
    private static final int VALUES = 7;

    private final Evaluations loss;
    private final double[] weights;
    private final double[] own;
    private final Random draws;
    private final double value;
    private final double random;
    private double spacing = Thresholds.FIRST_SPACING;
    private boolean settled;
    private double[] seen = {};
    private double[] levels = {};
    private double reaction;

    /** @param random the deviation of an evaluation at the same weights */
    NoiseLines(Evaluations loss, double[] weights, double[] own, double value, double random, Random draws) {
        this.loss = loss;
        this.weights = weights;
        this.own = own;
        this.value = value;
        this.random = random;
        this.draws = draws;
    }

    /**
     * Measures it along two lines; along three, of which the median counts, where two differ by more than a factor of three (one may
     * cross a kink) and where the values are rounded. The result is never less than the rounding of the loss itself, and where the loss
     * cancels to 0 than that of its parts.
     *
     * @param quick whether one line is enough, and its first spacing that shows anything
     */
    Noise measure(boolean quick) {
        int still = 0;
        settled = quick;
        for (int tries = 0; tries < 9 && levels.length + still < (quick ? 1 : isClear() ? 2 : 3); tries++) {
            Direction line = Direction.random(own, draws);
            try {
                still += take(line, settled(line)) ? 0 : 1;
            } catch (NotFinite e) {
                spacing = Math.max(spacing / 64, Thresholds.SHORTEST_SPACING);
            }
        }
        int digits = digits();
        double measured = levels.length == 2 ? Math.sqrt(levels[0] * levels[1])
                : Arrays.stream(levels).sorted().skip(levels.length / 2).findFirst().orElse(0);
        boolean cancels = value == 0 || Arrays.stream(levels).anyMatch(level -> level == 0);
        reaction = cancels ? reaction : 0;
        double level = Math.max(measured, Math.max(Noise.rounding(value, digits), Noise.rounding(reaction, digits)));
        return random > level / 10 && random > 0 ? Noise.of(Math.max(level, random), value, Noise.RANDOM) : Noise.of(level, value, digits);
    }

    /** Whether the loss was the same everywhere. */
    boolean isConstant() {
        return levels.length == 0;
    }

    /** How fast a loss that cancels changes: the size of its parts. */
    double reaction() {
        return reaction;
    }

    private boolean isClear() {
        DoubleSummaryStatistics range = Arrays.stream(levels).summaryStatistics();
        return levels.length < 2 || range.getMax() <= Thresholds.UNLIKE_LINES * range.getMin() && digits() == 53;
    }

    /** Adds the noise along a line; false if nothing moved, on the other side neither: a dead unit may wake there. */
    private boolean take(Direction line, double[] first) {
        double[] values = equalNeighbours(first) == VALUES - 1 ? values(line, -spacing) : first;
        if (equalNeighbours(values) == VALUES - 1) {
            return false;
        }
        double[] different = Arrays.stream(values).distinct().sorted().toArray();
        double quantum = different.length == VALUES ? 0
                : IntStream.range(1, different.length).mapToDouble(k -> different[k] - different[k - 1]).min().orElse(0);
        seen = Vectors.joined(seen, values);
        levels = Vectors.joined(levels, Math.max(ofTable(values), 0.29 * quantum));
        reaction = Math.max(reaction, Math.abs(values[VALUES - 1] - values[0]) / ((VALUES - 1) * spacing));
        return true;
    }

    /** The values along a line with the spacing that shows the noise, which is looked for along the first line. */
    private double[] settled(Direction line) {
        double[] values = values(line, spacing);
        while (equalNeighbours(values) > 3 && spacing < Thresholds.LAST_SPACING) {
            spacing *= 8;
            values = values(line, spacing);
        }
        double least = Noise.rounding(value, 53);
        if (spacing < Thresholds.FIRST_SPACING || !settled && spacing == Thresholds.FIRST_SPACING) {
            values = nearer(line, values, least);
            settled |= spacing < Thresholds.FIRST_SPACING;
        }
        if (settled) {
            return values;
        }
        settled = true;
        return widened(line, values, least);
    }

    /** The values with a closer spacing, where they show less noise: it was a bend that is shorter than the line. */
    private double[] nearer(Direction line, double[] first, double least) {
        double[] values = first;
        while (ofTable(values) > 1e3 * least && isCurve(values) && spacing > Thresholds.SHORTEST_SPACING) {
            double[] closer = values(line, spacing / 64);
            if (Arrays.stream(closer).distinct().count() < VALUES || ofTable(closer) > ofTable(values) / 5) {
                break;
            }
            spacing /= 64;
            values = closer;
        }
        return values;
    }

    /** The values with the spacing from which on the noise grows no more; the given ones if it never ends to grow, as no noise does. */
    private double[] widened(Direction line, double[] first, double least) {
        double begun = spacing;
        double[] before = first;
        try {
            for (double factor = 64; spacing < Thresholds.LAST_SPACING; factor = 8) {
                double[] wider = values(line, spacing * factor);
                double level = ofTable(before);
                if (isCurve(wider)) {
                    return before;
                }
                if (level > 5 * Math.max(ofTable(wider), least)) {
                    // It was a kink.
                    break;
                }
                if (ofTable(wider) <= (before == first ? 3 : 5) * Math.max(level, least)) {
                    return ofTable(wider) > level ? wider : before;
                }
                spacing *= factor;
                before = wider;
            }
        } catch (NotFinite e) {
            // No wider: what was seen counts.
        }
        spacing = begun;
        return first;
    }

    /** Whether the third differences have one sign, as those of a curve have; those of noise alternate. */
    private static boolean isCurve(double[] v) {
        double[] third = IntStream.range(3, v.length).mapToDouble(k -> v[k] - 3 * v[k - 1] + 3 * v[k - 2] - v[k - 3]).toArray();
        return Arrays.stream(third).allMatch(d -> d > 0) || Arrays.stream(third).allMatch(d -> d < 0);
    }

    private double[] values(Direction line, double spacing) {
        return loss.at(IntStream.range(0, VALUES).mapToObj(k -> line.from(weights, spacing * (k + 0.5))).toArray(double[][]::new));
    }

    private static int equalNeighbours(double[] values) {
        return (int) IntStream.range(1, values.length).filter(k -> values[k] == values[k - 1]).count();
    }

    /** How many significant bits all values have. */
    private int digits() {
        boolean few = Arrays.stream(seen).distinct().count() < 3;
        return few ? 53 : IntStream.of(8, 11, 24).filter(bits -> Arrays.stream(seen).allMatch(v -> v == 0
                || Math.IEEEremainder(v, Math.scalb(1.0, Math.getExponent(v) - bits + 1)) == 0)).findFirst().orElse(53);
    }

    /**
     * Returns the noise of equally spaced values: k-th differences remove the smooth part and multiply the variance of the noise by
     * (2k)! / (k!)^2. Source: Hamming's difference table; More and Wild, Estimating computational noise, 2011.
     */
    static double ofTable(double[] values) {
        double[] variance = {0, 0, 0, 20, 70, 252};
        double least = Double.POSITIVE_INFINITY;
        double[] differences = values;
        for (int k = 1; k < variance.length; k++) {
            double[] of = differences;
            differences = new double[of.length - 1];
            Arrays.setAll(differences, i -> of[i + 1] - of[i]);
            if (k >= 3) {
                least = Math.min(least, Vectors.norm(differences) / Math.sqrt(differences.length * variance[k]));
            }
        }
        return least;
    }
}
