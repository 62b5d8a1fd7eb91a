package gradcheck.check;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A direction to move the weights in: {@code parts[k]} belongs to entry {@code entries[k]}, all other entries stay. */
record Direction(int[] entries, double[] parts) {
    static Direction entry(int i) {
        return new Direction(new int[] {i}, new double[] {1});
    }

    /** All entries, each by up to its scale. */
    static Direction random(double[] scale, Random random) {
        return random(IntStream.range(0, scale.length).toArray(), scale, random);
    }

    /**
     * Random signs and, between half of the sizes and all of them, random lengths. Along equal lengths the gradient of a softmax's
     * biases adds up to zero, and from zero weights a move by equal lengths ends on kinks.
     */
    static Direction random(int[] entries, double[] sizes, Random random) {
        return new Direction(entries, IntStream.range(0, entries.length)
                .mapToDouble(k -> (random.nextBoolean() ? sizes[k] : -sizes[k]) * (0.5 + random.nextDouble() / 2)).toArray());
    }

    /** The part of it in some of its entries. */
    Direction part(IntPredicate inside) {
        int[] chosen = IntStream.range(0, entries.length).filter(k -> inside.test(entries[k])).toArray();
        return new Direction(Arrays.stream(chosen).map(k -> entries[k]).toArray(), Vectors.at(parts, chosen));
    }

    /** A copy of the weights, moved. */
    double[] from(double[] weights, double step) {
        double[] moved = weights.clone();
        for (int k = 0; k < entries.length; k++) {
            moved[entries[k]] += step * parts[k];
        }
        return moved;
    }

    /** Which of the entries moves most. */
    int largest() {
        return IntStream.range(0, parts.length).reduce((a, b) -> Math.abs(parts[b]) > Math.abs(parts[a]) ? b : a).orElseThrow();
    }

    double dot(double[] gradient) {
        return IntStream.range(0, entries.length).mapToDouble(k -> gradient[entries[k]] * parts[k]).sum();
    }

    /** The norm of the products that make up {@link #dot}. */
    double size(double[] gradient) {
        return Vectors.norm(IntStream.range(0, entries.length).mapToDouble(k -> gradient[entries[k]] * parts[k]));
    }
}
