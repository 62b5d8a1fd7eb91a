package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Kinds of losses on which people met trouble, drawn from a seed: each with its right gradient and with bugs. */
enum Family {
    /** Entries from 1e-12 to 1e12 in one vector, each of which matters alike. */
    SCALES {
        @Override
        Drawn draw(Random r) {
            int n = 2 + r.nextInt(6);
            double[] size = r.doubles(n).map(u -> Math.pow(10, 24 * u - 12)).toArray();
            Smooth[] f = smooth(n, r);
            double[] a = r.doubles(n, 0.3, 3).toArray();
            double[] at = IntStream.range(0, n).mapToDouble(i -> size[i] * sign(r) * (0.3 + 1.7 * r.nextDouble())).toArray();
            boolean coupled = r.nextBoolean();
            return new Drawn(w -> {
                double sum = 1;
                for (int i = 0; i < n; i++) {
                    double before = coupled && i > 0 ? f[i - 1].value(w[i - 1] / size[i - 1]) : 1;
                    sum += a[i] * before * f[i].value(w[i] / size[i]);
                }
                return sum;
            }, w -> {
                double[] g = new double[n];
                for (int i = 0; i < n; i++) {
                    double before = coupled && i > 0 ? f[i - 1].value(w[i - 1] / size[i - 1]) : 1;
                    g[i] += a[i] * before * f[i].slope(w[i] / size[i]) / size[i];
                    if (coupled && i > 0) {
                        g[i - 1] += a[i] * f[i - 1].slope(w[i - 1] / size[i - 1]) / size[i - 1] * f[i].value(w[i] / size[i]);
                    }
                }
                return g;
            }, at);
        }
    },
    /** Weights near the edge of the domain: log barriers next to zero, square roots, arcsines, powers. */
    EDGES {
        @Override
        Drawn draw(Random r) {
            int n = 1 + r.nextInt(4);
            int[] kind = r.ints(n, 0, 6).toArray();
            double[] a = r.doubles(n, 0.3, 3).toArray();
            double[] at = Arrays.stream(kind).mapToDouble(k -> {
                double near = Math.pow(10, -9 * r.nextDouble());
                return k == 0 || k == 1 || k == 2 ? near : k == 5 ? 0.2 + 3 * r.nextDouble() : 1 - near;
            }).toArray();
            return new Drawn(w -> 1 + IntStream.range(0, n).mapToDouble(i -> a[i] * edge(kind[i], w[i])).sum(),
                    w -> IntStream.range(0, n).mapToDouble(i -> a[i] * edgeSlope(kind[i], w[i])).toArray(), at);
        }
    },
    /** Losses that are exactly 0 at the weights: products with a factor that is 0, differences of equal terms. */
    ZEROS {
        @Override
        Drawn draw(Random r) {
            int n = 2 + r.nextInt(4);
            Smooth[] f = smooth(n, r);
            double[] at = r.doubles(n, 0.2, 1.5).map(x -> sign(r) * x).toArray();
            double zero = f[0].value(at[0]);
            double size = r.nextInt(3) == 0 ? Math.pow(10, 6 * r.nextDouble() - 3) : 1;
            // (f0(w0) - f0(at0)) * (2 + f1 + ... ): zero at the weights, where only the first factor has a slope.
            ToDoubleFunction<double[]> rest = w -> 2.5 + IntStream.range(1, n).mapToDouble(i -> f[i].value(w[i])).sum();
            return new Drawn(w -> size * (f[0].value(w[0]) - zero) * rest.applyAsDouble(w), w -> {
                double[] g = new double[n];
                g[0] = size * f[0].slope(w[0]) * rest.applyAsDouble(w);
                for (int i = 1; i < n; i++) {
                    g[i] = size * (f[0].value(w[0]) - zero) * f[i].slope(w[i]);
                }
                return g;
            }, at);
        }
    },
    /** Kinks at some of the weights: absolute values, rectifiers, hinges, ties of a maximum. */
    KINKS {
        @Override
        Drawn draw(Random r) {
            int n = 2 + r.nextInt(4);
            double[] left = r.doubles(n, -1, 1).toArray();
            double[] right = IntStream.range(0, n).mapToDouble(i -> left[i] + 0.3 + 2 * r.nextDouble()).toArray();
            double[] corner = IntStream.range(0, n).mapToDouble(i -> r.nextBoolean() ? 0 : sign(r) * (0.2 + r.nextDouble())).toArray();
            boolean[] sits = new boolean[n];
            for (int i = 0; i < n; i++) {
                sits[i] = i == 0 || r.nextInt(3) == 0;
            }
            double[] share = r.ints(n, 0, 5).mapToDouble(k -> new double[] {0, 1, 0.5, 0.25, r.nextDouble()}[k]).toArray();
            Smooth[] f = smooth(n, r);
            double[] at = IntStream.range(0, n).mapToDouble(i -> sits[i] ? corner[i] : corner[i] + sign(r) * (0.1 + r.nextDouble()))
                    .toArray();
            return new Drawn(w -> 1 + IntStream.range(0, n).mapToDouble(i -> {
                double x = w[i] - corner[i];
                return (x < 0 ? left[i] : right[i]) * x + f[i].value(w[i]);
            }).sum(), w -> IntStream.range(0, n).mapToDouble(i -> {
                double x = w[i] - corner[i];
                return (x < 0 ? left[i] : x > 0 ? right[i] : left[i] + share[i] * (right[i] - left[i])) + f[i].slope(w[i]);
            }).toArray(), at);
        }

        /** Outside of the two slopes at a kink, or any bug elsewhere. */
        @Override
        UnaryOperator<double[]> bug(Drawn right, Random r) {
            if (r.nextBoolean()) {
                return super.bug(right, r);
            }
            double out = sign(r) * (2.5 + 2 * r.nextDouble());
            return w -> {
                double[] g = right.gradient().apply(w);
                g[0] += out;
                return g;
            };
        }
    },
    /** Gradients that carry fewer digits than the loss: rounded to float32, solved to a tolerance, with a constant in float32. */
    ROUNDED {
        @Override
        Drawn draw(Random r) {
            Drawn exact = quadratic(r);
            int how = r.nextInt(4);
            double tolerance = Math.pow(10, -7 - 3 * r.nextDouble());
            long salt = r.nextLong();
            return new Drawn(exact.loss(), w -> {
                double[] g = exact.gradient().apply(w);
                double largest = Arrays.stream(g).map(Math::abs).max().orElseThrow();
                Random noise = new Random(salt ^ Arrays.hashCode(w));
                return Arrays.stream(g).map(v -> switch (how) {
                    case 0, 1 -> (float) v;
                    case 2 -> v * ((float) 0.1 / 0.1);
                    default -> v + tolerance * largest * (2 * noise.nextDouble() - 1);
                }).toArray();
            }, exact.at());
        }

        /** Errors that a rounding can't explain: a factor of 1.0001 or more, an entry 1e-5 off or more, a sign. */
        @Override
        UnaryOperator<double[]> bug(Drawn right, Random r) {
            double off = sign(r) * Math.pow(10, -1 - 3 * r.nextDouble());
            int entry = entry(right, r);
            int how = r.nextInt(3);
            return w -> {
                double[] g = right.gradient().apply(w);
                for (int i = 0; i < g.length; i++) {
                    g[i] *= how == 0 ? 1 + off : i != entry ? 1 : how == 1 ? 1 + off / 10 : -1;
                }
                return g;
            };
        }
    },
    /** Losses computed in bfloat16 or float16: the weights are rounded, the result, or every step. */
    HALF {
        @Override
        Drawn draw(Random r) {
            int bits = r.nextBoolean() ? 8 : 11;
            int where = r.nextInt(3);
            int n = 1 + r.nextInt(3);
            Smooth[] f = smooth(n, r);
            double[] at = r.doubles(n, 0.1, 2).map(x -> round(sign(r) * x, bits)).toArray();
            double shift = r.nextInt(2);
            return new Drawn(w -> {
                double sum = shift;
                for (int i = 0; i < n; i++) {
                    double y = f[i].value(where == 1 ? w[i] : round(w[i], bits));
                    sum += where == 0 ? y : round(y, bits);
                    sum = where == 2 ? round(sum, bits) : sum;
                }
                return sum;
            }, w -> IntStream.range(0, n).mapToDouble(i -> f[i].slope(w[i])).toArray(), at);
        }
    },
    /** Losses that are a little different at each call: sums in random order, atomics, many draws. */
    RANDOM {
        @Override
        Drawn draw(Random r) {
            Drawn exact = quadratic(r);
            double level = Math.pow(10, -12 + 8.8 * r.nextDouble());
            Random noise = new Random(r.nextLong());
            return new Drawn(w -> exact.loss().applyAsDouble(w) * (1 + level * noise.nextGaussian()), exact.gradient(), exact.at());
        }
    };

