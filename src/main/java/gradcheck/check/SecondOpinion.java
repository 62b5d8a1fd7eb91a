package gradcheck.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks for the same answer at other points: where the weights are so small that the loss is nearly that of zero weights, no output is
 * clipped and no unit saturated. A clipped loss looks like a bug at the weights, but not there. Points near the weights share their
 * clipping: they are asked only where the loss is not finite near zero, and only for what no clipping can do.
 *
 * @param worst the largest relative error |g - J| / (|g| + |J|) of the entries asked for, at the weights
 * @param shrunk the norm of the other weights as a share of that of the weights
 * @param less whether the loss reacts as claimed but less, as it does where it is clipped
 */
record SecondOpinion(Outcome outcome, double worst, double shrunk, boolean less) {
    /** What the other points say. */
    enum Outcome {
        /** One of the worst entries is wrong there too. */
        SAME,
        /** None is, though an error of the size seen at the weights would have been seen. */
        NOT_THERE,
        /** Such an error would not have been seen there. */
        UNDECIDED,
        /** There is no function of the gradient. */
        NOT_ASKED
    }

    /**
     * Asks for it.
     *
     * @param evidence at the weights, where some entries are wrong
     * @param gradient a function of the weights, or null
     */
    static SecondOpinion on(Evidence evidence, UnaryOperator<double[]> gradient, Random random) {
        Witness witness = new Witness(evidence, gradient, worst(evidence), random);
        double largest = witness.worst.stream().mapToDouble(Suspect::relative).max().orElseThrow();
        double both = evidence.wrong(evidence.all()).mapToDouble(i -> evidence.value(i) * evidence.claimed()[i]).sum();
        double alone = evidence.wrong(evidence.all()).mapToDouble(i -> evidence.claimed()[i] * evidence.claimed()[i]).sum();
        boolean less = both > -Thresholds.RESOLVED * alone && both < alone;
        double[] weights = evidence.here().weights();
        double[] last = weights;
        Outcome outcome = gradient == null ? Outcome.NOT_ASKED : Outcome.UNDECIDED;
        for (int draw = 0; draw < Thresholds.DRAWS && outcome == Outcome.UNDECIDED; draw++) {
            double[] moved = moved(weights, evidence.here().scale().own(), random);
            double[] near = near(evidence.here().loss(), moved);
            if (near == null) {
                outcome = witness.asked(times(moved, 0.5), true);
                for (double share = 1; share > 1e-4 && outcome != Outcome.SAME; share /= 4) {
                    Outcome nearer = witness.asked(between(weights, moved, share), true);
                    outcome = nearer == Outcome.UNDECIDED ? outcome : nearer;
                }
                break;
            }
            last = near;
            outcome = witness.asked(near, false);
        }
        // A clipped loss may come near its value at zero by accident, but hardly twice.
        double[] other = outcome == Outcome.SAME && last != weights
                ? near(evidence.here().loss(), moved(weights, evidence.here().scale().own(), random)) : null;
        if (other != null && witness.asked(other, false) == Outcome.NOT_THERE) {
            outcome = Outcome.NOT_THERE;
            last = other;
        }
        if (outcome == Outcome.NOT_THERE && !evidence.here().noise().isCoarse() && witness.fades()) {
            outcome = Outcome.SAME;
        }
        double norm = Vectors.norm(weights);
        return new SecondOpinion(outcome, largest, Vectors.norm(last) / (norm == 0 ? 1 : norm), less);
    }

    /** Claims that were wrong at the weights: along entries, or where none was measured on its own along directions. */
    private record Suspect(Direction direction, double claimed, double value, double bound, boolean kink) {
        double relative() {
            return SecondOpinion.relative(claimed, value);
        }

        double ratio() {
            return claimed == 0 ? 0 : value / claimed;
        }
    }

    /** Those that are wrong by most of their bounds, and those at a kink last. */
    private static List<Suspect> worst(Evidence evidence) {
        Stream<Suspect> entries = evidence.wrong(evidence.all()).filter(i -> evidence.derivatives()[i].isAlone())
                .mapToObj(i -> new Suspect(Direction.entry(i), evidence.claimed()[i], evidence.value(i), evidence.bound(i),
                        evidence.derivatives()[i].is(Shape.KINK)));
        Stream<Suspect> along = evidence.samples().values().stream().flatMap(s -> IntStream.range(0, s.size()).mapToObj(k -> new Suspect(
                s.directions().get(k), s.directions().get(k).dot(evidence.claimed()), s.value()[k], s.bound()[k], false)));
        return Stream.concat(entries, along).sorted(Comparator.comparing(Suspect::kink)
                .thenComparingDouble(s -> -Math.abs(s.claimed() - s.value()) / s.bound())).limit(Thresholds.WORST).toList();
    }

