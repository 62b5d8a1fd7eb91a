package gradcheck.check;

import gradcheck.check.Slopes.Assessment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The derivatives of the loss with their error bounds, and which of the claimed ones are wrong. */
final class Measurement {
    /** At most so many entries of a tensor that failed along a direction are looked into. */
    private static final int SAMPLE = 400;
    /** After so many confirmed errors in a tensor its next suspects are believed. */
    private static final int CONFIRMED = 3;

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
    }

    /** Entry by entry, each starting from the step of its neighbour. */
    void everyEntry(int[] entries) {
        double all = Flat.rms(claimed, IntStream.range(0, claimed.length));
        double typical = Math.max(Flat.rms(claimed, Arrays.stream(entries)), 1e-6 * all);
        double neighbour = Double.NaN;
        int confirmed = 0;
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
            confirmed += found.wrong() ? 1 : 0;
            neighbour = found.suspect() ? neighbour : found.slope().step();
        }
    }

    /**
     * Two random directions through the entries. Both pass: the claim is believed within the worse of their bounds. One fails:
     * random halves of the entries are tried, until few enough are left to be measured one by one.
     */
    void directions(int[] entries, Random random) {
        Probe probe = probe(entries, random);
        if (!probe.wrong()) {
            boolean zero = Arrays.stream(entries).allMatch(i -> claimed[i] == 0);
            for (int i : entries) {
                bound[i] = probe.relativeBound() * (zero ? 1 : Math.abs(claimed[i]));
                truncation[i] = probe.truncation();
                kinked[i] = probe.kinked();
            }
            return;
        }
        List<Integer> shuffled = Arrays.asList(Arrays.stream(entries).boxed().toArray(Integer[]::new));
        Collections.shuffle(shuffled, random);
        int[] suspects = shuffled.stream().mapToInt(i -> i).toArray();
        while (suspects.length > SAMPLE) {
            int[] half = Arrays.copyOf(suspects, suspects.length / 2);
            suspects = probe(half, random).wrong() ? half : Arrays.copyOfRange(suspects, half.length, suspects.length);
        }
        Arrays.sort(suspects);
        everyEntry(suspects);
    }

    /** What the two directions say: the truncation factor is that of a single entry, as a share of the whole direction's. */
    private record Probe(boolean wrong, boolean kinked, double relativeBound, double truncation) {
    }

    /** The first direction changes all entries by their natural scale, the second such that every entry counts the same. */
    private Probe probe(int[] entries, Random random) {
        double[] scale = Arrays.stream(entries).mapToDouble(i -> point.scale()[i]).toArray();
        double rms = Flat.rms(claimed, Arrays.stream(entries));
        double[] weights = Arrays.stream(entries).mapToDouble(i -> 1 / (Math.abs(claimed[i]) + 0.03 * rms)).toArray();
        double shrink = Arrays.stream(scale).max().orElseThrow() / Arrays.stream(weights).max().orElseThrow();
        Direction natural = Direction.random(entries, scale, random);
        Direction even = Direction.random(entries, rms == 0 ? scale : Arrays.stream(weights).map(w -> w * shrink).toArray(), random);
        Probe first = along(natural);
        Probe second = first.wrong() ? first : along(even);
        return new Probe(second.wrong(), first.kinked() || second.kinked(), Math.max(first.relativeBound(), second.relativeBound()),
                first.truncation());
    }

    private Probe along(Direction direction) {
        double expected = direction.dot(claimed);
        double size = direction.size(claimed);
        double root = Math.sqrt(direction.entries().length);
        Assessment found = Slopes.assess(point, direction, point.relativeStep() / root, expected, Math.max(Math.abs(expected), size),
                false);
        double apart = Math.abs(expected - found.slope().value()) + found.bound();
        double length = Flat.norm(direction.parts());
        return new Probe(found.wrong(), found.kinked(), apart / (size == 0 ? length : size),
                point.truncationFactor(found.slope()) / Math.pow(length, 3));
    }
}
