package gradcheck.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Measures two random directions through each tensor. Both pass: the claim is believed within the worse of their bounds. One fails:
 * random halves of the entries are tried, until few enough are left to be measured one by one.
 *
 * @param found where the derivatives are put
 */
record Directions(Surroundings here, double[] claimed, Derivative[] found, Random random) {
    void measure() {
        List<int[]> tensors = here.layout().blocks().stream().map(block -> block.entries().toArray()).toList();
        List<Direction> drawn = tensors.stream().flatMap(entries -> Stream.of(draw(entries))).toList();
        Probe[] along = new Probe[drawn.size()];
        here.loss().workers().run(along.length, k -> along[k] = along(drawn.get(k)));
        for (int b = 0; b < tensors.size(); b++) {
            settle(tensors.get(b), along[2 * b].and(along[2 * b + 1]));
        }
    }

    /** What a direction says: the truncation factor is that of a single entry, as a share of the whole direction's. */
    private record Probe(boolean wrong, boolean kinked, boolean still, double relativeBound, double truncation) {
        Probe and(Probe second) {
            return new Probe(wrong || second.wrong, kinked || second.kinked, still && second.still,
                    Math.max(relativeBound, second.relativeBound), truncation);
        }

        /** What it says of one entry. {@code unit}: the size of which the bound is a share. */
        Derivative of(double claimed, double unit) {
            return new Derivative(claimed, relativeBound * unit, truncation, false, kinked, still, false);
        }
    }

    private void settle(int[] entries, Probe probe) {
        if (!probe.wrong()) {
            boolean zero = Arrays.stream(entries).allMatch(i -> claimed[i] == 0);
            Arrays.stream(entries).forEach(i -> found[i] = probe.of(claimed[i], zero ? 1 : Math.abs(claimed[i])));
            return;
        }
        List<Integer> shuffled = Arrays.asList(Arrays.stream(entries).boxed().toArray(Integer[]::new));
        Collections.shuffle(shuffled, random);
        int[] suspects = shuffled.stream().mapToInt(i -> i).toArray();
        while (suspects.length > Thresholds.SAMPLE) {
            int[] half = Arrays.copyOf(suspects, suspects.length / 2);
            Direction[] drawn = draw(half);
            suspects = along(drawn[0]).wrong() || along(drawn[1]).wrong() ? half
                    : Arrays.copyOfRange(suspects, half.length, suspects.length);
        }
        Arrays.sort(suspects);
        new Entries(here, claimed, found).measure(suspects);
    }

    /** The first direction changes all entries by their natural scale, the second such that every entry counts the same. */
    private Direction[] draw(int[] entries) {
        double[] scale = Vectors.at(here.scale(), entries);
        double rms = Vectors.rms(claimed, Arrays.stream(entries));
        double[] weights = Arrays.stream(entries).mapToDouble(i -> 1 / (Math.abs(claimed[i]) + 0.03 * rms)).toArray();
        double shrink = Arrays.stream(scale).max().orElseThrow() / Arrays.stream(weights).max().orElseThrow();
        return new Direction[] {Direction.random(entries, scale, random),
                Direction.random(entries, rms == 0 ? scale : Arrays.stream(weights).map(w -> w * shrink).toArray(), random)};
    }

    private Probe along(Direction direction) {
        double expected = direction.dot(claimed);
        double size = direction.size(claimed);
        Claim claim = new Claim(direction, expected,
                (here.noise().isCoarse() ? 1 : Thresholds.ENOUGH) * Math.max(Math.abs(expected), size));
        SlopeCheck check = SlopeCheck.of(here, claim, here.relativeStep() / Math.sqrt(direction.entries().length));
        double apart = Math.abs(expected - check.best().value()) + check.bound();
        double length = Vectors.norm(direction.parts());
        return new Probe(check.wrong(), check.kinked(), check.best().value() == 0, apart / (size == 0 ? length : size),
                check.best().truncationFactor(here) / Math.pow(length, 3));
    }
}
