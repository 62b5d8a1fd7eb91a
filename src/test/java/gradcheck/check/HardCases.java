package gradcheck.check;

import gradcheck.check.Family.Smooth;
import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small inputs of the kinds that people wrote about, each with what a report may say of it. */
final class HardCases {
    final List<HardCase> all = new ArrayList<>();

    /** One input. */
    record HardCase(String kind, String name, ToDoubleFunction<double[]> loss, double[] at, UnaryOperator<double[]> gradient,
            Predicate<GradientReport> right) {
        GradientReport check(long seed, boolean everyParameter) {
            return Inside.check(loss, gradient, at, List.of(new Part("w", new long[] {at.length}, 0, at.length)), everyParameter, seed, 0);
        }

        @Override
        public String toString() {
            return kind + ": " + name;
        }
    }

    static final Predicate<GradientReport> RIGHT = r -> r.verdict() == Verdict.RIGHT;
    static final Predicate<GradientReport> WRONG = r -> r.verdict() == Verdict.WRONG;
    static final Predicate<GradientReport> NOT_WRONG = WRONG.negate();
    static final Predicate<GradientReport> NOT_RIGHT = RIGHT.negate();
    static final Predicate<GradientReport> COARSE = RIGHT.or(r -> r.verdict() == Verdict.CANNOT_TELL
            && (says(Kind.TOO_COARSE, r) || says(Kind.CONSTANT, r) || says(Kind.VANISHING, r)));
    static final Predicate<GradientReport> CONSTANT = r -> r.verdict() == Verdict.CANNOT_TELL && says(Kind.CONSTANT, r);
    static final Predicate<GradientReport> SUBGRADIENT = NOT_WRONG.and(r -> says(Kind.KINK, r));
    static final Predicate<GradientReport> NO_SUBGRADIENT = NOT_RIGHT.and(WRONG.or(r -> says(Kind.KINK, r)));

    static boolean says(Kind kind, GradientReport report) {
        return report.findings().stream().anyMatch(f -> f.kind() == kind);
    }

    /** A gradient of which entry {@code which}, or all for -1, is multiplied by a factor. */
    static UnaryOperator<double[]> times(UnaryOperator<double[]> gradient, int which, double factor) {
        return w -> {
            double[] g = gradient.apply(w);
            for (int i = 0; i < g.length; i++) {
                g[i] *= which == i || which < 0 ? factor : 1;
            }
            return g;
        };
    }

    private void add(String kind, String name, ToDoubleFunction<double[]> loss, double[] at, UnaryOperator<double[]> gradient,
            Predicate<GradientReport> right) {
        all.add(new HardCase(kind, name, loss, at, gradient, right));
    }

    private static double[] a(double... values) {
        return values;
    }

    HardCases() {
        scales();
        staircases();
        kinks();
        zeros();
        constants();
        precision();
        secondPoints();
        edges();
        waves();
        beyond();
    }

    /** Losses of which a step skips whole periods. */
    private void waves() {
        String k = "waves";
        for (double f : a(1e5, 1e6, 3e6, 1e7)) {
            add(k, "sine of " + f, w -> 2 + Math.sin(f * w[0]), a(1.00012345), w -> a(f * Math.cos(f * w[0])), NOT_WRONG);
            add(k, "cosine of " + f + " on a square", w -> w[0] * w[0] + .1 * Math.cos(f * w[0]), a(1.00012345),
                    w -> a(2 * w[0] - .1 * f * Math.sin(f * w[0])), NOT_WRONG);
            add(k, "beside a square, " + f, w -> w[0] * w[0] + Math.sin(f * w[1]), a(1.3, 1.00012345),
                    w -> a(2 * w[0], f * Math.cos(f * w[1])), NOT_WRONG);
        }
        add(k, "the hour of a time stamp", w -> w[0] * w[0] + Math.sin(2 * Math.PI * w[1] / 3600), a(1.3, 1.7e9 + 1234),
                w -> a(2 * w[0], 2 * Math.PI / 3600 * Math.cos(2 * Math.PI * w[1] / 3600)), NOT_WRONG);
        add(k, "an angle that is large", w -> Math.sin(w[0] - 1e8) + Math.exp(w[1]), a(1e8 + .3, .2),
                w -> a(Math.cos(w[0] - 1e8), Math.exp(w[1])), NOT_WRONG);
        add(k, "positions", w -> 1 + IntStream.range(0, 21).mapToDouble(i -> Math.sin(Math.scalb(Math.PI, i) * w[0]) / (i + 1)).sum(),
                a(.3712345), w -> a(IntStream.range(0, 21).mapToDouble(i -> Math.scalb(Math.PI, i) * Math.cos(Math.scalb(Math.PI, i) * w[0])
                        / (i + 1)).sum()), NOT_WRONG);
    }

