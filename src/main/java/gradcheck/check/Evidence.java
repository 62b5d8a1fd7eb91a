package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was measured at the weights, beside what is claimed.
 *
 * @param derivatives one for each entry
 * @param stepError the error that any step of a central difference causes
 * @param samples what was measured along directions of tensors that were not measured entry by entry
 * @param unseen how far a single entry could be off without being seen, where only directions were measured
 */
record Evidence(Surroundings here, double[] claimed, Derivative[] derivatives, StepError stepError, boolean everyParameter,
        Map<Block, Sample> samples, double unseen) {
    static Evidence of(Surroundings here, double[] claimed, Derivative[] found, boolean everyParameter, Map<Block, Sample> samples,
            double unseen) {
        Evidence evidence = new Evidence(here, claimed, found, StepError.UNKNOWN, everyParameter, samples, unseen);
        double[] truncation = Arrays.stream(found).mapToDouble(Derivative::truncation).toArray();
        double size = 2 * Vectors.norm(evidence.all().mapToDouble(evidence::value));
        return new Evidence(here, claimed, found, StepError.of(here.noise(), truncation, size), everyParameter, samples, unseen);
    }

    /** Nothing was measured. */
    static Evidence none(Surroundings here, double[] claimed) {
        Derivative[] unknown = Derivative.all(claimed.length, Derivative.UNKNOWN);
        return new Evidence(here, claimed, unknown, StepError.UNKNOWN, false, Map.of(), Double.POSITIVE_INFINITY);
    }

    /** The same with other derivatives. */
    Evidence with(Derivative[] others) {
        return new Evidence(here, claimed, others, stepError, everyParameter, samples, unseen);
    }

    boolean isEmpty() {
        return stepError == StepError.UNKNOWN;
    }

    List<Block> blocks() {
        return here.layout().blocks();
    }

    /** The number measured; the claimed one where it was not measured on its own. */
    double value(int i) {
        return derivatives[i].isAlone() ? derivatives[i].value() : claimed[i];
    }

    /** How far the true derivative can be from that. */
    double bound(int i) {
        return derivatives[i].bound() * (derivatives[i].isShare() ? Math.abs(claimed[i]) : 1);
    }

    /** What was measured of a tensor. */
    Sample sample(Block block) {
        return samples.containsKey(block) ? samples.get(block) : sample(block.entries());
    }

    /** What was measured of entries on their own. Those that are zero on both sides count for nothing: any law holds for them. */
    Sample sample(IntStream entries) {
        int[] active = entries.filter(i -> derivatives[i].isAlone() && bound(i) < Double.POSITIVE_INFINITY
                && (claimed[i] != 0 || Math.abs(value(i)) > bound(i))).toArray();
        return new Sample(Arrays.stream(active).mapToObj(Direction::entry).toList(),
                Arrays.stream(active).mapToDouble(this::value).toArray(), Arrays.stream(active).mapToDouble(this::bound).toArray());
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
        return share(entries, this::gap, i -> 1);
    }

    /** The error left possible: |g - J| plus the error bound of J, over ||g|| + ||J||; infinite if nothing was measured. */
    double certified(IntStream entries) {
        double certified = share(entries, this::error, i -> 1);
        return Double.isNaN(certified) ? Double.POSITIVE_INFINITY : certified;
    }

    private double error(int i) {
        return gap(i) + bound(i);
    }

    /** @param unit of each entry: the weight's own size makes derivatives by weights of very different sizes comparable */
    private double share(IntStream entries, IntToDoubleFunction error, IntToDoubleFunction unit) {
        int[] chosen = entries.toArray();
        double norm = norm(chosen, error, unit);
        double sum = norm(chosen, i -> claimed[i], unit) + norm(chosen, this::value, unit);
        return norm == 0 ? 0 : Double.isInfinite(sum) ? sum : norm / sum;
    }

    private static double norm(int[] entries, IntToDoubleFunction value, IntToDoubleFunction unit) {
        return Vectors.norm(Arrays.stream(entries).mapToDouble(i -> value.applyAsDouble(i) * unit.applyAsDouble(i)));
    }

    /** The entries of a tensor, or of all, that are wrong. */
    IntStream wrong(IntStream entries) {
        return entries.filter(i -> derivatives[i].isWrong());
    }

    boolean disagrees() {
        return any(i -> derivatives[i].isWrong());
    }

    /** Whether all is right and resolved, and nothing was measured on its own: directions alone told so. */
    boolean isPlain() {
        return open().isEmpty() && !any(i -> derivatives[i].isAlone() || derivatives[i].isWrong());
    }

    boolean any(IntPredicate property) {
        return all().anyMatch(property);
    }

    /** Whether nothing but kinks and derivatives within their error was seen. */
    boolean vanishes() {
        return all().allMatch(i -> Math.abs(value(i)) <= bound(i) || derivatives[i].is(Shape.KINK));
    }

    /** The tensors that are not resolved: neither certified to 1 %, nor zero, nor next to nothing beside the others. */
    List<Block> open() {
        return blocks().stream().filter(block -> !(doubt(block) <= Thresholds.RESOLVED || isDead(block) || isNothing(block))).toList();
    }

    private double own(int i) {
        return here.scale().own()[i];
    }

    /** The error left possible in a tensor; where that is little, also with its entries counted by their weights' sizes. */
    double doubt(Block block) {
        double plain = share(block.entries(), this::error, i -> 1);
        return plain <= Thresholds.RESOLVED ? Math.max(plain, share(block.entries(), this::error, this::own)) : plain;
    }

    /** Whether all is claimed to be 0 and no two sides of a difference differ, in a gradient that is not 0 elsewhere. */
    private boolean isDead(Block block) {
        return block.entries().allMatch(i -> claimed[i] == 0 && (derivatives[i].reaction() == 0 || derivatives[i].value() == 0)
                && derivatives[i].bound() < Double.POSITIVE_INFINITY) && any(i -> claimed[i] != 0);
    }

    /** Whether its error is next to nothing beside the whole gradient. */
    private boolean isNothing(Block block) {
        return isNothing(block, i -> 1) && isNothing(block, this::own);
    }

    private boolean isNothing(Block block, IntToDoubleFunction unit) {
        return norm(block.entries().toArray(), this::error, unit) <= Thresholds.NOTHING * norm(all().toArray(), i -> claimed[i], unit);
    }

    /** The entry of a tensor where claim and measurement are farthest apart, or none if none was measured on its own. */
    OptionalInt worst(Block block) {
        return block.entries().filter(i -> derivatives[i].isAlone()).reduce((a, b) -> gap(b) > gap(a) ? b : a);
    }
}
