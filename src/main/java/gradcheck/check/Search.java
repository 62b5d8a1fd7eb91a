package gradcheck.check;

import gradcheck.check.Derivative.Claimed;
import gradcheck.check.Probes.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Searches a tensor that does not pass along directions, with few evaluations however large it is: a few more directions judge every law
 * at once, and halves of its lines tell the place.
 *
 * @param found where the derivatives are put, and {@code samples} the directions through entries that are wrong by a law
 */
record Search(Probes probes, Derivative[] found, Map<Block, Sample> samples) {
    /** @param failed a direction through some entries of a tensor that did not pass */
    void in(Block block, Probe failed) {
        int[] entries = failed.direction().entries();
        Entries single = new Entries(probes.here(), probes.claimed(), found);
        if (entries.length <= Thresholds.SMALL) {
            single.measure(entries);
        } else if (!isLaw(block, entries)) {
            int[] suspects = suspects(block, failed);
            boolean all = suspects.length == entries.length;
            // What is no suspect passed in some half.
            Derivative rest = Derivative.within(all ? Double.POSITIVE_INFINITY : Thresholds.RESOLVED / 10);
            Arrays.stream(entries).forEach(i -> found[i] = rest);
            if (all || suspects.length <= Thresholds.SMALL || !isLaw(block, suspects)) {
                single.measure(suspects.length <= Thresholds.SMALL ? suspects : largest(suspects));
            }
        }
    }

    /** Whether one law explains a few directions through these entries, which then are wrong. */
    private boolean isLaw(Block block, int[] entries) {
        Sample sample = sample(entries);
        if (sample == null || !isConfirmed(sample) || !Cause.isLaw(
                Evidence.of(probes.here(), probes.claimed(), found, false, Map.of(block, sample), 0), block, entries)) {
            return false;
        }
        Derivative wrong = new Derivative(Double.NaN, Double.POSITIVE_INFINITY, false, 0, Claimed.WRONG, Line.SMOOTH, Double.MAX_VALUE);
        Arrays.stream(entries).forEach(i -> found[i] = wrong);
        samples.put(block, sample);
        return true;
    }

    /** Six random directions, one along which nothing of the claim cancels, one along the weights; null where the loss is not finite. */
    private Sample sample(int[] entries) {
        List<Direction> directions = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            directions.addAll(Arrays.asList(probes.draw(entries)));
        }
        double[] own = probes.here().scale().own();
        double[] weights = probes.here().weights();
        double[] alike = Arrays.stream(entries).mapToDouble(i -> probes.claimed()[i] < 0 ? -own[i] : own[i]).toArray();
        directions.add(new Direction(entries, alike));
        if (Arrays.stream(entries).anyMatch(i -> weights[i] != 0)) {
            directions.add(new Direction(entries, Vectors.at(weights, entries)));
        }
        Probe[] asked = probes.ask(directions, probes::screened);
        return Arrays.stream(asked).anyMatch(p -> p.best() == null) ? null : new Sample(directions,
                Arrays.stream(asked).mapToDouble(p -> p.best().value()).toArray(),
                Arrays.stream(asked).mapToDouble(p -> p.best().bound()).toArray());
    }

    /** Whether the direction that disagrees most does so for certain, and not at a kink. */
    private boolean isConfirmed(Sample sample) {
        double[] expected = sample.of(probes.claimed());
        int worst = IntStream.range(0, sample.size()).boxed()
                .max(Comparator.comparingDouble(k -> Math.abs(sample.value()[k] - expected[k]) / sample.bound()[k])).orElseThrow();
        try {
            Answer answer = probes.answer(sample.directions().get(worst));
            return answer.wrong() && answer.line().shape() != Shape.KINK;
        } catch (NotFinite e) {
            return false;
        }
    }

    /** The entries of the lines that do not pass; of lines along several axes those in all of them. */
    private int[] suspects(Block block, Probe failed) {
        Probe part = failed;
        for (int axis = 0; axis < block.shape().length; axis++) {
            int[] lines = lines(block, part, axis);
            int at = axis;
            Direction left = part.direction().part(i -> Arrays.binarySearch(lines, Cover.place(block, i, at)) >= 0);
            part = lines.length > 0 ? new Probe(left, false, part.gap(), part.bound(), null) : part;
        }
        return part.direction().entries();
    }

    /** Some lines along an axis, from one (included) to another (excluded), and how far claim and loss are apart along their direction. */
    private record Segment(int from, int to, double gap, double bound) {
    }

    /**
     * The lines along an axis that do not pass, found by halving; none if there are more than a few. What one half leaves of a gap is that
     * of the other one.
     */
    private int[] lines(Block block, Probe failed, int axis) {
        List<Segment> segments = List.of(new Segment(0, (int) block.shape()[axis], failed.gap(), failed.bound()));
        while (segments.stream().anyMatch(s -> s.to() - s.from() > 1)) {
            List<Segment> next = new ArrayList<>();
            for (Segment s : segments) {
                int middle = s.from() + (s.to() - s.from() + 1) / 2;
                Probe left = middle == s.to() ? null : probe(block, failed.direction(), axis, s.from(), middle);
                boolean leftFails = left == null || !left.passed();
                if (leftFails) {
                    next.add(left == null ? s : new Segment(s.from(), middle, left.gap(), left.bound()));
                }
                if (left != null) {
                    double gap = s.gap() - left.gap();
                    double bound = s.bound() + left.bound();
                    if (!leftFails || Math.abs(gap) > 2 * bound || !probe(block, failed.direction(), axis, middle, s.to()).passed()) {
                        next.add(new Segment(middle, s.to(), gap, bound));
                    }
                }
            }
            if (next.size() > Thresholds.LINES) {
                return new int[0];
            }
            segments = next;
        }
        return segments.stream().mapToInt(Segment::from).toArray();
    }

    /** Asks about the part of a direction that lies within some lines. */
    private Probe probe(Block block, Direction direction, int axis, int from, int to) {
        Direction part = direction.part(i -> Cover.place(block, i, axis) >= from && Cover.place(block, i, axis) < to);
        return part.entries().length == 0 ? new Probe(part, true, 0, 0, null) : probes.screened(part);
    }

    /** Those whose claims matter most. */
    private int[] largest(int[] suspects) {
        return Arrays.stream(suspects).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(probes.claimed()[i]) * probes.here().scale().own()[i]))
                .limit(Thresholds.DENSE).mapToInt(i -> i).sorted().toArray();
    }
}