    /** Weights so small that a step the loss reacts to goes far beyond them, and numbers whose squares overflow. */
    private void beyond() {
        String k = "beyond";
        for (double at : a(1e-16, 1e-20, 1e-25)) {
            add(k, "w log w at " + at, w -> w[0] * Math.log(Math.abs(w[0])) + w[1] * w[1], a(at, .7),
                    w -> a(Math.log(Math.abs(w[0])) + 1, 2 * w[1]), NOT_WRONG);
            add(k, "a signed root at " + at, w -> Math.signum(w[0]) * Math.sqrt(Math.abs(w[0])) + w[1] * w[1], a(at, .7),
                    w -> a(.5 / Math.sqrt(Math.abs(w[0])), 2 * w[1]), NOT_WRONG);
            add(k, "a cube root at " + at * at * at, w -> Math.cbrt(w[0]) + w[1] * w[1], a(at * at * at, .7),
                    w -> a(1 / (3 * Math.pow(Math.cbrt(w[0]), 2)), 2 * w[1]), NOT_WRONG);
        }
        for (double huge : a(1e120, 1e160, 1e300)) {
            add(k, "a claim of " + huge, w -> Math.sin(w[0]) + Math.exp(w[1]), a(.7, .4), w -> a(huge, Math.exp(w[1])), NOT_RIGHT);
            add(k, "claims of " + huge, w -> Math.sin(w[0]) + Math.exp(w[1]), a(.7, .4), w -> a(huge, -huge), NOT_RIGHT);
            add(k, "weights of " + huge, w -> Math.sin(w[0] / huge) + Math.exp(w[1] / huge), a(huge, .3 * huge),
                    w -> a(Math.cos(w[0] / huge) / huge, -Math.exp(w[1] / huge) / huge), NOT_RIGHT);
        }
    }

    /** The right gradient, and with entry {@code which} of the wrong sign, missing and 1 % off. */
    private void four(String kind, String name, ToDoubleFunction<double[]> loss, double[] at, UnaryOperator<double[]> gradient, int which) {
        add(kind, name, loss, at, gradient, RIGHT);
        for (double factor : a(-1, 0, 1.01)) {
            add(kind, name + " times " + factor, loss, at, times(gradient, which, factor), WRONG);
        }
    }

    private void scales() {
        String k = "scales";
        four(k, "time stamp and angle", w -> w[0] - 1.7e9 + 2 + Math.sin(w[1]), a(1.7e9, 1), w -> a(1, Math.cos(w[1])), 1);
        four(k, "1e10 and 1", w -> Math.pow(w[0] / 1e10, 2) + Math.sin(w[1]), a(1e10, 1), w -> a(2 * w[0] / 1e20, Math.cos(w[1])), 1);
        four(k, "1e6 and 1e-3", w -> Math.pow(w[0] / 1e6, 2) + Math.tanh(1000 * w[1]), a(1e6, 1e-3),
                w -> a(2 * w[0] / 1e12, 1000 / Math.pow(Math.cosh(1000 * w[1]), 2)), 1);
        four(k, "1e8 and 0.5", w -> Math.log(w[0]) + Math.exp(-w[1] * w[1]), a(1e8, .5), w -> a(1 / w[0],
                -2 * w[1] * Math.exp(-w[1] * w[1])), 1);
        four(k, "0 beside 1e10", w -> Math.pow(w[0] / 1e10, 2) + Math.sin(w[1] + .3), a(1e10, 0), w -> a(2 * w[0] / 1e20, Math.cos(w[1]
                + .3)), 1);
        four(k, "1e-10 beside 1", w -> w[0] * w[0] + Math.cos(1e10 * w[1]), a(1, 1e-10), w -> a(2 * w[0], -1e10 * Math.sin(1e10 * w[1])),
                1);
        four(k, "a day in seconds", w -> 1 / (1 + Math.exp(-(w[0] - 1.7e9) / 86400)) + Math.pow(w[1], 3) * Math.sin(w[2]), a(1.7e9 + 1000,
                2, .3), w -> {
            double p = 1 / (1 + Math.exp(-(w[0] - 1.7e9) / 86400));
            return a(p * (1 - p) / 86400, 3 * w[1] * w[1] * Math.sin(w[2]), Math.pow(w[1], 3) * Math.cos(w[2]));
        }, 1);
        double[] size = a(1e-8, 1e-4, 1, 1e4, 1e8);
        double[] unit = a(.7, -1.2, .9, 1.4, -.5);
        four(k, "five sizes", w -> IntStream.range(0, 5).mapToDouble(i -> Math.sin(w[i] / size[i] + i) + .5 * Math.pow(w[i] / size[i], 2))
                .sum(),
                IntStream.range(0, 5).mapToDouble(i -> size[i] * unit[i]).toArray(),
                w -> IntStream.range(0, 5).mapToDouble(i -> (Math.cos(w[i] / size[i] + i) + w[i] / size[i]) / size[i]).toArray(), 2);
        add(k, "float32 inside, 1e4 beside 1", w -> (float) (Math.sin((float) (w[0] / 1e4)) * 1.5f)
                + (float) (Math.sin((float) w[1]) * 1.5f), a(2e4, 1),
                w -> a(1.5 * Math.cos(w[0] / 1e4) / 1e4, 1.5 * Math.cos(w[1])), COARSE);
    }

