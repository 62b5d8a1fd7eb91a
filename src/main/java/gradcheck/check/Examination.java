package gradcheck.check;

import gradcheck.check.CountedLoss.NotFinite;
import gradcheck.check.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The way from a loss and a claimed gradient to the report: noise, measurement, second opinion, cause, certificate. */
final class Examination {
    /** A tensor is checked when its error is certainly below 1 %. */
    static final double RESOLVED = 1e-2;
    private static final double SAME = 1e-9;
    private static final int MANY = 1000;
    private static final double SECONDS = 10;

    private final Settings settings;
    private final List<Block> blocks;
    private final CountedLoss loss;
    private final double[] weights;
    private final double[] claimed;
    private final UnaryOperator<double[]> gradient;
    private final Random random;

    /**
     * What the caller chose.
     *
     * @param step of central differences, or NaN
     * @param everyParameter null: the examination decides
     * @param seed of the random directions and signs
     * @param rows how many the loss is a mean of; 0 if unknown
     * @param elsewhere whether these are not the caller's weights, but others in their place
     */
    record Settings(double step, Boolean everyParameter, long seed, long rows, boolean elsewhere) {
        Settings(long rows) {
            this(Double.NaN, null, 0, rows, false);
        }
    }

    /** @param gradient the claimed gradient as a function of the weights, or null if it was given for these weights only */
    Examination(Settings settings, List<Block> blocks, CountedLoss loss, double[] weights, double[] claimed,
            UnaryOperator<double[]> gradient) {
        this.settings = settings;
        this.blocks = blocks;
        this.loss = loss;
        this.weights = weights;
        this.claimed = claimed;
        this.gradient = gradient;
        this.random = new Random(settings.seed());
    }

    Evidence run(double value) {
        Noise[] noise = {Noise.UNKNOWN};
        try {
            return examine(value, noise);
        } catch (NotFinite e) {
            return undecided(noise[0], Kind.NOT_FINITE.with(String.format(Locale.ROOT, "The loss is %s %s; at the weights it is %.6g",
                    e.value(), place(e.weights()), value)));
        }
    }

    private Evidence examine(double value, Noise[] noise) {
        if (value != 0 && !(Math.abs(value) > 1e-100 && Math.abs(value) < 1e100)) {
            return undecided(noise[0], new Finding(Kind.NOT_FINITE, String.format(Locale.ROOT,
                    "The loss is %.3g: its square overflows or vanishes", value), "Multiply loss and gradient by a constant."));
        }
        double spread = loss.isFast() ? 0 : spread(value);
        if (spread > SAME) {
            return undecided(noise[0], Kind.NOT_DETERMINISTIC.with(String.format(Locale.ROOT,
                    "Two evaluations at the same weights differ by %.1g of their size", spread)));
        }
        Point point = new Point(loss, value, weights, blocks, random);
        noise[0] = point.noise();
        if (loss.isConstant()) {
            return undecided(noise[0], Kind.CONSTANT.with(String.format(Locale.ROOT,
                    "The loss is %.6g all around the weights, and the norm of the gradient %.3g", value, Flat.norm(claimed))));
        }
        Measurement measured = new Measurement(point, claimed);
        boolean every = settings.everyParameter() != null ? settings.everyParameter() : isQuick();
        if (every) {
            blocks.forEach(block -> measured.everyEntry(block.entries().toArray()));
        } else {
            measured.directions(blocks, random);
        }
        Evidence evidence = Evidence.of(blocks, claimed, measured, noise[0], every);
        Evidence judged = IntStream.range(0, claimed.length).anyMatch(i -> measured.wrong[i]) ? condemn(evidence, measured)
                : acquit(evidence, measured);
        return Double.isNaN(settings.step()) ? judged : new OwnStep(settings.step(), point, measured).judge(judged);
    }

    /** Twice at the weights and twice beside them: at zero weights dropout does not show. */
    private double spread(double value) {
        double[] beside = Direction.random(Scale.of(weights, blocks), random).from(weights, 0.03);
        double here = apart(value, loss.at(weights));
        try {
            return Math.max(here, apart(loss.at(beside), loss.at(beside)));
        } catch (NotFinite e) {
            return here;
        }
    }

    private static double apart(double a, double b) {
        return Math.abs(a - b) / (a == 0 ? 1 : Math.abs(a));
    }

    private boolean isQuick() {
        return weights.length <= MANY && 2.2 * weights.length * loss.fastestSeconds() <= SECONDS;
    }

