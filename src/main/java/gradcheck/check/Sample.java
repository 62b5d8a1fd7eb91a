package gradcheck.check;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was measured of a part of the gradient: slopes along directions, as a rule along single entries. It is what a law must explain.
 *
 * @param value the slopes
 * @param bound how far the true ones can be from them
 */
record Sample(List<Direction> directions, double[] value, double[] bound) {
    Sample and(Sample other) {
        return new Sample(Stream.concat(directions.stream(), other.directions.stream()).toList(), Vectors.joined(value, other.value),
                Vectors.joined(bound, other.bound));
    }

    int size() {
        return value.length;
    }

    /** What the same slopes are of another gradient. */
    double[] of(double[] gradient) {
        return directions.stream().mapToDouble(direction -> direction.dot(gradient)).toArray();
    }

    /** Whether a model leaves of each slope's disagreement with the claim no more than its own bound lets it. */
    boolean agrees(double[] model, double[] claimed) {
        return IntStream.range(0, value.length).allMatch(k -> Math.abs(value[k] - model[k]) <= Thresholds.LAW_BOUNDS * bound[k]
                + Thresholds.LAW_LEAVES * Math.min(Math.abs(value[k] - claimed[k]), Math.abs(value[k])) + 1e-9 * Math.abs(value[k]));
    }
}