    private void staircases() {
        String k = "staircases";
        Random r = new Random(4);
        List<Smooth> smooth = List.of(new Smooth(Math::exp, Math::exp), new Smooth(Math::tanh, x -> 1 - Math.pow(Math.tanh(x), 2)),
                new Smooth(x -> x * x, x -> 2 * x), new Smooth(Math::log, x -> 1 / x), new Smooth(Math::sin, Math::cos),
                new Smooth(x -> Math.log1p(Math.exp(x)), x -> 1 / (1 + Math.exp(-x))));
        for (int f = 0; f < smooth.size(); f++) {
            Smooth s = smooth.get(f);
            for (int bits : new int[] {8, 11}) {
                for (int i = 0; i < 6; i++) {
                    double at = Family.round(.05 + 1.95 * r.nextDouble(), bits);
                    String name = bits + " bits, function " + f + " at " + at;
                    UnaryOperator<double[]> g = w -> a(s.slope(w[0]));
                    add(k, name, w -> Family.round(s.value(Family.round(w[0], bits)), bits), a(at), g, COARSE);
                    add(k, name + ", weights", w -> s.value(Family.round(w[0], bits)), a(at), g, COARSE);
                    add(k, name + ", result", w -> Family.round(s.value(w[0]), bits), a(at), g, COARSE);
                    add(k, name + ", sign", w -> Family.round(s.value(Family.round(w[0], bits)), bits), a(at), times(g, -1, -1), NOT_RIGHT);
                }
                double at = Family.round(.7, bits);
                UnaryOperator<double[]> two = w -> a(s.slope(w[0]), 2 * w[1]);
                add(k, bits + " bits beside a square in double, function " + f, w -> Family.round(s.value(w[0]), bits) + w[1] * w[1],
                        a(at, 1.3), two, NOT_WRONG);
                add(k, bits + " bits of a weight beside a square in double, function " + f, w -> s.value(Family.round(w[0], bits))
                        + w[1] * w[1],
                        a(at, 1.3), two, NOT_WRONG);
            }
        }
        double[][] x = IntStream.range(0, 20).mapToObj(i -> r.doubles(4, -2, 2).toArray()).toArray(double[][]::new);
        double[] y = r.doubles(20, -1, 1).toArray();
        for (int bits : new int[] {8, 11}) {
            double[] at = Arrays.stream(a(.3, -.7, .5, 1.1)).map(v -> Family.round(v, bits)).toArray();
            UnaryOperator<double[]> g = w -> squares(x, y, w);
            add(k, bits + " bits, every row", w -> mean(x, y, w, 0, bits), at, g, COARSE);
            add(k, bits + " bits, weights of a model", w -> mean(x, y, w, 1, bits), at, g, COARSE);
            add(k, bits + " bits, every row, sign", w -> mean(x, y, w, 0, bits), at, times(g, -1, -1), NOT_RIGHT);
        }
    }

    private static double dot(double[] x, double[] w) {
        return IntStream.range(0, w.length).mapToDouble(j -> x[j] * w[j]).sum();
    }

    /** The mean of (tanh(x w) - y)^2, with rounded rows (0) or rounded weights (1). */
    private static double mean(double[][] x, double[] y, double[] w, int where, int bits) {
        double[] v = where == 1 ? Arrays.stream(w).map(c -> Family.round(c, bits)).toArray() : w;
        return IntStream.range(0, y.length).mapToDouble(i -> {
            double square = Math.pow(Math.tanh(dot(x[i], v)) - y[i], 2);
            return where == 0 ? Family.round(square, bits) : square;
        }).average().orElseThrow();
    }

    private static double[] squares(double[][] x, double[] y, double[] w) {
        double[] g = new double[w.length];
        for (int i = 0; i < y.length; i++) {
            double p = Math.tanh(dot(x[i], w));
            for (int j = 0; j < w.length; j++) {
                g[j] += 2 * x[i][j] * (p - y[i]) * (1 - p * p) / y.length;
            }
        }
        return g;
    }

