package gradcheck.chart;

import gradcheck.base.Require;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One axis: its title, its range, and the way from a quantity to the coordinate that XChart draws. XChart always draws on
 * linear axes of moderate numbers: its logarithmic ones throw at a zero, and its ticks fail below 1e-10. So the logarithm
 * or a power of ten is taken here and put back in the words of the ticks or of the title.
 */
final class Axis {
    final Kind kind;
    private final String title;
    /** The range: of the values or their logarithms while they are included, of the coordinates once it is settled. */
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean zeros;
    private int exponent;
    private int decades = 1;

    /** Whole numbers have no ticks between them; a log axis has them at decades, and any zeros at the lowest. */
    enum Kind { LINEAR, WHOLE, LOG }

    Axis(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
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
            low = kind == Kind.LOG ? -15 : 0;
            high = low + 1;
        }
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (high - low <= 1e-8 * largest) {
            double room = kind == Kind.LINEAR && largest > 0 ? largest / 2 : 1;
            low -= room;
            high += room;
        }
        if (kind == Kind.LOG) {
            low = Math.floor(low) - (zeros ? 1 : 0);
            decades = (int) Math.ceil((Math.ceil(high) - low) / mostTicks);
            low = Math.floor(low / decades);
            high = Math.ceil(high / decades);
        } else if (largest > 0 && (largest < 1e-3 || largest >= 1e5)) {
            exponent = (int) Math.floor(Math.log10(largest));
            low /= Math.pow(10, exponent);
            high /= Math.pow(10, exponent);
        }
        // XChart itself takes up to half as many ticks again, and rounds the distance of whole ones up.
        double whole = kind == Kind.LINEAR || exponent > 0 ? 0 : 0.9 * pixels / (high - low);
        return (int) Math.max(1.4 * pixels / mostTicks, whole);
    }

    /** Returns the place of a value along the axis, between 0 and 1 where it is in range; not finite for one that is not. */
    double share(double value) {
        double coordinate = kind == Kind.LOG ? Math.log10(value) / decades : value / Math.pow(10, exponent);
        return isOffScale(value) ? 0 : (coordinate - low) / (high - low);
    }

    /** Returns the title, with the power of ten that the ticks leave out. */
    String title() {
        return exponent == 0 ? title : title + ", in " + power(exponent);
    }

    /** Returns the words of the tick at a coordinate. */
    String tick(double coordinate) {
        return kind != Kind.LOG ? number(coordinate)
                : zeros && coordinate < low + 0.5 ? "0" : power(Math.round(coordinate * decades));
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
