package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What an examination found, in numbers, and what it concludes: the raw material of a report. */
record Evidence(List<Block> blocks, double[] claimed, double[] numeric, double[] bound, boolean[] alone, boolean[] still, boolean[] wrong,
        Noise noise, StepError stepError, boolean everyParameter, Verdict verdict, List<Finding> findings) {

    static Evidence of(List<Block> blocks, double[] claimed, Measurement m, Noise noise, boolean everyParameter) {
        double size = 2 * Flat.norm(m.value);
        return new Evidence(blocks, claimed, m.value, m.bound, m.alone, m.still, m.wrong, noise, StepError.of(noise, m.truncation, size),
                everyParameter, Verdict.CANNOT_TELL, List.of());
    }

    /** Nothing was measured. */
    static Evidence none(List<Block> blocks, double[] claimed, Noise noise) {
        double[] unknown = new double[claimed.length];
        Arrays.fill(unknown, Double.NaN);
        double[] bound = new double[claimed.length];
        Arrays.fill(bound, Double.POSITIVE_INFINITY);
        boolean[] no = new boolean[claimed.length];
        return new Evidence(blocks, claimed, unknown, bound, no, no, no, noise, StepError.UNKNOWN, false, Verdict.CANNOT_TELL, List.of());
    }

    Evidence with(Verdict verdict, List<Finding> findings) {
        return new Evidence(blocks, claimed, numeric, bound, alone, still, wrong, noise, stepError, everyParameter, verdict,
                List.copyOf(findings));
    }

    /** The same with other numeric derivatives, one for each entry. */
    Evidence withNumeric(double[] numeric, double[] bound) {
        boolean[] all = new boolean[numeric.length];
        Arrays.fill(all, true);
        return new Evidence(blocks, claimed, numeric, bound, all, still, wrong, noise, stepError, everyParameter, verdict, findings);
    }

    /** ||g - J|| / (||g|| + ||J||). */
    double relativeError(IntStream entries) {
        int[] all = entries.toArray();
        return share(Flat.norm(Arrays.stream(all).mapToDouble(i -> claimed[i] - numeric[i])), all);
    }

    /** The error that the measurement leaves possible: |g - J| plus the error bound of J, over ||g|| + ||J||. */
    double certified(IntStream entries) {
        int[] all = entries.toArray();
        return share(error(all), all);
    }

    private double error(int[] entries) {
        return Flat.norm(Arrays.stream(entries).mapToDouble(i -> Math.abs(claimed[i] - numeric[i]) + bound[i]));
    }

    private double share(double error, int[] entries) {
        double size = Flat.norm(claimed, Arrays.stream(entries)) + Flat.norm(numeric, Arrays.stream(entries));
        return error == 0 ? 0 : error / size;
    }

    /** The tensors that are not resolved: neither certified to 1 %, nor zero, nor next to nothing beside the others. */
    List<Block> open() {
        double size = Flat.norm(claimed);
        return blocks.stream().filter(block -> {
            int[] entries = block.entries().toArray();
            boolean dead = Arrays.stream(entries).allMatch(i -> claimed[i] == 0 && still[i]);
            boolean small = error(entries) <= 1e-6 * size;
            boolean nothing = dead && size != 0;
            return !(certified(block.entries()) <= Examination.RESOLVED || small || nothing);
        }).toList();
    }

    double worstCertificate() {
        return open().stream().mapToDouble(block -> certified(block.entries())).max().orElse(0);
    }

    long wrongEntries() {
        return IntStream.range(0, wrong.length).filter(i -> wrong[i]).count();
    }

    /** The place where claim and measurement are farthest apart, or empty where no entry was measured on its own. */
    OptionalInt worst(Block block) {
        return block.entries().filter(i -> alone[i])
                .reduce((a, b) -> Math.abs(claimed[b] - numeric[b]) > Math.abs(claimed[a] - numeric[a]) ? b : a);
    }

    /** The entry at a kink that is farthest off, in words. */
    String worstKink(Measurement measured) {
        Block block = open().stream().filter(b -> b.entries().anyMatch(i -> measured.kinked[i])).findFirst().orElseThrow();
        int i = block.entries().filter(k -> measured.kinked[k]).reduce((a, b) -> bound[b] > bound[a] ? b : a).orElseThrow();
        return alone[i] ? String.format(Locale.ROOT, "at %s %s the slope is %.6g +- %.1g, the gradient %.6g", block.name(),
                block.place(i),
                numeric[i], bound[i], claimed[i]) : "no two steps along a random direction agree";
    }
}
