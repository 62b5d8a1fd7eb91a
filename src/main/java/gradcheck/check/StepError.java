package gradcheck.check;

import java.util.stream.IntStream;

/**
 * The relative error that the step of a central difference causes on its own, even for a perfect gradient.
 *
 * @param noise that of n differences, times the step
 * @param truncation that of n differences, over the step squared
 * @param size ||g|| + ||J||
 */
record StepError(double noise, double truncation, double size) {
    static final StepError UNKNOWN = new StepError(Double.NaN, Double.NaN, Double.NaN);

    static StepError of(Noise noise, double[] truncation, double size) {
        return new StepError(noise.level() * Math.sqrt(truncation.length / 2.0), Vectors.norm(truncation), Math.max(size, 1e-300));
    }

    double at(double step) {
        return Math.min(1, Math.hypot(noise / step, truncation * step * step) / size);
    }

    /** The best of four steps a decade from 1e-10 to 0.1. */
    double bestStep() {
        return IntStream.range(-40, -3).mapToObj(k -> Math.pow(10, k / 4.0)).reduce((a, b) -> at(b) < at(a) ? b : a).orElseThrow();
    }
}
