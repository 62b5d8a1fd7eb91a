package gradcheck.check;

import static gradcheck.check.Finding.text;

import gradcheck.check.Finding.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Looks for the law of a sample: one formula that gives every measured number, within its own bound, from the claimed ones.
 *
 * @param claimed the whole claimed gradient
 * @param weights where it was evaluated; 0 for those that carry no penalty
 * @param entries the entries that the sample is of
 * @param loss the loss at the weights
 * @param rows how many the loss is a mean of; 0 if unknown
 */
record Laws(Sample sample, double[] claimed, double[] weights, int[] entries, double loss, long rows) {
    /**
     * A simple change of a claimed gradient that gives what was measured.
     *
     * @param one what it says of one tensor or part, such as {@code has the wrong sign}, and {@code many} of several
     */
    record Law(Kind kind, String one, String many, String cure) {
        static Law of(Kind kind, String one, String many) {
            return new Law(kind, one, many, kind.cure());
        }

        Finding of(String names, boolean several) {
            return new Finding(kind, names + " " + (several ? many : one), cure);
        }
    }

    Optional<Law> find() {
        double[] g = sample.of(claimed);
        if (sample.size() == 0 || agrees(g)) {
            return Optional.empty();
        }
        if (Arrays.stream(entries).allMatch(i -> claimed[i] == 0)) {
            double largest = Arrays.stream(sample.value()).reduce((a, b) -> Math.abs(b) > Math.abs(a) ? b : a).getAsDouble();
            String says = text(": the gradient says 0, the loss up to %.4g", Math.abs(largest));
            return Optional.of(Law.of(Kind.MISSING, "is missing" + says, "are missing" + says));
        }
        if (agrees(Arrays.stream(g).map(v -> -v).toArray())) {
            return Optional.of(Law.of(Kind.SIGN, "has the wrong sign", "have the wrong sign"));
        }
        double[] none = new double[g.length];
        double[] signs = map((c, w) -> Math.signum(w));
        return fit(2, none, g).filter(f -> isLikely(f.coefficients()[0]) && f.isOther(1))
                .map(f -> factor(f.coefficients()[0], f.deviations()[0])).or(this::projected).or(() -> single(g))
                .or(() -> penalty(g, weights, "w")).or(() -> penalty(g, signs, "sign(w)"))
                .or(() -> both(none, g, weights, "w")).or(() -> both(none, g, signs, "sign(w)"))
                .or(() -> chain("e^w", "exp(w)", map((c, w) -> c * Math.exp(w)), map((c, w) -> c * Math.exp(-w))))
                .or(() -> chain("2 w", "w^2", map((c, w) -> c * 2 * w), map((c, w) -> c / (2 * w))));
    }

    /** Sums and means differ by the number of rows; no slip makes a factor beyond that. */
    private static boolean isLikely(double factor) {
        return Math.abs(factor) > Thresholds.LEAST_FACTOR && Math.abs(factor) < 1 / Thresholds.LEAST_FACTOR;
    }

    private boolean agrees(double[] model) {
        return sample.agrees(model, sample.of(claimed));
    }

    /** A vector made of the claimed gradient and the weights, entry by entry, and 0 elsewhere. */
    private double[] map(DoubleBinaryOperator of) {
        double[] vector = new double[claimed.length];
        Arrays.stream(entries).forEach(i -> vector[i] = of.applyAsDouble(claimed[i], weights[i]));
        return vector;
    }

    /** A sure fit that explains every number, of which there must be so many that a column is not 0 in. */
    private Optional<Fit> fit(int least, double[] base, double[]... columns) {
        boolean enough = Arrays.stream(columns).allMatch(c -> Arrays.stream(c).filter(v -> v != 0).count() >= least);
        return Optional.of(columns).filter(c -> enough).map(c -> Fit.of(sample.value(), base, sample.bound(), c))
                .filter(f -> f.isSure() && agrees(f.values()));
    }

    /** Where the measured gradient has no part along the weights: the derivative of a normalisation, or a mean that was subtracted. */
    private Optional<Law> projected() {
        double[] along = map((c, w) -> w);
        double norm = Arrays.stream(along).map(v -> v * v).sum();
        double part = dot(claimed, along) / norm;
        double[] free = map((c, w) -> c - part * w);
        double[] mean = map((c, w) -> 1);
        double average = dot(claimed, mean) / entries.length;
        double size = Vectors.norm(Arrays.stream(entries).mapToDouble(i -> claimed[i]));
        boolean centred = Math.abs(average) * Math.sqrt(entries.length) < 1e-9 * size;
        double[] none = new double[sample.size()];
        boolean leans = norm > 0 && Math.abs(part) * Math.sqrt(norm) > Thresholds.MATTERS * size;
        if (leans && fit(3, none, sample.of(free)).isPresent()) {
            String says = " the part along the weights, which the derivative of a normalisation takes away";
            return Optional.of(Law.of(Kind.NORMALISATION, "has" + says, "have" + says));
        }
        Optional<String> of = centred ? fit(3, sample.of(claimed), sample.of(mean))
                .map(f -> text(" lost the mean of the numbers, %.4g: it was subtracted", f.coefficients()[0]))
                : fit(3, none, sample.of(map((c, w) -> c - average)))
                        .map(f -> " the mean of the numbers, which the derivative of a subtracted mean takes away");
        return of.map(says -> Law.of(Kind.NORMALISATION, "has" + says, "have" + says));
    }

