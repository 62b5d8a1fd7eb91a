package gradcheck.check;

import gradcheck.check.Answer.Shape;
import gradcheck.check.Evaluations.NotFinite;
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
     * @param apart how far claim and loss can be from one another
     * @param best the best difference, or null where the loss is not finite
     */
    record Probe(Direction direction, boolean passed, double apart, Difference best) {
        /** How far claim and loss can be apart as a share of what the entries count for; of their lengths where all are claimed to be 0. */
        double relative(double[] claimed) {
            double size = direction.size(claimed);
            return apart / (size == 0 ? Vectors.norm(direction.parts()) : size);
        }
    }

    /** One direction that moves all entries by their own size, and one in which half of them count the same and none counts more. */
    Direction[] draw(int[] entries) {
        double[] own = here.scale().own();
        double[] counts = Arrays.stream(entries).mapToDouble(i -> Math.abs(claimed[i]) * own[i]).filter(c -> c > 0).sorted().toArray();
        double typical = counts.length == 0 ? 0 : counts[counts.length / 2];
        return new Direction[] {Direction.random(entries, Vectors.at(own, entries), random), Direction.random(entries,
                Arrays.stream(entries).mapToDouble(i -> Math.abs(claimed[i]) * own[i] > typical ? typical / Math.abs(claimed[i]) : own[i])
                        .toArray(), random)};
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
            double gap = Math.abs(claim.slope() - search.best().value());
            boolean passed = gap <= search.best().bound() + claim.tolerance() && !search.odd();
            return new Probe(direction, passed, gap + search.best().bound(), search.best());
        } catch (NotFinite e) {
            return new Probe(direction, false, Double.POSITIVE_INFINITY, null);
        }
    }

    /** Screens a direction, and takes more steps where that does not pass it. */
    Probe confirmed(Direction direction) {
        Probe probe = screened(direction);
        if (probe.passed() || probe.best() == null) {
            return probe;
        }
        Answer answer = answer(direction);
        return new Probe(direction, !answer.wrong() && answer.line().shape() == Shape.SMOOTH,
                Math.abs(direction.dot(claimed) - answer.value()) + answer.bound(), answer.best());
    }

    Answer answer(Direction direction) {
        return SlopeCheck.of(here, claim(direction), start(direction));
    }

    private Claim claim(Direction direction) {
        double size = direction.size(claimed);
        double expected = direction.dot(claimed);
        double reference = (here.noise().isCoarse() ? 1 : Thresholds.ENOUGH) * Math.max(Math.abs(expected), size);
        return new Claim(direction, expected, reference, Entries.precision(claimed) * size);
    }

    private double start(Direction direction) {
        return here.relativeStep() / Math.sqrt(direction.entries().length);
    }
}
