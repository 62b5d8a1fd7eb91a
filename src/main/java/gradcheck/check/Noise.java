package gradcheck.check;

/**
 * The noise of a loss: by how much one evaluation of it is off, since every operation rounds.
 *
 * @param level the standard deviation sigma of one evaluation, in the unit of the loss; NaN where it was not measured
 * @param bits -log2(sigma / |loss|): 53 or so in double precision, 25 in float32; 0 when the loss is 0, NaN as the level
 * @param float32 whether every value seen was a float32 number
 */
public record Noise(double level, double bits, boolean float32) {
    static final Noise UNKNOWN = new Noise(Double.NaN, Double.NaN, false);

    static Noise of(double level, double value, boolean float32) {
        return new Noise(level, value == 0 || level == 0 ? 0 : -Math.log(level / Math.abs(value)) / Math.log(2), float32);
    }

    /** Returns whether the loss carries fewer than 40 bits: float32, or some other rounding, somewhere in it. */
    public boolean isCoarse() {
        return bits < Thresholds.COARSE_BITS && bits > 0;
    }

    /** Returns the arithmetic that the bits tell of, in words. */
    public String arithmetic() {
        return float32 ? "a float32 result" : isCoarse() ? "float32 or another rounding inside" : "double precision";
    }
}
