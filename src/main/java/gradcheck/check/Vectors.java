package gradcheck.check;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The few things done with flat arrays that every step of the check needs. */
final class Vectors {
    private Vectors() {
    }

    static double norm(DoubleStream values) {
        return norm(values.toArray());
    }

    /** The norm, also where squares overflow or vanish. */
    static double norm(double[] x) {
        double plain = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
        double most = plain > 1e-150 && plain < 1e150 ? 0 : Arrays.stream(x).map(Math::abs).max().orElse(0);
        return most == 0 || Double.isInfinite(most) ? plain : most * Math.sqrt(Arrays.stream(x).map(v -> v / most * (v / most)).sum());
    }

    /** The root mean square of some entries; 0 of none. */
    static double rms(double[] x, IntStream entries) {
        return rms(entries.mapToDouble(i -> x[i]));
    }

    static double rms(DoubleStream values) {
        double[] chosen = values.toArray();
        return chosen.length == 0 ? 0 : norm(chosen) / Math.sqrt(chosen.length);
    }

    static double[] joined(double[] a, double... b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    static double[] at(double[] x, int[] entries) {
        return Arrays.stream(entries).mapToDouble(i -> x[i]).toArray();
    }
}
