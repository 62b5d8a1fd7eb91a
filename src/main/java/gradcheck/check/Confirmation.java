package gradcheck.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Answers whether a suspected claim is excluded for certain: walks from small steps (noisy) to large ones (curved), finds out what the
 * loss is like along the line, a staircase, a kink or smooth, and only then compares.
 */
final class Confirmation {
    private final Surroundings here;
    private final Claim claim;
    private final Difference screened;
    private final double longest;
    /** The steps of the walk, by the power of their ratio to the screened one. */
    private final NavigableMap<Integer, Difference> rungs = new TreeMap<>();

    /** @param screened the difference that does not agree with the claim */
    Confirmation(Surroundings here, Claim claim, Difference screened) {
        this.here = here;
        this.claim = claim;
        this.screened = screened;
        this.longest = Math.max(here.longestStep(claim.direction()), screened.step());
    }

    Answer check() {
        for (int k = Thresholds.FIRST_RUNG; k <= Thresholds.LAST_RUNG && (climb(k, longest) || k < 0); k++) {
        }
        // Not settled: all steps may be too long.
        for (int k = Thresholds.FIRST_RUNG - 1; path().size() < Thresholds.STEPS_AGAINST && k >= Thresholds.LOWEST_RUNG && climb(k, longest)
                && rungs.get(k).noise() <= 3 * Math.max(Math.abs(claim.slope()), Math.abs(screened.value())); k--) {
        }
        if (rungs.isEmpty()) {
            return Answer.open(screened, claim, screened.reach(), Line.ROUGH);
        }
        boolean stairs = climbStairs();
        Answer kinked = stairs ? null : kinked();
        return kinked != null ? kinked : excluded() ? smooth() : unsettled(stairs);
    }

    /** Takes a step, if it is no longer than {@code most} and the loss is finite there. */
    private boolean climb(int k, double most) {
        double step = screened.step() * Math.pow(Thresholds.RATIO, k);
        if (!rungs.containsKey(k) && step <= most * 1.001) {
            try {
                rungs.put(k, Difference.along(claim.direction(), step, here));
            } catch (NotFinite e) {
                return false;
            }
        }
        return rungs.containsKey(k);
    }

    private List<Difference> steps() {
        return new ArrayList<>(rungs.values());
    }

    /** The part of the walk in which all agree: for any smooth loss and any single kink the true slope is between the one-sided ones. */
    private List<Difference> path() {
        return steps().subList(0, OneSided.agreeing(of(Difference::value), of(Difference::reach)));
    }

    /** One number of each step of the walk. */
    private double[] of(ToDoubleFunction<Difference> number) {
        return rungs.values().stream().mapToDouble(number).toArray();
    }

    /**
     * Where the smallest steps do not move the loss at all, looks for the step that does. If it does so by a leap, the leap is noise of
     * every step: three slopes on one plateau are one piece of evidence.
     */
    private boolean climbStairs() {
        List<Difference> steps = steps();
        if (claim.slope() == 0 || steps.size() < 2 || !steps.get(0).isStill() || !steps.get(1).isStill()) {
            return false;
        }
        double most = Math.max(longest, here.ownStep(claim.direction()));
        while (rungs.lastEntry().getValue().isStill() && climb(rungs.lastKey() + 1, most)) {
        }
        List<Difference> all = steps();
        int moved = IntStream.range(0, all.size()).filter(k -> !all.get(k).isStill()).findFirst().orElse(-1);
        double leap = moved < 0 ? 0 : leap(all.get(moved - 1), all.get(moved));
        boolean stairs = leap > 2 * here.noise().level();
        if (stairs) {
            rungs.replaceAll((k, rung) -> rung.with(2 * leap / rung.step()));
        }
        return stairs;
    }

    /** Bisects between a step that does not move the loss and one that does: the size of a leap stays, a continuous change shrinks. */
    private double leap(Difference flat, Difference moved) {
        int side = moved.up() != 0 ? 1 : -1;
        double whole = Math.abs(side > 0 ? moved.up() : moved.down());
        double left = whole;
        double low = flat.step();
        double high = moved.step();
        try {
            for (int k = 0; k < Thresholds.BISECTIONS; k++) {
                double middle = (low + high) / 2;
                double change = Math.abs(here.loss().at(claim.direction().from(here.weights(), side * middle)) - here.value());
                low = change == 0 ? middle : low;
                high = change == 0 ? high : middle;
                left = change == 0 ? left : change;
            }
        } catch (NotFinite e) {
            return 0;
        }
        return left > Thresholds.LEAP * whole ? left : 0;
    }