    /** One draw: the loss, its right gradient, and the weights. */
    record Drawn(ToDoubleFunction<double[]> loss, UnaryOperator<double[]> gradient, double[] at) {
    }

    /** A smooth function of one number of size 1, with its derivative. */
    record Smooth(DoubleUnaryOperator f, DoubleUnaryOperator d) {
        double value(double x) {
            return f.applyAsDouble(x);
        }

        double slope(double x) {
            return d.applyAsDouble(x);
        }
    }

    private static final List<Smooth> POOL = List.of(new Smooth(Math::sin, Math::cos), new Smooth(Math::exp, Math::exp),
            new Smooth(x -> x * x, x -> 2 * x), new Smooth(x -> Math.exp(-x * x), x -> -2 * x * Math.exp(-x * x)),
            new Smooth(Math::tanh, x -> 1 - Math.pow(Math.tanh(x), 2)), new Smooth(Math::atan, x -> 1 / (1 + x * x)),
            new Smooth(x -> Math.log1p(x * x), x -> 2 * x / (1 + x * x)), new Smooth(x -> x * x * x / 3 - x, x -> x * x - 1),
            new Smooth(x -> Math.log1p(Math.exp(x)), x -> 1 / (1 + Math.exp(-x))), new Smooth(x -> Math.cos(2 * x),
                    x -> -2 * Math.sin(2 * x)));