    private void kinks() {
        String k = "kinks";
        for (double c : a(0, .5, 1, -1, 2, -3, 1.1)) {
            Predicate<GradientReport> expected = Math.abs(c) <= 1 ? SUBGRADIENT : NO_SUBGRADIENT;
            add(k, "|w|, claim " + c, w -> Math.abs(w[0]) + w[1] * w[1], a(0, 1.5), w -> a(w[0] == 0 ? c : Math.signum(w[0]), 2 * w[1]),
                    expected);
            add(k, "relu, claim " + c, w -> 1 + Math.max(0, w[0]) + Math.sin(w[1]), a(0, 1.5),
                    w -> a(w[0] == 0 ? c : w[0] > 0 ? 1 : 0, Math.cos(w[1])), c >= 0 && c <= 1 ? SUBGRADIENT : NO_SUBGRADIENT);
        }
        ToDoubleFunction<double[]> two = w -> 1 + Math.max(0, w[0]) + 2 * Math.max(0, w[1]);
        add(k, "two rectifiers, constants", two, a(0, 0), w -> a(1, 2), SUBGRADIENT);
        add(k, "two rectifiers, upper", two, a(0, 0), w -> a(w[0] >= 0 ? 1 : 0, w[1] >= 0 ? 2 : 0), SUBGRADIENT);
        add(k, "two rectifiers, lower", two, a(0, 0), w -> a(w[0] > 0 ? 1 : 0, w[1] > 0 ? 2 : 0), SUBGRADIENT);
        ToDoubleFunction<double[]> relu = w -> Arrays.stream(w).map(v -> Math.max(0, v)).sum();
        UnaryOperator<double[]> slope = w -> Arrays.stream(w).map(v -> v >= 0 ? 1 : 0).toArray();
        add(k, "rectifiers, all at 0", relu, a(0, 0, 0), slope, SUBGRADIENT);
        add(k, "rectifiers, one at 0", relu, a(.5, 0, -.3), slope, SUBGRADIENT);
        add(k, "rectifiers, one at 0, another wrong", relu, a(.5, 0, -.3), times(slope, 0, 1.1), NOT_RIGHT);
        add(k, "rectifiers and exp", w -> relu.applyAsDouble(w) + Math.exp(w[0]), a(.5, 0, -.3), w -> a(1 + Math.exp(w[0]), w[1] >= 0 ? 1
                : 0, 0), SUBGRADIENT);
        add(k, "rectifiers and exp, wrong", w -> relu.applyAsDouble(w) + Math.exp(w[0]), a(.5, 0, -.3),
                w -> a(1 - Math.exp(w[0]), w[1] >= 0 ? 1 : 0, 0), WRONG);
        double[] five = a(.4, 0, 1.7, -.3, 0);
        ToDoubleFunction<double[]> lasso = w -> Arrays.stream(w).map(v -> (v - 1) * (v - 1) + .2 * Math.abs(v)).sum();
        add(k, "lasso", lasso, five, w -> Arrays.stream(w).map(v -> 2 * (v - 1) + .2 * Math.signum(v)).toArray(), SUBGRADIENT);
        add(k, "lasso, penalty missing", lasso, five, w -> Arrays.stream(w).map(v -> 2 * (v - 1)).toArray(), WRONG);
        ToDoubleFunction<double[]> max = w -> Math.max(w[0], w[1]) + w[2] * w[2];
        add(k, "a tie, first", max, a(.7, .7, 1), w -> a(w[0] >= w[1] ? 1 : 0, w[0] < w[1] ? 1 : 0, 2 * w[2]), SUBGRADIENT);
        add(k, "a tie, halves", max, a(.7, .7, 1), w -> a(w[0] == w[1] ? .5 : w[0] > w[1] ? 1 : 0, w[0] == w[1] ? .5 : w[0] < w[1] ? 1 : 0,
                2 * w[2]), SUBGRADIENT);
        add(k, "hinge", w -> Math.max(0, 1 - w[0]) + .1 * w[0] * w[0] + Math.cos(w[1]), a(1, .4),
                w -> a((w[0] < 1 ? -1 : 0) + .2 * w[0], -Math.sin(w[1])), SUBGRADIENT);
        ToDoubleFunction<double[]> pinball = w -> 3 + Arrays.stream(w).map(v -> Math.max(.9 * v, -.1 * v)).sum();
        add(k, "pinball", pinball, a(0, .5, -2), w -> Arrays.stream(w).map(v -> v > 0 ? .9 : -.1).toArray(), SUBGRADIENT);
        add(k, "pinball, outside", pinball, a(0, .5, -2), w -> Arrays.stream(w).map(v -> v > 0 ? .9 : v < 0 ? -.1 : 1.2).toArray(),
                NO_SUBGRADIENT);
        add(k, "leaky, float32", w -> leaky(w), a(0, .5, -2),
                w -> Arrays.stream(w).map(v -> v > 0 ? 1.3 : .13).toArray(), SUBGRADIENT);
        ToDoubleFunction<double[]> tent = w -> 1.2 * (w[0] < .5 ? 4 * w[0] : 3 - 2 * w[0]);
        add(k, "a difference across the kink beside", tent, a(.5 - 1e-7),
                w -> a((tent.applyAsDouble(a(w[0] + 1e-6)) - tent.applyAsDouble(w)) / 1e-6), NO_SUBGRADIENT);
        add(k, "right beside a kink", tent, a(.5 - 1e-7), w -> a(w[0] < .5 ? 4.8 : -2.4), NOT_WRONG);
        add(k, "|w| at 1e-9", w -> Math.abs(w[0]) + w[1] * w[1], a(1e-9, 1.5), w -> a(Math.signum(w[0]), 2 * w[1]), NOT_WRONG);
        add(k, "a jump", w -> (w[0] >= .5 ? 1 : 0) + w[1] * w[1], a(.5, 1), w -> a(0, 2 * w[1]), NOT_WRONG);
        add(k, "a sharp bend", w -> Math.sqrt(w[0] * w[0] + 1e-6) + w[1] * w[1], a(0, 1), w -> a(w[0] / Math.sqrt(w[0] * w[0] + 1e-6),
                2 * w[1]), RIGHT);
        add(k, "a sharp bend, wrong", w -> Math.sqrt(w[0] * w[0] + 1e-6) + w[1] * w[1], a(0, 1), w -> a(w[0] / Math.sqrt(w[0] * w[0]
                + 1e-6) + .5, 2 * w[1]), WRONG);
        ToDoubleFunction<double[]> sorted = w -> {
            double[] s = w.clone();
            Arrays.sort(s);
            return s[2] + 2 * s[1] + 4 * s[0] + w[0] * w[0];
        };
        add(k, "sort with a tie", sorted, a(.3, .8, .8), w -> a((w[0] < Math.min(w[1], w[2]) ? 4 : 2) + 2 * w[0], w[1] > w[2] ? 1 : 2,
                w[1] > w[2] ? 2 : 1), SUBGRADIENT);
    }

