package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was measured at the weights, beside what is claimed.
 *
 * @param derivatives one for each entry
 * @param stepError the error that any step of a central difference causes
 */
record Evidence(Surroundings here, double[] claimed, Derivative[] derivatives, StepError stepError, boolean everyParameter) {

    static Evidence of(Surroundings here, double[] claimed, Derivative[] found, boolean everyParameter) {
        double[] truncation = Arrays.stream(found).mapToDouble(Derivative::truncation).toArray();
        double size = 2 * Vectors.norm(Arrays.stream(found).mapToDouble(Derivative::value));
        return new Evidence(here, claimed, found, StepError.of(here.noise(), truncation, size), everyParameter);
    }

    /** Nothing was measured. */
    static Evidence none(Surroundings here, double[] claimed) {
        Derivative[] unknown = new Derivative[claimed.length];
        Arrays.fill(unknown, Derivative.unknown(Double.NaN));
        return new Evidence(here, claimed, unknown, StepError.UNKNOWN, false);
    }

    /** The same, measured with a step of the caller's own. */
    Evidence with(Derivative[] own) {
        return new Evidence(here, claimed, own, stepError, everyParameter);
    }

    boolean isEmpty() {
        return stepError == StepError.UNKNOWN;
    }

    List<Block> blocks() {
        return here.layout().blocks();
    }

    double value(int i) {
        return derivatives[i].value();
    }

    double bound(int i) {
        return derivatives[i].bound();
    }

    IntStream all() {
        return IntStream.range(0, claimed.length);
    }

    /** How far claim and measurement are apart. */
    double gap(int i) {
        return Math.abs(claimed[i] - value(i));
    }

    /** ||g - J|| / (||g|| + ||J||). */
    double relativeError(IntStream entries) {
        return share(entries, this::gap);
    }

    /** The error that the measurement leaves possible: |g - J| plus the error bound of J, over ||g|| + ||J||. */
    double certified(IntStream entries) {
        return share(entries, this::error);
    }

    private double error(int i) {
        return gap(i) + bound(i);
    }

    private double share(IntStream entries, IntToDoubleFunction error) {
        int[] chosen = entries.toArray();
        double norm = Vectors.norm(Arrays.stream(chosen).mapToDouble(error));
        double size = Vectors.norm(Arrays.stream(chosen).mapToDouble(i -> claimed[i]))
                + Vectors.norm(Arrays.stream(chosen).mapToDouble(this::value));
        return norm == 0 ? 0 : norm / size;
    }

    /** The entries of a tensor, or of all, that are wrong. */
    IntStream wrong(IntStream entries) {
        return entries.filter(i -> derivatives[i].wrong());
    }

    boolean disagrees() {
        return wrong(all()).findAny().isPresent();
    }

    boolean vanishes() {
        return all().allMatch(i -> Math.abs(value(i)) <= bound(i));
    }

    /** The tensors that are not resolved: neither certified to 1 %, nor zero, nor next to nothing beside the others. */
    List<Block> open() {
        double size = Vectors.norm(claimed);
        return blocks().stream().filter(block -> {
            boolean dead = block.entries().allMatch(i -> claimed[i] == 0 && derivatives[i].still());
            boolean small = Vectors.norm(block.entries().mapToDouble(this::error)) <= Thresholds.NOTHING * size;
            return !(certified(block.entries()) <= Thresholds.RESOLVED || small || dead && size != 0);
        }).toList();
    }

    /** The entry at a kink in one of these tensors that is farthest off, or none. */
    OptionalInt worstKink(List<Block> blocks) {
        return blocks.stream().map(block -> block.entries().filter(i -> derivatives[i].kinked())
                .reduce((a, b) -> bound(b) > bound(a) ? b : a)).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
    }

    /** The entry of a tensor where claim and measurement are farthest apart, or none if none was measured on its own. */
    OptionalInt worst(Block block) {
        return block.entries().filter(i -> derivatives[i].alone()).reduce((a, b) -> gap(b) > gap(a) ? b : a);
    }

    boolean allAlone(IntStream entries) {
        return entries.allMatch(i -> derivatives[i].alone());
    }
}
