package gradcheck.check;

import gradcheck.check.CountedLoss.NotFinite;
import java.util.ArrayList;
import java.util.List;

/** One derivative against the value claimed for it: screened with two evaluations, and confirmed with more where they disagree. */
final class Slopes {
    private static final int ROUNDS = 8;

    private Slopes() {
    }

    /**
     * What was found of one derivative.
     *
     * @param slope the best slope
     * @param bound how far the true one can be from it
     * @param wrong whether the claimed value is certainly wrong
     * @param suspect whether screening alone did not pass it
     */
    record Assessment(Slope slope, double bound, boolean wrong, boolean suspect) {
        /** Whether the claim was neither passed nor excluded, and the one-sided slopes differ by more than the noise. */
        boolean kinked() {
            return suspect && !wrong && slope.gap() > slope.noise();
        }
    }

    /** Screens, and confirms when the claim is outside the error bound; a single step that excludes it is enough to {@code believe}. */
    static Assessment assess(Point point, Direction direction, double step, double claimed, double reference, boolean believe) {
        Slope slope = screen(point, direction, step, claimed, reference);
        if (Math.abs(claimed - slope.value()) <= slope.bound()) {
            return new Assessment(slope, slope.bound(), false, false);
        }
        return believe && slope.excludes(claimed) ? new Assessment(slope, slope.bound(), true, true) : confirm(point, direction,
                slope, claimed);
    }

    /**
     * Returns the slope with the smallest error bound: two evaluations, and two more whenever the step proves far from the best one.
     *
     * @param reference the size of derivative beside which noise matters
     * @throws NotFinite if the loss is NaN or infinite at every step
     */
    static Slope screen(Point point, Direction direction, double start, double claimed, double reference) {
        double longest = point.longestStep(direction);
        double step = Math.min(start, longest);
        double wanted = 0.1 * point.relativeStep() * reference;
        Slope best = null;
        NotFinite failure = null;
        for (int round = 0; round < ROUNDS; round++) {
            Slope slope;
            try {
                slope = point.slope(direction, step);
            } catch (NotFinite e) {
                failure = e;
                step = step / 10;
                longest = step;
                continue;
            }
            if (best != null && Math.abs(slope.value() - best.value()) > slope.bound() + best.bound()) {
                // Not smooth between the two steps: the shorter one sees less of it.
                return slope.step() < best.step() ? slope : best;
            }
            if (best == null || slope.bound() < best.bound()) {
                best = slope;
            }
            boolean dead = slope.value() == 0 && claimed == 0;
            double better = Math.min(point.betterStep(slope), longest);
            boolean tooLong = better <= 0.4 * slope.step();
            boolean tooShort = better >= 2 * slope.step() && slope.noise() > wanted;
            if (dead || !tooLong && !tooShort) {
                break;
            }
            step = better;
        }
        if (best == null) {
            throw failure;
        }
        return best;
    }

    /**
     * Answers whether the claim is excluded for certain. For any smooth loss and for any single kink the true slope lies between
     * the two one-sided ones. So walk from small steps (noisy) to large ones (curved) while all these intervals have a common
     * point (Lepski's rule); the claim is wrong when three neighbouring steps of the walk exclude it. No step is longer than the
     * natural scale: beyond it a unit can saturate on both sides, and then all long steps agree on a wrong slope.
     */
    static Assessment confirm(Point point, Direction direction, Slope screened, double claimed) {
        List<Slope> walk = walk(point, direction, screened.step());
        boolean wrong = false;
        for (int k = 2; k < walk.size(); k++) {
            wrong |= walk.get(k).excludes(claimed) && walk.get(k - 1).excludes(claimed) && walk.get(k - 2).excludes(claimed);
        }
        Slope best = walk.isEmpty() ? screened : walk.get(0);
        double bound = Double.POSITIVE_INFINITY;
        for (int k = wrong ? 1 : 0; k < walk.size(); k++) {
            Slope slope = walk.get(k);
            double error = wrong ? slope.noise() + Math.abs(slope.value() - walk.get(k - 1).value()) : slope.reach();
            if (error < bound) {
                bound = error;
                best = slope;
            }
        }
        double doubt = Math.max(best.reach(), Math.abs(claimed - best.value()));
        return new Assessment(best, wrong ? bound : doubt, wrong, true);
    }

    private static List<Slope> walk(Point point, Direction direction, double step) {
        List<Slope> walk = new ArrayList<>();
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double longest = point.longestStep(direction);
        try {
            for (int k = -6; k <= 3 && step * Math.pow(4, k) <= longest; k++) {
                Slope slope = point.slope(direction, step * Math.pow(4, k));
                low = Math.max(low, slope.value() - slope.reach());
                high = Math.min(high, slope.value() + slope.reach());
                if (low > high) {
                    break;
                }
                walk.add(slope);
            }
        } catch (NotFinite e) {
            // A step too far: what was walked counts.
        }
        return walk;
    }
}