    /** Who is asked: the gradient at another point, about what was worst at the weights. */
    private record Witness(Evidence evidence, UnaryOperator<double[]> gradient, List<Suspect> worst, Random random) {
        /** @param strict whether an error counts only if measured and claimed are in the same ratio as at the weights */
        private Outcome asked(double[] other, boolean strict) {
            Outcome outcome = Outcome.UNDECIDED;
            try {
                Surroundings there = evidence.here().elsewhere(other, random);
                double[] claimed = gradient.apply(other.clone());
                for (Suspect suspect : worst) {
                    double slope = suspect.direction().dot(claimed);
                    double tolerance = Entries.precision(claimed) * suspect.direction().size(claimed);
                    Answer found = answer(there, suspect.direction(), slope, tolerance);
                    if (found != null && found.wrong() && found.line().shape() != Shape.KINK) {
                        if (!strict || slope == 0 || sameRatio(found, slope, suspect.ratio())) {
                            return Outcome.SAME;
                        }
                    } else if (found != null && found.bound() < Thresholds.DECIDED * suspect.relative() * Math.abs(slope)) {
                        outcome = Outcome.NOT_THERE;
                    }
                }
            } catch (NotFinite e) {
                return outcome;
            }
            return outcome;
        }

        /**
         * Whether what is worst fades evenly, each time the weights are halved, until it is lost in the noise: a term of higher order is
         * wrong. Where a loss is clipped it ends at once.
         */
        private boolean fades() {
            Suspect suspect = worst.get(0);
            double before = suspect.relative();
            for (int k = 1; k <= Thresholds.HALVINGS; k++) {
                try {
                    double[] other = times(evidence.here().weights(), Math.pow(2, -k));
                    Surroundings there = evidence.here().elsewhere(other, random);
                    double slope = suspect.direction().dot(gradient.apply(other.clone()));
                    Answer found = answer(there, suspect.direction(), slope, 0);
                    if (found == null || found.line().shape() != Shape.SMOOTH) {
                        return false;
                    } else if (!found.wrong()) {
                        return k > 2 && found.bound() * Thresholds.FADING >= before * (Math.abs(slope) + Math.abs(found.value()));
                    }
                    double now = relative(slope, found.value());
                    if (now * Thresholds.FADING < before) {
                        return false;
                    }
                    before = now;
                } catch (NotFinite e) {
                    return false;
                }
            }
            return false;
        }

        private static Answer answer(Surroundings there, Direction direction, double slope, double tolerance) {
            double start = there.relativeStep() * there.ownStep(direction) / Math.sqrt(direction.entries().length);
            try {
                return SlopeCheck.of(there, new Claim(direction, slope, Math.abs(slope), tolerance), start);
            } catch (NotFinite e) {
                return null;
            }
        }

        private static boolean sameRatio(Answer found, double slope, double ratio) {
            return Math.abs(found.value() / slope - ratio) <= Thresholds.SAME_RATIO * Math.abs(ratio - 1)
                    + 2 * found.bound() / Math.abs(slope);
        }
    }

    /** Each weight times exp(+-0.15 to +-0.3), so that it keeps its sign; zeros move by a part of their own size. */
    static double[] moved(double[] weights, double[] own, Random random) {
        double[] share = Direction.random(IntStream.range(0, own.length).mapToDouble(i -> Thresholds.MOVE).toArray(), random).parts();
        return IntStream.range(0, own.length).mapToDouble(i -> weights[i] == 0 ? share[i] * own[i] : weights[i] * Math.exp(share[i]))
                .toArray();
    }

    /**
     * The last of 2^-20, 2^-19, ... 1/2 times the weights before the loss leaves 10 % of its value at zero, or, if that is 0, of its
     * value at them; null where the loss is not finite near zero, or leaves at once.
     */
    static double[] near(Evaluations loss, double[] moved) {
        int last = 24;
        try {
            double atZero = loss.at(new double[moved.length]);
            double tenth = Thresholds.NEAR_ZERO * Math.abs(atZero == 0 ? loss.at(moved) : atZero);
            IntPredicate isNear = k -> Math.abs(loss.at(times(moved, Math.pow(2, -k))) - atZero) <= tenth;
            // From zero on: the loss may come near its value at zero again, by accident, while it is clipped.
            for (int k = 20; k > 0 && isNear.test(k); k -= 4) {
                last = k;
            }
            for (int k = last - 1; last < 24 && k % 4 > 0 && isNear.test(k); k--) {
                last = k;
            }
        } catch (NotFinite e) {
            // The last point that was finite is taken.
        }
        return last == 24 ? null : times(moved, Math.pow(2, -last));
    }

    private static double relative(double claimed, double value) {
        return Math.abs(claimed - value) / (Math.abs(claimed) + Math.abs(value));
    }

    private static double[] between(double[] weights, double[] moved, double share) {
        return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] + share * (moved[i] - weights[i])).toArray();
    }

    private static double[] times(double[] weights, double factor) {
        return Arrays.stream(weights).map(w -> w * factor).toArray();
    }
}
