package gradcheck.check;

import gradcheck.check.Evaluations.NotFinite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers whether a suspected claim is excluded for certain. For any smooth loss and for any single kink the true slope lies between
 * the two one-sided ones. So walk from small steps (noisy) to large ones (curved) while all these intervals have a common point
 * (Lepski's rule); the claim is wrong when three neighbouring steps of the walk exclude it. No step is longer than the natural scale:
 * beyond it a unit can saturate on both sides, and then all long steps agree on a wrong slope.
 */
final class Confirmation {
    private Confirmation() {
    }

    /** @param screened the difference that does not agree with the claim */
    static SlopeCheck of(Surroundings here, Claim claim, Difference screened) {
        List<Difference> walk = walk(here, claim.direction(), screened.step());
        boolean wrong = IntStream.rangeClosed(0, walk.size() - Thresholds.STEPS_AGAINST).anyMatch(k ->
                walk.subList(k, k + Thresholds.STEPS_AGAINST).stream().allMatch(step -> step.excludes(claim.slope())));
        Difference best = walk.isEmpty() ? screened : walk.get(0);
        double bound = Double.POSITIVE_INFINITY;
        for (int k = wrong ? 1 : 0; k < walk.size(); k++) {
            Difference step = walk.get(k);
            double error = wrong ? step.noise() + Math.abs(step.value() - walk.get(k - 1).value()) : step.reach();
            if (error < bound) {
                bound = error;
                best = step;
            }
        }
        double doubt = Math.max(best.reach(), Math.abs(claim.slope() - best.value()));
        return new SlopeCheck(best, wrong ? bound : doubt, wrong, true);
    }

    private static List<Difference> walk(Surroundings here, Direction direction, double step) {
        List<Difference> walk = new ArrayList<>();
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        double longest = here.longestStep(direction);
        try {
            for (int k = Thresholds.FIRST_RUNG; k <= Thresholds.LAST_RUNG && step * Math.pow(4, k) <= longest; k++) {
                Difference taken = Difference.along(direction, step * Math.pow(4, k), here);
                low = Math.max(low, taken.value() - taken.reach());
                high = Math.min(high, taken.value() + taken.reach());
                if (low > high) {
                    break;
                }
                walk.add(taken);
            }
        } catch (NotFinite e) {
            // A step too far: what was walked counts.
        }
        return walk;
    }
}