    private double dot(double[] a, double[] b) {
        return Arrays.stream(entries).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** A single number is a law only where its factor is a simple one. */
    private Optional<Law> single(double[] g) {
        if (sample.size() != 1 || g[0] == 0) {
            return Optional.empty();
        }
        double a = sample.value()[0] / g[0];
        double deviation = sample.bound()[0] / Math.abs(g[0]);
        boolean simple = Math.abs(a) > 1.5 && isWhole(a, deviation) || Math.abs(a) < 0.7 && isWhole(1 / a, deviation / a / a);
        return simple && deviation < 1e-4 * Math.abs(a) ? Optional.of(factor(a, deviation)) : Optional.empty();
    }

    private Optional<Law> penalty(double[] g, double[] of, String term) {
        return fit(3, g, sample.of(of)).map(f -> {
            String says = text("the term %.4g %s", Math.abs(f.coefficients()[0]), term);
            return f.coefficients()[0] > 0 ? Law.of(Kind.REGULARISATION_MISSING, "lacks " + says, "lack " + says)
                    : Law.of(Kind.REGULARISATION_EXTRA, "has " + says + " too much", "have " + says + " too much");
        });
    }

    private Optional<Law> both(double[] none, double[] g, double[] of, String term) {
        return fit(4, none, g, sample.of(of)).filter(f -> f.isOther(1) && Math.abs(f.coefficients()[0] - 1) > 1e-4
                && isLikely(f.coefficients()[0])).map(f -> {
            double a = f.coefficients()[0];
            Law data = factor(a, f.deviations()[0]);
            String without = text("without its regularisation %.4g %s ", f.coefficients()[1] / (1 - a), term);
            return new Law(a > 0 ? data.kind() : Kind.SIGN, without + data.one(), without + data.many(), data.cure());
        });
    }

    private Optional<Law> chain(String factor, String of, double[] missing, double[] extra) {
        if (IntStream.range(0, sample.size()).filter(k -> Math.abs(sample.value()[k]) > sample.bound()[k]).count() < 2) {
            return Optional.empty();
        }
        String says = " the factor " + factor + " of the chain rule for " + of;
        return agrees(sample.of(missing)) ? Optional.of(Law.of(Kind.CHAIN_RULE, "lacks" + says, "lack" + says))
                : Optional.of(Law.of(Kind.CHAIN_RULE, "has" + says + " too much", "have" + says + " too much"))
                        .filter(law -> agrees(sample.of(extra)));
    }

    private Law factor(double a, double deviation) {
        if (Math.abs(a + 1) <= 3 * deviation) {
            return Law.of(Kind.SIGN, "has the wrong sign", "have the wrong sign");
        }
        String message = "must be multiplied by " + pretty(a, deviation);
        double error = 3 * deviation + 1e-9 * Math.abs(a);
        if (rows > 1 && Math.abs(a * rows - 1) <= error * rows) {
            return factor(message + ": 1/m is missing, for m = " + rows + " rows",
                    "Divide the gradient by the number of rows, as the loss does.");
        }
        if (rows > 1 && Math.abs(a / rows - 1) <= error / rows) {
            return factor(message + ": it is divided by m = " + rows + " rows once too often",
                    "Divide the gradient by the number of rows once, or not at all if the loss is a sum.");
        }
        boolean isLoss = Math.abs(a - loss) <= error;
        if (error < 1e-3 * Math.abs(a) && pretty(a, deviation).contains(".") && (isLoss || Math.abs(a * loss - 1) <= error)) {
            return factor(message + (isLoss ? ", which is the loss itself" : ", which is 1 over the loss"),
                    "Check whether the gradient is that of the logarithm of the loss, or of its square, or the other way round.");
        }
        return factor(message, Kind.FACTOR.cure());
    }

    private static Law factor(String says, String cure) {
        return new Law(Kind.FACTOR, says, says, cure);
    }

    /** The factor as an integer or 1 over an integer if it is one within its error, else in the digits that are known and show it. */
    private static String pretty(double a, double deviation) {
        int known = (int) Math.round(-Math.log10(Math.max(deviation / Math.abs(a), 1e-12)));
        int shows = (int) Math.ceil(-Math.log10(Math.max(Math.abs(a - 1), 1e-12))) + 2;
        return isWhole(a, deviation) ? String.valueOf(Math.round(a)) : a > 0 && isWhole(1 / a, deviation / a / a) ? "1/" + Math.round(1 / a)
                : text("%." + Math.max(Math.max(3, Math.min(6, known)), shows) + "g", a);
    }

    private static boolean isWhole(double a, double deviation) {
        return Math.round(a) != 0 && Math.round(a) != 1 && Math.abs(a - Math.round(a)) <= 3 * deviation + 1e-9 * Math.abs(a)
                && deviation < 0.1 * Math.abs(a);
    }
}
