package gradcheck.chart;

import gradcheck.base.Require;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.IntFunction;

/**
 * One axis: its title, its range, and the way from a value to the coordinate that XChart draws. XChart always draws on linear
 * axes of moderate numbers: its logarithmic ones throw at a zero, and its ticks fail below 1e-10. So the logarithm or a power
 * of ten is taken here and put back in the words of the ticks or of the title.
 */
final class Axis {
    final Kind kind;
    private final String title;
    private final IntFunction<String> words;
    /** The range: of the values or their logarithms while they are included, of the coordinates once it is settled. */
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean zeros;
    /** What a coordinate of 1 stands for: a power of ten; on a log axis, a number of decades. */
    private double unit = 1;

    /** Whole numbers have no ticks between them; a log axis has them at decades, and any zeros at the lowest. */
    enum Kind { LINEAR, WHOLE, LOG }

    Axis(Kind kind, String title) {
        this(kind, title, null);
    }

    /** @param words what its ticks, whole numbers, say; null for the numbers themselves */
    Axis(Kind kind, String title, IntFunction<String> words) {
        this.kind = kind;
        this.title = title;
        this.words = words;
    }

    /** Returns whether a value is a zero that a logarithm has no place for. */
    boolean isOffScale(double value) {
        return kind == Kind.LOG && value == 0;
    }

    /** Widens the range to hold these values; NaN and infinities are left out, a negative one on a log axis is refused. */
    Axis include(double... values) {
        for (double value : values) {
            Require.that(kind != Kind.LOG || !(value < 0), title, "no negative value", value, "pass absolute values");
            zeros |= isOffScale(value);
            double coordinate = kind == Kind.LOG ? Math.log10(value) : value;
            if (Double.isFinite(coordinate)) {
                low = Math.min(low, coordinate);
                high = Math.max(high, coordinate);
            }
        }
        return this;
    }

    /** Fixes the range, once all values are included, and returns how far apart in pixels XChart shall have its ticks. */
    int settle(double pixels, int mostTicks) {
        if (low > high) {
            low = high = kind == Kind.LOG ? -15 : 0;
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (high - low <= Math.max(1e-8 * largest, 1e-300)) {
            double room = kind == Kind.LINEAR && largest > 1e-300 ? largest / 2 : 1;
            low -= room;
            high += room;
        }
        if (kind == Kind.LOG) {
            low = Math.floor(low) - (zeros ? 1 : 0);
            unit = Math.ceil((Math.ceil(high) - low) / mostTicks);
            low = Math.floor(low / unit);
            high = Math.ceil(high / unit);
        } else if (largest > 1e-300 && largest < 1e-3 || largest >= 1e5) {
            unit = Math.pow(10, Math.floor(Math.log10(largest)));
            low /= unit;
            high /= unit;
        }
        // A distance of one between ticks, which XChart rounds to 1, 2, 5 or 10; and one for few ticks, of which it makes more.
        double one = 0.9 * pixels / (high - low);
        double few = 1.4 * pixels / mostTicks;
        return (int) (kind == Kind.LOG ? one : kind == Kind.WHOLE && unit <= 1 ? Math.max(one, few) : few);
    }

    /** Returns the coordinate of a value on the settled axis, the low end for a zero that is off the scale. */
    double at(double value) {
        return isOffScale(value) ? low : (kind == Kind.LOG ? Math.log10(value) : value) / unit;
    }

    /** Returns this share of the settled axis, as a distance of coordinates. */
    double part(double share) {
        return share * (high - low);
    }

    /** Returns the title, with the power of ten that the ticks leave out. */
    String title() {
        return kind == Kind.LOG || unit == 1 ? title : title + ", in " + power(Math.round(Math.log10(unit)));
    }

    /** Returns the words of the tick at a coordinate. */
    String tick(double coordinate) {
        return words != null ? words.apply((int) Math.round(coordinate * unit)) : kind != Kind.LOG ? number(coordinate)
                : zeros && coordinate < low + 0.5 ? "0" : power(Math.round(coordinate * unit));
    }

    /** Returns a number with at most ten digits, the same in every locale. */
    static String number(double value) {
        return Math.abs(value) < 1e-9 ? "0" : new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros()
                .toPlainString().replace('-', '−');
    }

    private static String power(long exponent) {
        StringBuilder text = new StringBuilder("10");
        Long.toString(exponent).chars().forEach(c -> text.append("⁰¹²³⁴⁵⁶⁷⁸⁹⁻".charAt(c == '-' ? 10 : c - '0')));
        return text.toString();
    }
}
