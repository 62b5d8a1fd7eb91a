package gradcheck.chart;

import gradcheck.data.Require;

/**
 * One axis: its title, its range, and the way from a quantity to the coordinate that XChart draws. XChart always draws on
 * linear axes of moderate numbers: its logarithmic ones throw at a zero, and its ticks fail below 1e-10. So the logarithm
 * or the power of ten is taken here and put back in the words of the ticks.
 */
final class Axis {
    private enum Kind { LINEAR, WHOLE, LOG }

    final String title;
    private final Kind kind;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double step;
    private int exponent;
    private boolean zeros;

    private Axis(String title, Kind kind) {
        this.title = Look.fold("axis title", title, Look.LABEL, 1).get(0);
        this.kind = kind;
    }

    static Axis linear(String title) {
        return new Axis(title, Kind.LINEAR);
    }

    /** Returns an axis of whole numbers, which has no ticks between them. */
    static Axis whole(String title) {
        return new Axis(title, Kind.WHOLE);
    }

    /** Returns a logarithmic axis with ticks at decades; exact zeros are drawn at its lowest tick, which then reads 0. */
    static Axis log(String title) {
        return new Axis(title, Kind.LOG);
    }

    boolean isLog() {
        return kind == Kind.LOG;
    }

    /** Returns whether an exact zero has to be drawn where a logarithm has no place for it. */
    boolean hasFloor() {
        return isLog() && zeros;
    }

    /** Widens the range to hold these values; NaN and infinities are left out, a negative one on a log axis is refused. */
    Axis include(double... values) {
        for (double value : values) {
            Require.that(!isLog() || !(value < 0), title, "no negative value", value, "pass absolute values");
            zeros |= value == 0;
            if (Double.isFinite(value) && !(isLog() && value == 0)) {
                low = Math.min(low, isLog() ? Math.log10(value) : value);
                high = Math.max(high, isLog() ? Math.log10(value) : value);
            }
        }
        return this;
    }

    /** Fixes range and ticks, once all values are included. */
    void settle(int mostTicks) {
        if (low > high) {
            low = isLog() ? -15 : 0;
            high = isLog() ? -14 : 1;
        }
        // Whole numbers beyond 10^5 are written like others, as 4·10⁹.
        boolean linear = kind == Kind.LINEAR || !isLog() && high - low > 1e5;
        if (linear) {
            settleLinear();
        } else {
            double room = low == high ? 1 : 0;
            low = isLog() ? Math.floor(low + 1e-9 - room) - (zeros ? 1 : 0) : low - room;
            high = isLog() ? Math.ceil(high - 1e-9 + room) : high + room;
        }
        step = niceStep((high - low) / mostTicks, linear ? 0 : 1);
        if (isLog()) {
            low = Math.floor(low / step) * step;
            high = Math.ceil(high / step) * step;
        }
    }

    private void settleLinear() {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        exponent = largest == 0 || largest >= 1e-3 && largest < 1e5 ? 0 : (int) Math.floor(Math.log10(largest));
        low = at(low);
        high = at(high);
        largest = Math.max(Math.abs(low), Math.abs(high));
        if (high - low <= 1e-8 * largest) {
            double room = largest == 0 ? 1 : largest * (low == high ? 0.5 : 1e-8);
            low -= room;
            high += room;
        }
    }

    /** Returns the smallest of 1, 2, 5, 10, 20, ... (and tenths of them) that is at least as large as both. */
    private static double niceStep(double atLeast, double least) {
        double wanted = Math.max(atLeast * (1 - 1e-9), least);
        double decade = Math.pow(10, Math.floor(Math.log10(wanted) + 1e-9));
        double leading = wanted / decade * (1 - 1e-9);
        return decade * (leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 10);
    }

    /** Returns the ends of a linear range that is not settled yet, the upper one higher by this share. */
    double[] roomAbove(double share) {
        return low > high ? new double[] {0, 1} : new double[] {low, high + share * (high - low)};
    }

    /** Returns the coordinate of a value; NaN for one that is not finite. */
    double at(double value) {
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        return !isLog() ? value / Math.pow(10, exponent) : value == 0 ? low : Math.log10(value);
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** Returns the distance of ticks in pixels that makes XChart arrive at this axis' step, a little short to be safe. */
    int tickDistance(double pixels) {
        return (int) (0.9 * pixels * step / (high - low));
    }

    /** Returns the words of the tick at a coordinate. */
    String tick(double coordinate) {
        if (!isLog()) {
            return Look.number(coordinate, exponent);
        }
        return hasFloor() && Math.abs(coordinate - low) < 1e-6 ? "0" : Look.power(Math.round(coordinate));
    }
}
