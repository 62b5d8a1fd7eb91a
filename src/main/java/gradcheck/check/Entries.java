package gradcheck.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Measures derivatives entry by entry: each starts from the step that suited its neighbour.
 *
 * @param found where the derivatives are put
 */
record Entries(Surroundings here, double[] claimed, Derivative[] found) {
    /** Where a run of entries leaves off: the step of the last one, or NaN, and how many errors were confirmed. */
    private record Run(double neighbour, int confirmed) {
    }

    /** The first run of entries goes alone, since all others start from where it leaves off; they need not wait for one another. */
    void measure(int[] entries) {
        double all = Vectors.rms(claimed, IntStream.range(0, claimed.length));
        double typical = Math.max(Vectors.rms(claimed, Arrays.stream(entries)), 1e-6 * all);
        int length = here.loss().workers().several() ? Thresholds.RUN : entries.length;
        Run first = run(Arrays.copyOf(entries, Math.min(length, entries.length)), typical, new Run(Double.NaN, 0));
        here.loss().workers().run((entries.length - 1) / length, k -> run(
                Arrays.copyOfRange(entries, (k + 1) * length, Math.min((k + 2) * length, entries.length)), typical, first));
    }

    private Run run(int[] entries, double typical, Run before) {
        double neighbour = before.neighbour();
        int confirmed = before.confirmed();
        for (int i : entries) {
            double start = Double.isNaN(neighbour) ? here.relativeStep() * here.scale()[i] : neighbour;
            Claim claim = new Claim(Direction.entry(i), claimed[i], Math.max(Math.abs(claimed[i]), 0.1 * typical));
            SlopeCheck check = SlopeCheck.of(here, claim, start, confirmed >= Thresholds.CONFIRMED);
            found[i] = Derivative.measured(check, here);
            confirmed += check.wrong() ? 1 : 0;
            if (!check.suspect()) {
                neighbour = check.best().step();
            } else if (!check.wrong()) {
                // A right entry that was suspected: the step did not suit, and may not suit the next one.
                neighbour = Double.NaN;
            }
        }
        return new Run(neighbour, confirmed);
    }
}