    private static float leaky(double[] w) {
        float sum = 1;
        for (double v : w) {
            sum += (float) (v > 0 ? v : .1 * v) * 1.3f;
        }
        return sum;
    }

    private void zeros() {
        String k = "zeros";
        for (double s : a(1, -1, 2)) {
            Predicate<GradientReport> expected = s == 1 ? RIGHT : WRONG;
            add(k, "a bilinear form x" + s, w -> w[0] * (4 * w[1]) - w[1], a(.2, 0), w -> a(4 * w[1], s * (4 * w[0] - 1)), expected);
            add(k, "w0 sin w1 x" + s, w -> w[0] * Math.sin(w[1]), a(.5, 0), w -> a(Math.sin(w[1]), s * w[0] * Math.cos(w[1])), expected);
            add(k, "a difference x" + s, w -> w[0] - w[1] + 3 * w[2] - 3, a(.7, .7, 1), w -> a(s, -s, 3 * s), expected);
            add(k, "log at 1 x" + s, w -> Math.log(w[0]) * Math.exp(w[1]), a(1, .3), w -> a(s * Math.exp(w[1]) / w[0],
                    s * Math.log(w[0]) * Math.exp(w[1])), expected);
            add(k, "exp - 1 x" + s, w -> Math.exp(w[0]) - 1 + w[1] * w[0], a(0, 2), w -> a(s * (Math.exp(w[0]) + w[1]), w[0]), expected);
            add(k, "a product of residuals x" + s, w -> (w[0] - 1) * (w[1] * w[1] + 1) + w[2] * (w[0] - 1), a(1, .5, -2),
                    w -> a(s * (w[1] * w[1] + 1 + w[2]), s * 2 * w[1] * (w[0] - 1), s * (w[0] - 1)), expected);
            add(k, "float32 x" + s, w -> (float) Math.tanh((float) w[0]) * (float) w[1], a(0, 2),
                    w -> a(s * w[1] / Math.pow(Math.cosh(w[0]), 2), s * Math.tanh(w[0])), s == 1 ? RIGHT : NOT_RIGHT);
        }
    }

