package gradcheck.check;

import java.util.ArrayList;
import java.util.List;

/** The slope of a loss on one side of the weights. */
final class OneSided {
    private OneSided() {
    }

    /**
     * A slope and how far the true one can be from it.
     *
     * @param error infinite where no two steps agree
     */
    record Slope(double value, double error) {
    }

    /** Returns the slope from small steps (noisy) to large ones (curved), as long as all agree within their noise. */
    static Slope of(double[] slopes, double[] noises) {
        Slope best = new Slope(Double.NaN, Double.POSITIVE_INFINITY);
        for (int k = 1, n = agreeing(slopes, noises); k < n; k++) {
            double error = noises[k] + Math.abs(slopes[k] - slopes[k - 1]);
            best = error < best.error() ? new Slope(slopes[k], error) : best;
        }
        return best;
    }

    /** How many values, from the first on, agree: the intervals of their errors have a common point (Lepski's rule). */
    static int agreeing(double[] values, double[] errors) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int k = 0; k < values.length; k++) {
            low = Math.max(low, values[k] - errors[k]);
            high = Math.min(high, values[k] + errors[k]);
            if (low > high) {
                return k;
            }
        }
        return values.length;
    }

    /**
     * Checks a claim where the loss is finite on one side alone, however near.
     *
     * @throws NotFinite the failure met, if it is finite on neither, or so steep that no two steps agree
     */
    static Answer check(Surroundings here, Claim claim, NotFinite failure) {
        for (int side : new int[] {1, -1}) {
            List<double[]> found = new ArrayList<>();
            double step = here.ownStep(claim.direction()) * Thresholds.LONGEST_STEP;
            for (int k = 0; k < Thresholds.ONE_SIDED_STEPS; k++, step /= 4) {
                try {
                    double change = here.loss().at(claim.direction().from(here.weights(), side * step)) - here.value();
                    found.add(0, new double[] {step, side * change / step, 2 * here.sigmas() * here.noise().level() / step});
                } catch (NotFinite e) {
                    found.clear();
                }
            }
            if (found.size() > 2) {
                Slope slope = of(column(found, 1), column(found, 2));
                if (slope.error() == Double.POSITIVE_INFINITY) {
                    throw failure;
                }
                double apart = Math.abs(claim.slope() - slope.value());
                boolean wrong = apart > 3 * slope.error() + claim.tolerance();
                double[] first = found.get(0);
                Difference best = new Difference(slope.value(), first[0], here.noise().level(), first[2], 0, 0, 0, here.size());
                return new Answer(best, slope.value(), slope.error(), wrong, true, Line.of(Shape.ONE_SIDED));
            }
        }
        throw failure;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
