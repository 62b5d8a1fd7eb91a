package gradcheck.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Measures derivatives entry by entry. The step that suited an entry is a hint for the next one.
 *
 * @param found where the derivatives are put
 */
record Entries(Surroundings here, double[] claimed, Derivative[] found) {
    /** Where a run of entries leaves off: the step of the last one, or NaN, and how many errors were confirmed. */
    private record Run(double hint, int confirmed) {
    }

    /** The sizes of derivative beside which noise matters: typical ones of the tensor, as they are and times the weights' own sizes. */
    private record Typical(double plain, double inOwnSizes, double least, double precision) {
        double reference(double own) {
            double typical = Math.min(plain, inOwnSizes / own);
            return Thresholds.TYPICAL_SHARE * (plain < least ? Math.max(typical, least) : typical);
        }
    }

    /** The first run of entries goes alone, since all others start from where it leaves off; they need not wait for one another. */
    void measure(int[] entries) {
        double[] own = here.scale().own();
        double least = 1e-6 * Vectors.rms(claimed, IntStream.range(0, claimed.length));
        double inOwnSizes = Vectors.rms(Arrays.stream(entries).mapToDouble(i -> claimed[i] * own[i]));
        Typical typical = new Typical(Vectors.rms(claimed, Arrays.stream(entries)), inOwnSizes, least, precision(claimed));
        int length = here.loss().workers().several() ? Thresholds.RUN : entries.length;
        Run first = run(Arrays.copyOf(entries, Math.min(length, entries.length)), typical, new Run(Double.NaN, 0));
        here.loss().workers().run((entries.length - 1) / length, k -> run(
                Arrays.copyOfRange(entries, (k + 1) * length, Math.min((k + 2) * length, entries.length)), typical, first));
    }

    /** Half of the last digit of a claimed number, as a share of it: in float32 if all of them are float32 numbers. */
    static double precision(double[] claimed) {
        return Arrays.stream(claimed).allMatch(g -> (float) g == g) ? 0x1p-24 : 0x1p-51;
    }

    private Run run(int[] entries, Typical typical, Run before) {
        double hint = before.hint();
        int confirmed = before.confirmed();
        for (int i : entries) {
            double own = here.scale().own()[i];
            double start = here.relativeStep() * own;
            start = Double.isNaN(hint) ? start : Math.min(Math.max(hint, Thresholds.SHORTEST_HINT * start), Thresholds.LONGEST_STEP * own);
            double size = Math.abs(claimed[i]);
            Claim claim = new Claim(Direction.entry(i), claimed[i], Math.max(size, typical.reference(own)), typical.precision() * size);
            try {
                Answer check = SlopeCheck.of(here, claim, start, confirmed >= Thresholds.CONFIRMED);
                found[i] = Derivative.measured(check);
                confirmed += check.wrong() && !found[i].is(Shape.KINK) ? 1 : 0;
                // A right entry that was suspected: the step did not suit, and may not suit the next one.
                hint = !check.suspect() ? check.best().step() : check.wrong() ? hint : Double.NaN;
            } catch (NotFinite e) {
                found[i] = Derivative.NOT_FINITE;
            }
        }
        return new Run(hint, confirmed);
    }
}