    private void constants() {
        String k = "constants";
        double[] z = a(.3, -1.2, .9, 2.1, -.4);
        UnaryOperator<double[]> none = w -> new double[w.length];
        add(k, "normalised outputs", w -> {
            double m = Arrays.stream(w).average().orElseThrow();
            double sd = Math.sqrt(Arrays.stream(w).map(v -> (v - m) * (v - m)).average().orElseThrow());
            return Arrays.stream(w).map(v -> (v - m) / sd).sum();
        }, z, none, CONSTANT);
        ToDoubleFunction<double[]> softmax = w -> {
            double max = Arrays.stream(w).max().orElseThrow();
            double sum = Arrays.stream(w).map(v -> Math.exp(v - max)).sum();
            double total = 0;
            for (double v : w) {
                total += Math.exp(v - max) / sum;
            }
            return total;
        };
        add(k, "softmax adds up to 1", softmax, z, none, CONSTANT);
        add(k, "softmax adds up to 1, minus 1", w -> softmax.applyAsDouble(w) - 1, z, none, CONSTANT);
        add(k, "sin^2 + cos^2", w -> Arrays.stream(w).map(v -> Math.pow(Math.sin(v), 2) + Math.pow(Math.cos(v), 2)).sum(), z, none,
                CONSTANT);
        add(k, "centred", w -> {
            double m = Arrays.stream(w).average().orElseThrow();
            double sum = 0;
            for (double v : w) {
                sum += v - m;
            }
            return sum;
        }, z, none, CONSTANT);
        add(k, "constant", w -> 3.5, z, none, CONSTANT);
        add(k, "constant, a gradient claimed", w -> 3.5, z, w -> w, CONSTANT);
        for (double shift : a(0, .5)) {
            add(k, "whole numbers at " + shift, w -> Math.pow((int) w[0], 2) + Math.pow((int) w[1], 2), a(3 + shift, 4 + shift),
                    w -> a(2 * w[0], 2 * w[1]), CONSTANT);
        }
        add(k, "a minimum", w -> 1 + IntStream.range(0, 5).mapToDouble(i -> Math.pow(w[i] - z[i], 2)).sum(), z,
                w -> IntStream.range(0, 5).mapToDouble(i -> 2 * (w[i] - z[i])).toArray(), r -> says(Kind.VANISHING, r));
    }

    private void precision() {
        String k = "precision";
        add(k, "float32 constants", w -> 1 + .1 * w[0] + .7 * w[1] - .3 * w[2], a(.5, -.2, .9), w -> a(.1f, .7f, -.3f), RIGHT);
        add(k, "9.807 for 9.80665", w -> 9.80665 * w[0] * w[0] + 9.80665 * w[1], a(.5, .2), w -> a(2 * 9.807 * w[0], 9.807), WRONG);
        Random r = new Random(8);
        double[][] m = IntStream.range(0, 6).mapToObj(i -> r.doubles(6, -1.5, 1.5).toArray()).toArray(double[][]::new);
        double[] at = r.doubles(6, -1.5, 1.5).toArray();
        Map<String, ToDoubleFunction<double[]>> losses = new TreeMap<>(Map.of("quadratic", w -> Arrays.stream(m)
                .mapToDouble(row -> Math.pow(dot(row, w), 2) / 2).sum(),
                "logistic", w -> Arrays.stream(m).mapToDouble(row -> Math.log1p(Math.exp(dot(row, w)))).sum(), "exp",
                w -> Arrays.stream(w).map(v -> Math.exp(.3 * v)).sum(), "linear", w -> 2 + dot(m[0], w)));
        Map<String, UnaryOperator<double[]>> gradients = Map.of("quadratic", w -> back(m, w, z -> z), "logistic", w -> back(m, w,
                z -> 1 / (1 + Math.exp(-z))),
                "exp", w -> Arrays.stream(w).map(v -> .3 * Math.exp(.3 * v)).toArray(), "linear", w -> m[0].clone());
        losses.forEach((name, f) -> {
            UnaryOperator<double[]> g = gradients.get(name);
            add(k, name + ", float32", f, at, w -> Arrays.stream(g.apply(w)).map(v -> (float) v).toArray(), RIGHT);
            add(k, name + ", float32 weights", f, at, w -> g.apply(Arrays.stream(w).map(v -> (float) v).toArray()), RIGHT);
            for (double tolerance : a(1e-7, 1e-8, 1e-9)) {
                add(k, name + ", solved to " + tolerance, f, at, w -> {
                    double[] exact = g.apply(w);
                    double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
                    Random noise = new Random(Arrays.hashCode(w));
                    return Arrays.stream(exact).map(v -> v + tolerance * largest * (2 * noise.nextDouble() - 1)).toArray();
                }, RIGHT);
            }
            add(k, name + ", a constant in float32", f, at, times(g, -1, .1f / .1), RIGHT);
            add(k, name + ", factor 1.0001", f, at, times(g, -1, 1.0001), WRONG);
            add(k, name + ", factor 1.0004", f, at, times(g, -1, 1.0004), WRONG);
            add(k, name + ", an entry 1e-5 off", f, at, times(g, 2, 1 + 1e-5), WRONG);
            add(k, name + ", float32 and a sign", f, at, w -> Arrays.stream(times(g, 2, -1).apply(w)).map(v -> (float) v).toArray(), WRONG);
        });
    }

    private static double[] back(double[][] m, double[] w, java.util.function.DoubleUnaryOperator slope) {
        double[] g = new double[w.length];
        for (double[] row : m) {
            double d = slope.applyAsDouble(dot(row, w));
            for (int j = 0; j < g.length; j++) {
                g[j] += d * row[j];
            }
        }
        return g;
    }