    abstract Drawn draw(Random r);

    /** A bug: one entry (whose slope is not 0) with the wrong sign, missing, doubled, or 1 % off, or all of them times a factor. */
    UnaryOperator<double[]> bug(Drawn right, Random r) {
        int entry = entry(right, r);
        double factor = new double[] {-1, 0, 2, 1.01, 0.5}[r.nextInt(5)];
        boolean all = r.nextInt(4) == 0 && factor != 0;
        return w -> {
            double[] g = right.gradient().apply(w);
            for (int i = 0; i < g.length; i++) {
                g[i] *= all || i == entry ? factor : 1;
            }
            return g;
        };
    }

    static Smooth[] smooth(int n, Random r) {
        return IntStream.range(0, n).mapToObj(i -> POOL.get(r.nextInt(POOL.size()))).toArray(Smooth[]::new);
    }

    static double sign(Random r) {
        return r.nextBoolean() ? 1 : -1;
    }

    static int entry(Drawn right, Random r) {
        double[] g = right.gradient().apply(right.at());
        int[] moving = IntStream.range(0, g.length).filter(i -> g[i] != 0).toArray();
        return moving.length == 0 ? 0 : moving[r.nextInt(moving.length)];
    }

    /** A number of so many significant bits. */
    static double round(double x, int bits) {
        double unit = Math.scalb(1.0, Math.getExponent(x) - bits + 1);
        return x == 0 ? 0 : Math.rint(x / unit) * unit;
    }

    /** w A w / 2 - b w + a softplus of w: every entry and every pair of them matters. */
    static Drawn quadratic(Random r) {
        int n = 3 + r.nextInt(4);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = r.nextGaussian() + (i == j ? 2 : 0);
                a[j][i] = a[i][j];
            }
        }
        double[] b = r.doubles(n, -1, 1).toArray();
        double[] at = IntStream.range(0, n).mapToDouble(i -> r.nextGaussian()).toArray();
        double shift = 2 + 3 * r.nextDouble();
        return new Drawn(w -> {
            double sum = shift;
            for (int i = 0; i < n; i++) {
                double row = 0;
                for (int j = 0; j < n; j++) {
                    row += a[i][j] * w[j];
                }
                sum += w[i] * row / 2 - b[i] * w[i] + Math.log1p(Math.exp(w[i]));
            }
            return sum;
        }, w -> IntStream.range(0, n).mapToDouble(i -> IntStream.range(0, n).mapToDouble(j -> a[i][j] * w[j]).sum() - b[i]
                + 1 / (1 + Math.exp(-w[i]))).toArray(), at);
    }

    private static double edge(int kind, double w) {
        return switch (kind) {
            case 0 -> -Math.log(w);
            case 1 -> Math.sqrt(w);
            case 2 -> w * Math.log(w);
            case 3 -> -Math.log(1 - w);
            case 4 -> Math.asin(w);
            default -> Math.pow(w, 1.7) + Math.log(w);
        };
    }

    private static double edgeSlope(int kind, double w) {
        return switch (kind) {
            case 0 -> -1 / w;
            case 1 -> 0.5 / Math.sqrt(w);
            case 2 -> Math.log(w) + 1;
            case 3 -> 1 / (1 - w);
            case 4 -> 1 / Math.sqrt((1 - w) * (1 + w));
            default -> 1.7 * Math.pow(w, 0.7) + 1 / w;
        };
    }
}
