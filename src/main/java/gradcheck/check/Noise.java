package gradcheck.check;

/**
 * The noise of a loss: by how much one evaluation of it is off, since every operation rounds.
 *
 * @param level the standard deviation sigma of one evaluation, in the unit of the loss; NaN where it was not measured
 * @param bits -log2(sigma / |loss|): 53 or so in double precision, 25 in float32; 0 when the loss is 0, NaN as the level
 * @param digits how many significant bits all values seen had: 8 (bfloat16), 11 (float16), 24 (float32) or 53; 0
 *     where the loss differs from call to call
 */
public record Noise(double level, double bits, int digits) {
    /** The digits of a loss that differs from call to call. */
    static final int RANDOM = 0;
    static final Noise UNKNOWN = new Noise(Double.NaN, Double.NaN, 53);

    static Noise of(double level, double value, int digits) {
        double bits = -Math.log(level / Math.abs(value)) / Math.log(2);
        return new Noise(level, value == 0 || level == 0 ? 0 : Math.min(53, Math.max(0, bits)), digits);
    }

    /** Returns whether the loss carries fewer than 40 bits: float32, or some other rounding, somewhere in it. */
    public boolean isCoarse() {
        return bits < Thresholds.COARSE_BITS && bits > 0;
    }

    /** Returns the arithmetic that the bits tell of, in words. */
    public String arithmetic() {
        return switch (digits) {
            case RANDOM -> "it differs from call to call";
            case 8 -> "a bfloat16 result";
            case 11 -> "a float16 result";
            case 24 -> "a float32 result";
            default -> isCoarse() ? "float32 or another rounding inside" : "double precision";
        };
    }

    /** The deviation that the last digit of a value of this size causes; 0.29 is 1/sqrt(12), that of uniform rounding. */
    static double rounding(double value, int digits) {
        return digits == 53 || digits == RANDOM ? 0.5 * Math.ulp(value)
                : value == 0 ? 0 : 0.29 * Math.scalb(1.0, Math.getExponent(value) - digits + 1);
    }
}
