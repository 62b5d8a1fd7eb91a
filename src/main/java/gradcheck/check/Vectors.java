package gradcheck.check;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The few things done with flat arrays that every step of the check needs. */
final class Vectors {
    private Vectors() {
    }

    static double norm(double[] x) {
        return norm(Arrays.stream(x));
    }

    static double norm(DoubleStream values) {
        return Math.sqrt(values.map(v -> v * v).sum());
    }

    /** The root mean square of some entries; 0 of none. */
    static double rms(double[] x, IntStream entries) {
        return Math.sqrt(entries.mapToDouble(i -> x[i] * x[i]).average().orElse(0));
    }

    static double[] joined(double[] a, double... b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    static double[] at(double[] x, int[] entries) {
        return Arrays.stream(entries).mapToDouble(i -> x[i]).toArray();
    }
}
