package gradcheck.check;

import gradcheck.check.Slopes.Assessment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The derivatives of the loss with their error bounds, and which of the claimed ones are wrong. */
final class Measurement {
    /** At most so many entries of a tensor that failed along a direction are looked into. */
    private static final int SAMPLE = 400;
    /** After so many confirmed errors in a tensor its next suspects are believed. */
    private static final int CONFIRMED = 3;
    /** Unless the loss is coarse, a direction may be measured so many times less exactly than an entry: it is for quick answers. */
    private static final int ENOUGH = 30;
    /** So many entries are measured one after the other where others are measured at the same time. */
    private static final int RUN = 32;

    private final Point point;
    private final double[] claimed;
    /** The derivatives measured; the claimed value where none was. */
    final double[] value;
    /** How far the true derivative can be from that; infinite where nothing is known. */
    final double[] bound;
    /** The factor c of the truncation error c h^2 that a step h causes. */
    final double[] truncation;
    final boolean[] wrong;
    /** Whether the claim was neither passed nor excluded, since the one-sided slopes differ. */
    final boolean[] kinked;
    /** Whether the entry was measured on its own, not only along a direction. */
    final boolean[] alone;
    /** Whether the loss did not react at all where the entry was moved. */
    final boolean[] still;

    Measurement(Point point, double[] claimed) {
        int n = claimed.length;
        this.point = point;
        this.claimed = claimed;
        this.value = claimed.clone();
        this.bound = new double[n];
        Arrays.fill(bound, Double.POSITIVE_INFINITY);
        this.truncation = new double[n];
        this.wrong = new boolean[n];
        this.kinked = new boolean[n];
        this.alone = new boolean[n];
        this.still = new boolean[n];
    }

    /** Where a run of entries leaves off: the step of the last one, or NaN, and how many errors were confirmed. */
    private record Run(double neighbour, int confirmed) {
    }

    /** Entry by entry. The first run of them goes alone, since all others start from where it leaves off; they need not wait for one another. */
    void everyEntry(int[] entries) {
        double all = Flat.rms(claimed, IntStream.range(0, claimed.length));
        double typical = Math.max(Flat.rms(claimed, Arrays.stream(entries)), 1e-6 * all);
        int length = point.loss().isFast() ? RUN : entries.length;
        Run first = run(Arrays.copyOf(entries, Math.min(length, entries.length)), typical, new Run(Double.NaN, 0));
        point.loss().run((entries.length - 1) / length, k -> run(
                Arrays.copyOfRange(entries, (k + 1) * length, Math.min((k + 2) * length, entries.length)), typical, first));
    }

    /** A run of entries, each starting from the step of its neighbour. */
    private Run run(int[] entries, double typical, Run before) {
        double neighbour = before.neighbour();
        int confirmed = before.confirmed();
        for (int i : entries) {
            double start = Double.isNaN(neighbour) ? point.relativeStep() * point.scale()[i] : neighbour;
            double reference = Math.max(Math.abs(claimed[i]), 0.1 * typical);
            Assessment found = Slopes.assess(point, Direction.entry(i), start, claimed[i], reference, confirmed >= CONFIRMED);
            value[i] = found.slope().value();
            bound[i] = found.bound();
            truncation[i] = point.truncationFactor(found.slope());
            wrong[i] = found.wrong();
            kinked[i] = found.kinked();
            alone[i] = true;
            still[i] = found.slope().value() == 0;
            confirmed += found.wrong() ? 1 : 0;
            if (!found.suspect()) {
                neighbour = found.slope().step();
            } else if (!found.wrong()) {
                // A right entry that was suspected: the step did not suit, and may not suit the next one.
                neighbour = Double.NaN;
            }
        }
        return new Run(neighbour, confirmed);
    }

    /**
     * Two random directions through each tensor. Both pass: the claim is believed within the worse of their bounds. One fails:
     * random halves of the entries are tried, until few enough are left to be measured one by one.
     */
    void directions(List<Block> blocks, Random random) {
        List<int[]> tensors = blocks.stream().map(block -> block.entries().toArray()).toList();
        List<Direction> drawn = tensors.stream().flatMap(entries -> Stream.of(draw(entries, random))).toList();
        Probe[] along = new Probe[drawn.size()];
        point.loss().run(along.length, k -> along[k] = along(drawn.get(k)));
        for (int b = 0; b < tensors.size(); b++) {
            settle(tensors.get(b), both(along[2 * b], along[2 * b + 1]), random);
        }
    }

    private void settle(int[] entries, Probe probe, Random random) {
        if (!probe.wrong()) {
            boolean zero = Arrays.stream(entries).allMatch(i -> claimed[i] == 0);
            for (int i : entries) {
                bound[i] = probe.relativeBound() * (zero ? 1 : Math.abs(claimed[i]));
                truncation[i] = probe.truncation();
                kinked[i] = probe.kinked();
                still[i] = probe.still();
            }
            return;
        }
        List<Integer> shuffled = Arrays.asList(Arrays.stream(entries).boxed().toArray(Integer[]::new));
        Collections.shuffle(shuffled, random);
        int[] suspects = shuffled.stream().mapToInt(i -> i).toArray();
        while (suspects.length > SAMPLE) {
            int[] half = Arrays.copyOf(suspects, suspects.length / 2);
            Direction[] drawn = draw(half, random);
            suspects = along(drawn[0]).wrong() || along(drawn[1]).wrong() ? half : Arrays.copyOfRange(suspects, half.length, suspects.length);
        }
        Arrays.sort(suspects);
        everyEntry(suspects);
    }

    /** What the two directions say: the truncation factor is that of a single entry, as a share of the whole direction's. */
    private record Probe(boolean wrong, boolean kinked, boolean still, double relativeBound, double truncation) {
    }

    /** The first direction changes all entries by their natural scale, the second such that every entry counts the same. */
    private Direction[] draw(int[] entries, Random random) {
        double[] scale = Arrays.stream(entries).mapToDouble(i -> point.scale()[i]).toArray();
        double rms = Flat.rms(claimed, Arrays.stream(entries));
        double[] weights = Arrays.stream(entries).mapToDouble(i -> 1 / (Math.abs(claimed[i]) + 0.03 * rms)).toArray();
        double shrink = Arrays.stream(scale).max().orElseThrow() / Arrays.stream(weights).max().orElseThrow();
        return new Direction[] {Direction.random(entries, scale, random),
                Direction.random(entries, rms == 0 ? scale : Arrays.stream(weights).map(w -> w * shrink).toArray(), random)};
    }

    private static Probe both(Probe first, Probe second) {
        return new Probe(first.wrong() || second.wrong(), first.kinked() || second.kinked(), first.still() && second.still(),
                Math.max(first.relativeBound(), second.relativeBound()), first.truncation());
    }

    private Probe along(Direction direction) {
        double expected = direction.dot(claimed);
        double size = direction.size(claimed);
        double root = Math.sqrt(direction.entries().length);
        Assessment found = Slopes.assess(point, direction, point.relativeStep() / root, expected,
                (point.noise().isCoarse() ? 1 : ENOUGH) * Math.max(Math.abs(expected), size), false);
        double apart = Math.abs(expected - found.slope().value()) + found.bound();
        double length = Flat.norm(direction.parts());
        return new Probe(found.wrong(), found.kinked(), found.slope().value() == 0, apart / (size == 0 ? length : size),
                point.truncationFactor(found.slope()) / Math.pow(length, 3));
    }
}
