package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Draws random directions through some entries, and asks the loss about them. */
record Probes(Surroundings here, double[] claimed, Random random) {
    /**
     * What the loss says along a direction.
     *
     * @param passed whether the claim agrees
     * @param gap claim minus loss
     * @param bound how far the true gap can be from that
     * @param best the best difference, or null where the loss is not finite
     */
    record Probe(Direction direction, boolean passed, double gap, double bound, Difference best) {
        /** How far claim and loss can be from one another. */
        double apart() {
            return Math.abs(gap) + bound;
        }

        /** How far claim and loss can be apart as a share of what a part counts for; of its lengths where all of it is claimed to be 0. */
        double relative(Direction part, double[] claimed) {
            double size = part.size(claimed);
            return apart() / (size == 0 ? Vectors.norm(part.parts()) : size);
        }
    }

    /** One direction that moves each entry by its own size, and one in which half of those that count count the same, and none for more. */
    Direction[] draw(int[] entries) {
        double[] own = here.scale().own();
        double[] all = Arrays.stream(entries).mapToDouble(i -> Math.abs(claimed[i]) * own[i]).sorted().toArray();
        double[] counts = Arrays.stream(all).filter(c -> c > Thresholds.NOTHING * all[all.length - 1]).toArray();
        double typical = counts.length == 0 ? 0 : counts[counts.length / 2];
        double[] alike = Arrays.stream(entries)
                .mapToDouble(i -> Math.abs(claimed[i]) * own[i] > typical ? typical / Math.abs(claimed[i]) : own[i]).toArray();
        return new Direction[] {Direction.random(entries, Vectors.at(own, entries), random), Direction.random(entries, alike, random)};
    }

    /** Asks about several directions, at once where the loss allows it. */
    Probe[] ask(List<Direction> directions, Function<Direction, Probe> how) {
        Probe[] probes = new Probe[directions.size()];
        here.loss().workers().run(probes.length, k -> probes[k] = how.apply(directions.get(k)));
        return probes;
    }

    /** Screens a direction. */
    Probe screened(Direction direction) {
        Claim claim = claim(direction);
        try {
            StepSearch search = StepSearch.of(here, claim, start(direction));
            double gap = claim.slope() - search.best().value();
            boolean passed = Math.abs(gap) <= search.best().bound() + claim.tolerance() && !search.odd();
            return new Probe(direction, passed, gap, search.best().bound(), search.best());
        } catch (NotFinite e) {
            return new Probe(direction, false, 0, Double.POSITIVE_INFINITY, null);
        }
    }

    /** Takes more steps where screening did not pass. */
    Probe confirmed(Probe probe) {
        if (probe.passed() || probe.best() == null) {
            return probe;
        }
        Direction direction = probe.direction();
        Answer answer = answer(direction);
        return new Probe(direction, !answer.wrong() && answer.line().shape() == Shape.SMOOTH, direction.dot(claimed) - answer.value(),
                answer.bound(), answer.best());
    }

    Answer answer(Direction direction) {
        return SlopeCheck.of(here, claim(direction), start(direction));
    }

    private Claim claim(Direction direction) {
        double size = direction.size(claimed);
        double slope = direction.dot(claimed);
        // So exact that a single typical entry that is wrong can be seen among the others.
        double single = Thresholds.SINGLE / (Thresholds.WANTED * here.relativeStep() * Math.sqrt(direction.entries().length));
        double enough = here.noise().isCoarse() ? 1 : Math.max(1, Math.min(Thresholds.ENOUGH, single));
        return new Claim(direction, slope, enough * Math.max(Math.abs(slope), size), Entries.precision(claimed) * size);
    }

    private double start(Direction direction) {
        return here.relativeStep() / Math.sqrt(direction.entries().length);
    }
}
