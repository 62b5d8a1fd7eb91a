package gradcheck.check;

import gradcheck.check.Derivative.Claimed;
import gradcheck.check.Probes.Probe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures random directions: two through all tensors at once, and, where they do not pass, two through each. Where these do not pass
 * either, it is searched for what is wrong.
 */
final class Directions {
    private final Probes probes;
    private final Derivative[] found;
    private final Search search;
    private double unseen;

    Directions(Probes probes, Derivative[] found, Search search) {
        this.probes = probes;
        this.found = found;
        this.search = search;
    }

    /** Entries of a tensor, with two directions through them, and how much of these a direction through all tensors takes. */
    private record Group(Block block, int[] entries, Direction[] drawn, double[] shares) {
        Group with(double[] others) {
            return new Group(block, entries, drawn, others);
        }

        /** Its part of direction k. */
        Direction part(int k) {
            return new Direction(entries, Arrays.stream(drawn[k].parts()).map(p -> p * shares[k]).toArray());
        }
    }

    /**
     * Measures them, and returns how far any single entry could be off without being seen.
     *
     * @param glance whether it ends where something does not pass: then all stays unknown
     */
    double measure(boolean glance) {
        List<Group> groups = probes.here().layout().blocks().stream().map(b -> group(b, b.entries().toArray())).toList();
        List<Group> open = groups.size() > 1 ? together(groups) : groups;
        for (int round = 0; round < Thresholds.SPLITS && !open.isEmpty(); round++) {
            Probe[] asked = probes.ask(open.stream().flatMap(g -> Arrays.stream(g.drawn())).toList(), probes::screened);
            List<Group> next = new ArrayList<>();
            for (int k = 0; k < open.size(); k++) {
                Group group = open.get(k);
                Probe first = glance ? asked[2 * k] : probes.confirmed(asked[2 * k]);
                Probe second = glance || !first.passed() ? asked[2 * k + 1] : probes.confirmed(asked[2 * k + 1]);
                boolean passed = first.passed() && second.passed();
                if (!passed && glance) {
                    Arrays.fill(found, Derivative.UNKNOWN);
                    return Double.POSITIVE_INFINITY;
                } else if (!passed) {
                    search.in(group.block(), first.passed() ? second : first);
                } else {
                    int[] left = believed(group, first, second);
                    if (left.length > 0 && left.length < group.entries().length) {
                        next.add(group(group.block(), left));
                    }
                }
            }
            open = next;
        }
        return unseen;
    }

    private Group group(Block block, int[] entries) {
        return new Group(block, entries, probes.draw(entries), new double[] {1, 1});
    }

    /** Takes two directions through all tensors, scaled so that each counts, and returns the groups of which that is not enough. */
    private List<Group> together(List<Group> groups) {
        List<Group> scaled = scaled(groups);
        List<Direction> whole = IntStream.range(0, 2).mapToObj(k -> joined(scaled.stream().map(g -> g.part(k)).toList())).toList();
        Probe[] asked = probes.ask(whole, probes::screened);
        if (!asked[0].passed() || !asked[1].passed()) {
            return groups;
        }
        return IntStream.range(0, groups.size()).boxed().flatMap(g -> {
            boolean zero = Arrays.stream(groups.get(g).entries()).allMatch(i -> probes.claimed()[i] == 0);
            int[] left = believed(scaled.get(g), asked[0], asked[1]);
            boolean resolved = !zero && found[groups.get(g).entries()[0]].bound() <= Thresholds.RESOLVED;
            return !resolved ? Stream.of(groups.get(g)) : left.length > 0 ? Stream.of(group(groups.get(g).block(), left)) : Stream.of();
        }).toList();
    }

    /**
     * The groups with shares by which each counts about the same, as far as that shrinks none to nothing; exactly the same would let two
     * of them cancel.
     */
    private List<Group> scaled(List<Group> groups) {
        double[][] sizes = IntStream.range(0, 2).mapToObj(k ->
                groups.stream().mapToDouble(g -> g.drawn()[k].size(probes.claimed())).toArray()).toArray(double[][]::new);
        double[] targets = Arrays.stream(sizes).mapToDouble(s -> Math.max(Arrays.stream(s).filter(v -> v > 0).min().orElse(0),
                Arrays.stream(s).max().orElseThrow() / Thresholds.ONE_SIZE)).toArray();
        return IntStream.range(0, groups.size()).mapToObj(g -> groups.get(g).with(IntStream.range(0, 2).mapToDouble(k ->
                (sizes[k][g] > targets[k] ? targets[k] / sizes[k][g] : 1) * (0.5 + probes.random().nextDouble() / 2)).toArray())).toList();
    }

    private static Direction joined(List<Direction> parts) {
        return new Direction(parts.stream().flatMapToInt(d -> Arrays.stream(d.entries())).toArray(),
                parts.stream().flatMapToDouble(d -> Arrays.stream(d.parts())).toArray());
    }

    /**
     * Believes the claims of a group within what two directions leave open, and returns the entries of which these told next to nothing: a
     * single one of them could be wrong by more than 1 % of the tensor.
     */
    private int[] believed(Group group, Probe first, Probe second) {
        double[] claimed = probes.claimed();
        Direction a = group.part(0);
        Direction b = group.part(1);
        double bound = Math.max(first.relative(a, claimed), second.relative(b, claimed));
        double truncation = first.best().truncationFactor() / Math.pow(Vectors.norm(a.parts()), 3);
        boolean zero = Arrays.stream(group.entries()).allMatch(i -> claimed[i] == 0);
        Derivative all = new Derivative(Double.NaN, bound, !zero, truncation, Claimed.WITHIN, Line.SMOOTH,
                Math.max(first.best().reaction(), second.best().reaction()));
        Arrays.stream(group.entries()).forEach(i -> found[i] = all);
        double size = Vectors.norm(group.block().entries().mapToDouble(i -> claimed[i]));
        double most = Thresholds.RESOLVED * (size == 0 ? Vectors.norm(claimed) : size);
        double[] alone = IntStream.range(0, group.entries().length).mapToDouble(k -> Math.min(first.apart() / Math.abs(a.parts()[k]),
                second.apart() / Math.abs(b.parts()[k]))).toArray();
        unseen = Math.max(unseen, Arrays.stream(alone).filter(off -> off <= most).max().orElse(0));
        return IntStream.range(0, alone.length).filter(k -> alone[k] > most).map(k -> group.entries()[k]).toArray();
    }
}