    private void secondPoints() {
        String k = "second points";
        double[] data = a(98, 101, 102, 99.5);
        for (double s : a(1, -1)) {
            Predicate<GradientReport> expected = s == 1 ? RIGHT : WRONG;
            add(k, "a normal density x" + s, w -> Arrays.stream(data).map(x -> .5 * Math.pow((x - w[0]) / w[1], 2) + Math.log(w[1])).sum(),
                    a(100, 1), w -> {
                double p = 0;
                double q = 0;
                for (double x : data) {
                    double e = (x - w[0]) / w[1];
                    p -= e / w[1];
                    q += (1 - e * e) / w[1];
                }
                return a(s * p, s * q);
            }, expected);
            add(k, "square roots x" + s, w -> Math.sqrt(w[0]) * w[1] + Math.sqrt(w[1]), a(.3, 2),
                    w -> a(s * .5 * w[1] / Math.sqrt(w[0]), s * (Math.sqrt(w[0]) + .5 / Math.sqrt(w[1]))), expected);
            add(k, "a power x" + s, w -> Math.pow(w[0], w[1]), a(1.7, .6), w -> a(s * w[1] * Math.pow(w[0], w[1] - 1), s * Math.pow(w[0],
                    w[1]) * Math.log(w[0])), expected);
            add(k, "entropy x" + s, w -> Arrays.stream(w).map(v -> v * Math.log(v)).sum(), a(.2, .3, .5), w -> Arrays.stream(w)
                    .map(v -> s * (Math.log(v) + 1)).toArray(), expected);
            add(k, "Student's density x" + s, w -> 2.5 * Arrays.stream(data).map(x -> Math.log1p(Math.pow((x - w[0]) / w[1], 2) / 4)).sum()
                    + 4 * Math.log(w[1]), a(99, 2), w -> {
                double p = 0;
                double q = 4;
                for (double x : data) {
                    double e = (x - w[0]) / w[1];
                    p -= 2.5 * 2 * e / (4 + e * e);
                    q -= 2.5 * 2 * e * e / (4 + e * e);
                }
                return a(s * p / w[1], s * q / w[1]);
            }, expected);
            add(k, "a cubic term x" + s, w -> Arrays.stream(w).map(v -> v + v * v * v).sum(), a(.9, -.7),
                    w -> Arrays.stream(w).map(v -> s == 1 ? 1 + 3 * v * v : 1).toArray(), expected);
            add(k, "a cubic term doubled x" + s, w -> 5 + Arrays.stream(w).map(v -> v + .3 * v * v * v).sum(), a(.9, -.7, 1.3),
                    w -> Arrays.stream(w).map(v -> 1 + (s == 1 ? .9 : 1.8) * v * v).toArray(), expected);
            add(k, "weight decay x" + s, w -> Math.log1p(Math.exp(w[0] - w[1])) + .5 * dot(w, w), a(.9, -.7), w -> {
                double p = 1 / (1 + Math.exp(w[1] - w[0]));
                return a(p + (s > 0 ? w[0] : 0), -p + (s > 0 ? w[1] : 0));
            }, expected);
            add(k, "a tiny loss x" + s, w -> 1e-12 * Math.exp(-w[0] * w[0] - w[1]), a(.5, .2), w -> {
                double f = s > 0 ? 1e-12 * Math.exp(-w[0] * w[0] - w[1]) : 1;
                return a(-2 * w[0] * f, -f);
            }, expected);
            add(k, "a product, one sign x" + s, w -> Math.pow(Arrays.stream(w).sum(), 2) / 2 + Math.pow(Arrays.stream(w)
                    .reduce(1, (p, q) -> p * q) / 1e6 - 1, 2) / 2,
                    IntStream.range(0, 10).mapToDouble(i -> 5).toArray(), w -> {
                        double sum = Arrays.stream(w).sum();
                        double product = Arrays.stream(w).reduce(1, (p, q) -> p * q) / 1e6;
                        double[] g = Arrays.stream(w).map(v -> sum + (product - 1) * product / v).toArray();
                        g[3] *= s;
                        return g;
                    }, s == 1 ? RIGHT : NOT_RIGHT);
        }
        Random r = new Random(2);
        double[][] x = IntStream.range(0, 12).mapToObj(i -> a(r.nextGaussian(), r.nextGaussian(), r.nextGaussian()))
                .toArray(double[][]::new);
        double[] y = Arrays.stream(x).mapToDouble(row -> row[0] + .3 * row[1] > 0 ? 1 : 0).toArray();
        for (double scale : a(1, 12, 30, 60)) {
            double[] at = a(1.1 * scale, -.8 * scale, -1.3 * scale);
            double[] less = a(1.1 * scale / 3, -.8 * scale / 3, -1.3 * scale / 3);
            add(k, "clipped logistic, weights " + scale, w -> IntStream.range(0, 12).mapToDouble(i -> {
                double p = Math.max(1e-7, Math.min(1 - 1e-7, 1 / (1 + Math.exp(-dot(x[i], w)))));
                return -Math.log(y[i] == 1 ? p : 1 - p);
            }).average().orElseThrow(), at, w -> mean(x, i -> 1 / (1 + Math.exp(-dot(x[i], w))) - y[i]), NOT_WRONG);
            add(k, "clipped squares, weights " + scale, w -> IntStream.range(0, 12).mapToDouble(i -> Math.min(9,
                    Math.pow(dot(x[i], w) - y[i], 2))).average().orElseThrow(),
                    less, w -> mean(x, i -> 2 * (dot(x[i], w) - y[i])), NOT_WRONG);
            add(k, "hard tanh, weights " + scale, w -> IntStream.range(0, 12).mapToDouble(i -> Math.pow(clip(dot(x[i], w)) - y[i], 2))
                    .average().orElseThrow(),
                    less, w -> mean(x, i -> Math.abs(dot(x[i], w)) < 1 ? 2 * (clip(dot(x[i], w)) - y[i]) : 0), NOT_WRONG);
        }
    }