    /** What is found where the loss jumps or has two slopes; null where it does neither. */
    private Answer kinked() {
        double[] noises = of(step -> 2 * step.noise());
        OneSided.Slope right = OneSided.of(of(step -> step.up() / step.step()), noises);
        OneSided.Slope left = OneSided.of(of(step -> -step.down() / step.step()), noises);
        if (jumps(of(Difference::up)) || jumps(of(Difference::down))) {
            return new Answer(rungs.firstEntry().getValue(), claim.slope(), Double.POSITIVE_INFINITY, false, true, Line.STAIRS);
        }
        double same = Math.max(Thresholds.TWO_SLOPES * (right.error() + left.error()),
                Thresholds.PRECISION * Math.max(Math.abs(right.value()), Math.abs(left.value())));
        if (!(Math.abs(right.value() - left.value()) > same)) {
            return null;
        }
        double bound = Math.max(right.error(), left.error());
        double low = Math.min(left.value(), right.value());
        double value = Math.min(Math.max(claim.slope(), low), Math.max(left.value(), right.value()));
        boolean wrong = Math.abs(claim.slope() - value) > 3 * bound + claim.tolerance();
        Difference best = steps().stream().min(Comparator.comparingDouble(Difference::reach)).orElseThrow();
        return new Answer(best, value, bound, wrong, true, new Line(Shape.KINK, left.value(), right.value(), 0));
    }

    /** Whether the change stays the same, and far above the noise, however short the step. */
    private boolean jumps(double[] changes) {
        double least = 10 * Thresholds.VISIBLE * screened.sigma();
        boolean large = changes.length > 3 && IntStream.range(0, 3).allMatch(k -> Math.abs(changes[k]) > least);
        double ratio = large ? Math.abs(changes[0] / changes[2]) : 0;
        return ratio > 0.5 && ratio < 2;
    }

    /** Whether neighbouring steps of the path exclude the claim. */
    private boolean excluded() {
        List<Difference> path = path();
        return IntStream.rangeClosed(0, path.size() - Thresholds.STEPS_AGAINST).anyMatch(k -> path.subList(k, k + Thresholds.STEPS_AGAINST)
                .stream().allMatch(step -> step.excludes(claim.slope(), claim.tolerance())));
    }

    /**
     * The claim is wrong, unless longer steps agree with it: then the loss is a staircase under something smooth; or far shorter ones do:
     * then it is a wave, of which the steps skipped whole periods; or all steps went far beyond the size of the weight.
     */
    private Answer smooth() {
        Answer best = best(path(), true, broken());
        double most = Thresholds.FAR * here.ownStep(claim.direction());
        while (climb(rungs.lastKey() + 1, most)) {
        }
        double agrees = Thresholds.AGREES * Math.abs(claim.slope() - best.value());
        List<Difference> longer = steps().stream().filter(step -> step.step() > best.best().step()).toList();
        boolean stairs = IntStream.range(1, longer.size()).anyMatch(k -> longer.subList(k - 1, k + 1).stream()
                .allMatch(step -> Math.abs(step.value() - claim.slope()) <= agrees));
        return stairs ? Answer.open(best.best(), claim, 0, Line.STAIRS)
                : best.best().isFar(here, claim.direction()) || isWave(best.best().step(), agrees) ? Answer.open(best.best(), claim, 0,
                        Line.ROUGH) : best;
    }

    private boolean isWave(double step, double agrees) {
        double first = Thresholds.FIRST_SPACING * here.ownStep(claim.direction());
        try {
            return first < step / 4 && 4 * Noise.rounding(here.value(), 53) / first < agrees && agree(first, agrees)
                    && agree(first / 4, 4 * agrees);
        } catch (NotFinite e) {
            return false;
        }
    }

    private boolean agree(double step, double agrees) {
        Difference found = Difference.along(claim.direction(), step, here);
        return found.up() != 0 && found.down() != 0 && Math.abs(found.value() - claim.slope()) <= agrees;
    }

    /** Smooth, but for a kink within the first step at which the two one-sided slopes part, faster than curvature lets them. */
    private Line broken() {
        List<Difference> steps = steps();
        return IntStream.range(1, steps.size()).filter(k -> {
            Difference before = steps.get(k - 1);
            double curved = Thresholds.RATIO * before.gap() + before.noise() + steps.get(k).noise();
            return steps.get(k).gap() > Thresholds.TWO_SLOPES * curved;
        }).mapToObj(k -> new Line(Shape.SMOOTH, Double.NaN, Double.NaN, steps.get(k).step())).findFirst().orElse(Line.SMOOTH);
    }

    /** The step of the path that agrees best with the one before it. */
    private static Answer best(List<Difference> path, boolean wrong, Line line) {
        int k = IntStream.range(1, path.size()).boxed().min(Comparator.comparingDouble(i -> error(path, i))).orElseThrow();
        return new Answer(path.get(k), path.get(k).value(), error(path, k), wrong, true, line);
    }

    private static double error(List<Difference> path, int k) {
        double before = Math.abs(path.get(k).value() - path.get(k - 1).value());
        double after = k + 1 < path.size() ? Math.abs(path.get(k + 1).value() - path.get(k).value()) : 0;
        return path.get(k).noise() + Math.max(before, after / Thresholds.RATIO);
    }

    /** Nothing excludes the claim. */
    private Answer unsettled(boolean stairs) {
        List<Difference> path = path();
        if (path.size() >= Thresholds.STEPS_AGAINST) {
            Answer inner = best(path, false, broken());
            if (Math.abs(claim.slope() - inner.value()) <= inner.bound()) {
                return inner;
            }
        }
        Difference best = path.stream().min(Comparator.comparingDouble(Difference::reach)).orElse(screened);
        return Answer.open(best, claim, best.reach(), stairs ? Line.STAIRS : best.gap() > best.noise() ? Line.ROUGH : Line.SMOOTH);
    }
}
