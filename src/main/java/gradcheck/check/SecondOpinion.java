package gradcheck.check;

import gradcheck.check.CountedLoss.NotFinite;
import gradcheck.check.Slopes.Assessment;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Asks for the same answer at another point: where the weights are so small that the loss is nearly that of zero weights, no output
 * is clipped and no unit saturated. A clipped loss looks like a bug at the weights, but not there.
 *
 * @param sameAnswer whether one of the worst entries is confirmed wrong there too
 * @param decided whether an error of the size seen at the weights would have been seen there
 * @param shrunk the norm of the weights there as a share of that of the weights
 */
record SecondOpinion(boolean sameAnswer, boolean decided, double shrunk) {
    private static final double NEAR_ZERO = 0.1;
    private static final double MOVE = 0.3;

    /**
     * Returns the second opinion.
     *
     * @param worst the entries that were worst at the weights
     * @param relative the size of their error there: |g - J| / (|g| + |J|)
     */
    static SecondOpinion on(CountedLoss loss, UnaryOperator<double[]> gradient, double[] weights, List<Block> blocks, int[] worst,
            double[] relative, Random random) {
        double[] other = near(loss, weights, blocks, random);
        double norm = Flat.norm(weights);
        double shrunk = Flat.norm(other) / (norm == 0 ? 1 : norm);
        boolean decided = false;
        try {
            Point point = new Point(loss, loss.at(other), other, blocks, random);
            double[] claimed = gradient.apply(other.clone());
            for (int k = 0; k < worst.length; k++) {
                int i = worst[k];
                Assessment found = Slopes.assess(point, Direction.entry(i), point.relativeStep() * point.scale()[i], claimed[i],
                        Math.abs(claimed[i]), false);
                if (found.wrong()) {
                    return new SecondOpinion(true, true, shrunk);
                }
                decided |= found.bound() < 0.3 * relative[k] * Math.abs(claimed[i]);
            }
        } catch (NotFinite e) {
            decided = false;
        }
        return new SecondOpinion(false, decided, shrunk);
    }

    /**
     * The weights moved at random by 30 %, away from kinks that sit at them, and shrunk: the last of 2^-20, 2^-19, ... 1/2 times that
     * before the loss leaves 10 % of its value at zero.
     */
    static double[] near(CountedLoss loss, double[] weights, List<Block> blocks, Random random) {
        double[] moved = Direction.random(Scale.of(weights, blocks), random).from(weights, MOVE);
        double[] best = times(moved, 0.5);
        try {
            double atZero = loss.at(new double[weights.length]);
            for (int k = 20; k > 0; k--) {
                double[] shrunk = times(moved, Math.pow(2, -k));
                if (Math.abs(loss.at(shrunk) - atZero) > NEAR_ZERO * Math.abs(atZero)) {
                    break;
                }
                best = shrunk;
            }
        } catch (NotFinite e) {
            // The last point that was finite is taken.
        }
        return best;
    }

    private static double[] times(double[] weights, double factor) {
        return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] * factor).toArray();
    }
}