    private static double clip(double z) {
        return Math.max(-1, Math.min(1, z));
    }

    private static double[] mean(double[][] x, java.util.function.IntToDoubleFunction error) {
        double[] g = new double[x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < g.length; j++) {
                g[j] += x[i][j] * error.applyAsDouble(i) / x.length;
            }
        }
        return g;
    }

    private void edges() {
        String k = "edges";
        for (double s : a(1, -1)) {
            Predicate<GradientReport> expected = s == 1 ? RIGHT : NOT_RIGHT;
            add(k, "two log barriers x" + s, w -> -Math.log(w[0]) - Math.log(w[1]), a(1, 1e-9), w -> a(-s / w[0], -s / w[1]), expected);
            add(k, "square root of 1e-12 x" + s, w -> Math.sqrt(w[0]) + Math.sqrt(w[1]), a(1e-12, 2), w -> a(s * .5 / Math.sqrt(w[0]),
                    s * .5 / Math.sqrt(w[1])), expected);
            add(k, "log(1 - w) x" + s, w -> -Math.log(1 - w[0]) + w[1] * w[1], a(1 - 1e-6, .5), w -> a(s / (1 - w[0]), 2 * s * w[1]),
                    expected);
            add(k, "arcsine x" + s, w -> Math.asin(w[0]) * w[1], a(1 - 1e-8, .5), w -> a(s * w[1] / Math.sqrt((1 - w[0]) * (1 + w[0])),
                    s * Math.asin(w[0])), expected);
            add(k, "w log w x" + s, w -> Arrays.stream(w).map(v -> v * Math.log(v)).sum(), a(1e-12, .4, .6), w -> Arrays.stream(w)
                    .map(v -> s * (Math.log(v) + 1)).toArray(), expected);
            add(k, "a barrier x" + s, w -> w[0] + w[1] - 1e-3 * Math.log(1 - dot(w, w)), a(.8, .599999),
                    w -> Arrays.stream(w).map(v -> s * (1 + 2e-3 * v / (1 - dot(w, w)))).toArray(), expected);
            add(k, "one side only x" + s, w -> w[0] >= 1 ? Math.pow(w[0] - 1, 1.5) + w[0] + w[1] * w[1] : Double.NaN, a(1, .5),
                    w -> a(s * (1.5 * Math.sqrt(w[0] - 1) + 1), s * 2 * w[1]), s == 1 ? NOT_WRONG : NOT_RIGHT);
        }
    }

    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        boolean every = arguments.length < 2 || !arguments[1].equals("directions");
        Map<String, int[]> sums = new TreeMap<>();
        for (HardCase c : new HardCases().all) {
            List<GradientReport> reports = IntStream.range(0, seeds).mapToObj(seed -> c.check(seed, every)).toList();
            List<GradientReport> bad = reports.stream().filter(r -> r == null || !c.right.test(r)).toList();
            int[] sum = sums.computeIfAbsent(c.kind, kind -> new int[3]);
            sum[0] += seeds - bad.size();
            sum[1] += seeds;
            sum[2] += reports.stream().mapToInt(GradientReport::evaluations).sum();
            if (!bad.isEmpty()) {
                System.out.println(c + ": " + bad.size() + " of " + seeds + " " + bad.stream().map(r -> r.verdict() + " "
                        + r.findings().stream().map(Finding::kind).toList()).collect(Collectors.groupingBy(t -> t, TreeMap::new,
                                Collectors.counting()))
                        + " " + bad.get(0).findings().stream().map(Finding::message).toList());
            }
        }
        sums.forEach((kind, s) -> System.out.println(kind + ": " + s[0] + " of " + s[1] + ", " + s[2] / s[1] + " evaluations in the mean"));
    }
}
