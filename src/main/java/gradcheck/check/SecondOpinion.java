package gradcheck.check;

import gradcheck.check.Evaluations.NotFinite;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Asks for the same answer at another point: where the weights are so small that the loss is nearly that of zero weights, no output
 * is clipped and no unit saturated. A clipped loss looks like a bug at the weights, but not there.
 *
 * @param worst the largest relative error |g - J| / (|g| + |J|) of the entries asked for, at the weights
 * @param shrunk the norm of the other weights as a share of that of the weights
 */
record SecondOpinion(Answer answer, double worst, double shrunk) {
    /** What the other point says. */
    enum Answer {
        /** One of the worst entries is wrong there too. */
        SAME,
        /** None is, though an error of the size seen at the weights would have been seen. */
        NOT_THERE,
        /** Such an error would not have been seen there. */
        UNDECIDED,
        /** There is no function of the gradient. */
        NOT_ASKED
    }

    /**
     * Asks it.
     *
     * @param evidence at the weights, where some entries are wrong
     * @param gradient a function of the weights, or null
     */
    static SecondOpinion on(Evidence evidence, UnaryOperator<double[]> gradient, Random random) {
        if (gradient == null) {
            return new SecondOpinion(Answer.NOT_ASKED, Double.NaN, Double.NaN);
        }
        Evaluations loss = evidence.here().loss();
        int[] worst = evidence.wrong(evidence.all()).boxed()
                .sorted(Comparator.comparingDouble(i -> -evidence.gap(i) / evidence.bound(i)))
                .limit(Thresholds.WORST).mapToInt(i -> i).toArray();
        double largest = Arrays.stream(worst).mapToDouble(i -> relative(evidence, i)).max().orElseThrow();
        Layout layout = evidence.here().layout();
        double[] other = near(loss, evidence.here().weights(), layout, random);
        double norm = Vectors.norm(evidence.here().weights());
        double shrunk = Vectors.norm(other) / (norm == 0 ? 1 : norm);
        Answer answer = Answer.UNDECIDED;
        try {
            Surroundings there = Surroundings.measured(loss, layout, other, loss.at(other), random);
            double[] claimed = gradient.apply(other.clone());
            for (int i : worst) {
                Claim claim = Claim.ofEntry(i, claimed[i]);
                SlopeCheck found = SlopeCheck.of(there, claim, there.relativeStep() * there.scale()[i]);
                if (found.wrong()) {
                    return new SecondOpinion(Answer.SAME, largest, shrunk);
                }
                if (found.bound() < Thresholds.DECIDED * relative(evidence, i) * Math.abs(claimed[i])) {
                    answer = Answer.NOT_THERE;
                }
            }
        } catch (NotFinite e) {
            answer = Answer.UNDECIDED;
        }
        return new SecondOpinion(answer, largest, shrunk);
    }

    private static double relative(Evidence evidence, int i) {
        return evidence.gap(i) / (Math.abs(evidence.claimed()[i]) + Math.abs(evidence.value(i)));
    }

    /**
     * The weights moved at random by 30 %, away from kinks that sit at them, and shrunk: the last of 2^-20, 2^-19, ... 1/2 times that
     * before the loss leaves 10 % of its value at zero.
     */
    static double[] near(Evaluations loss, double[] weights, Layout layout, Random random) {
        double[] moved = Direction.random(Scale.of(weights, layout.blocks()), random).from(weights, Thresholds.MOVE);
        double[] best = times(moved, 0.5);
        try {
            double atZero = loss.at(new double[weights.length]);
            for (int k = 20; k > 0; k--) {
                double[] shrunk = times(moved, Math.pow(2, -k));
                if (Math.abs(loss.at(shrunk) - atZero) > Thresholds.NEAR_ZERO * Math.abs(atZero)) {
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
        return Arrays.stream(weights).map(w -> w * factor).toArray();
    }
}