    /** Something disagrees: it is WRONG if it does so at a second point too, for a clipped loss looks like a bug at the weights. */
    private Evidence condemn(Evidence evidence, Measurement measured) {
        List<Finding> causes = new Cause(blocks, weights, claimed, measured, settings.rows()).findings();
        if (gradient == null) {
            List<Finding> findings = new ArrayList<>(causes);
            findings.add(0, Kind.NO_FUNCTION.with("The gradient was given as numbers. They disagree with the loss, but so would the right "
                    + "ones where a loss is clipped. Most likely the next line says why"));
            return evidence.with(Verdict.CANNOT_TELL, findings);
        }
        int[] worst = IntStream.range(0, claimed.length).filter(i -> measured.wrong[i]).boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(claimed[i] - measured.value[i]) / measured.bound[i]))
                .limit(3).mapToInt(i -> i).toArray();
        double[] relative = Arrays.stream(worst).mapToDouble(i -> Math.abs(claimed[i] - measured.value[i])
                / (Math.abs(claimed[i]) + Math.abs(measured.value[i]))).toArray();
        SecondOpinion second = SecondOpinion.on(loss, gradient, weights, blocks, worst, relative, random);
        if (second.sameAnswer()) {
            return evidence.with(Verdict.WRONG, causes);
        }
        String here = String.format(Locale.ROOT, "The gradient disagrees with the loss in %d entries, the worst by %.1g",
                evidence.wrongEntries(),
                Arrays.stream(relative).max().orElseThrow());
        return evidence.with(Verdict.CANNOT_TELL, List.of(second.decided()
                ? Kind.SATURATED.with(here + String.format(Locale.ROOT,
                        ", but not where the weights are %.2g times as large: here the loss is clipped, or a unit saturated",
                        second.shrunk()))
                : Kind.TOO_COARSE.with(here + String.format(Locale.ROOT,
                        "; where the weights are %.2g times as large nothing so small can be seen", second.shrunk()))));
    }

    /** Nothing disagrees: RIGHT when every tensor is resolved; else a vanishing gradient, a kink or a coarse loss hides it. */
    private Evidence acquit(Evidence evidence, Measurement measured) {
        Noise noise = evidence.noise();
        List<Finding> findings = new ArrayList<>();
        List<Block> unresolved = evidence.open();
        List<String> open = unresolved.stream().map(Block::name).toList();
        boolean vanishes = IntStream.range(0, claimed.length).allMatch(i -> Math.abs(measured.value[i]) <= measured.bound[i]);
        if (vanishes) {
            Evidence elsewhere = elsewhere();
            String here = String.format(Locale.ROOT, "The norm of the gradient is %.1g, no more than the error of measuring it",
                    Flat.norm(claimed));
            if (elsewhere != null && elsewhere.verdict() == Verdict.WRONG) {
                findings.addAll(elsewhere.findings());
                findings.add(Kind.VANISHING.with(here + "; all this was measured at random weights nearby"));
                return elsewhere.with(Verdict.WRONG, findings);
            }
            boolean right = elsewhere != null && elsewhere.verdict() == Verdict.RIGHT;
            findings.add(Kind.VANISHING.with(here + (right ? String.format(Locale.ROOT,
                    "; at random weights nearby it is right, to %.0e",
                    elsewhere.certified(IntStream.range(0, claimed.length))) : "")));
        } else if (unresolved.stream().anyMatch(b -> b.entries().anyMatch(i -> measured.kinked[i]))) {
            findings.add(Kind.KINK.with("In " + String.join(", ", open) + " the loss has a kink at the weights: "
                    + evidence.worstKink(measured)));
        } else if (!open.isEmpty()) {
            findings.add(Kind.TOO_COARSE.with(String.format(Locale.ROOT,
                    "The loss carries %.0f bits, too few for %s: its error may be up to %.1g",
                    noise.bits(), String.join(", ", open), evidence.worstCertificate())));
        }
        Verdict verdict = findings.isEmpty() ? Verdict.RIGHT : Verdict.CANNOT_TELL;
        if (noise.isCoarse()) {
            double best = evidence.stepError().bestStep();
            findings.add(Kind.COARSE_LOSS.with(String.format(Locale.ROOT,
                    "The loss carries %.0f bits (%s): a step of 1e-07 shows an error near %.1g even for a perfect gradient, "
                    + "a step of %.0e one of %.0e",
                    noise.bits(), noise.arithmetic(), evidence.stepError().at(1e-7), best, evidence.stepError().at(best))));
        }
        return evidence.with(verdict, findings);
    }

    /** The examination of weights moved at random by 30 %, or null where there is none: no function, or this is already one. */
    private Evidence elsewhere() {
        if (gradient == null || settings.elsewhere()) {
            return null;
        }
        double[] moved = Direction.random(Scale.of(weights, blocks), random).from(weights, 0.3);
        Settings there = new Settings(Double.NaN, settings.everyParameter(), settings.seed(), settings.rows(), true);
        try {
            return new Examination(there, blocks, loss, moved, gradient.apply(moved.clone()), gradient).run(loss.at(moved));
        } catch (NotFinite e) {
            return null;
        }
    }

    private Evidence undecided(Noise noise, Finding finding) {
        return Evidence.none(blocks, claimed, noise).with(Verdict.CANNOT_TELL, List.of(finding));
    }

    /** Where a loss that is not finite was met. */
    private String place(double[] at) {
        int[] moved = IntStream.range(0, at.length).filter(i -> at[i] != weights[i]).toArray();
        if (moved.length != 1) {
            return "where " + moved.length + " weights are moved a little";
        }
        Block block = blocks.stream().filter(b -> moved[0] < b.to()).findFirst().orElseThrow();
        return String.format(Locale.ROOT, "where %s %s is %.6g instead of %.6g", block.name(), block.place(moved[0]), at[moved[0]],
                weights[moved[0]]);
    }
}
