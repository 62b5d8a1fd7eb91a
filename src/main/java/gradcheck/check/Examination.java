package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The way from a loss and a claimed gradient to a conclusion: surroundings, evidence, cause, second opinion, verdict.
 *
 * @param gradient the claimed gradient as a function of the weights, or null if it was given for these weights only
 * @param rows how many the loss is a mean of; 0 if unknown
 */
record Examination(Settings settings, Layout layout, Evaluations loss, UnaryOperator<double[]> gradient, long rows) {
    /**
     * What the caller chose.
     *
     * @param step of central differences, or NaN
     * @param seed of the random directions and signs
     */
    record Settings(double step, Look look, long seed) {
        boolean hasStep() {
            return !Double.isNaN(step);
        }
    }

    /** @param value the loss at the weights */
    Conclusion of(double[] weights, double[] claimed, double value) {
        if (!Arrays.stream(claimed).allMatch(Double::isFinite)) {
            return ofNoNumbers(weights, claimed, value);
        }
        Conclusion conclusion = at(weights, claimed, value, new Random(settings.seed()), true);
        Surroundings here = conclusion.evidence().here();
        try {
            return settings.hasStep() && !conclusion.evidence().isEmpty() ? withOwnStep(settings.step(), conclusion) : conclusion;
        } catch (NotFinite e) {
            return Conclusion.none(here, claimed, Sentences.notFinite(e, here));
        }
    }

    /** What is concluded with the numeric gradient of a step that the caller asked for: two evaluations for each entry. */
    private static Conclusion withOwnStep(double step, Conclusion conclusion) {
        Evidence evidence = conclusion.evidence();
        Surroundings here = evidence.here();
        Derivative[] own = new Derivative[evidence.claimed().length];
        here.loss().workers().run(own.length, i -> {
            Direction entry = Direction.entry(i);
            double change = here.loss().at(entry.from(here.weights(), step)) - here.loss().at(entry.from(here.weights(), -step));
            Derivative free = evidence.derivatives()[i];
            double bound = here.sigmas() * here.noise().level() / (Math.sqrt(2) * step) + free.truncation() * step * step;
            own[i] = free.with(change / (2 * step), bound);
        });
        return Judge.withStep(step, conclusion, evidence.with(own));
    }

    /** Where some claims are no numbers the loss alone is measured: they are wrong if its slope is finite, and if they are NaN. */
    private Conclusion ofNoNumbers(double[] weights, double[] claimed, double value) {
        int[] all = IntStream.range(0, claimed.length).filter(i -> !Double.isFinite(claimed[i])).toArray();
        int[] few = Arrays.copyOf(all, Math.min(all.length, Thresholds.WORST));
        Surroundings here = Surroundings.unknown(loss, layout, weights, value).measured(value, 0, false, new Random(settings.seed()));
        Derivative[] found = Derivative.all(claimed.length, Derivative.UNKNOWN);
        new Entries(here, new double[claimed.length], found).measure(few);
        boolean wrong = Arrays.stream(few).anyMatch(i -> Double.isNaN(claimed[i]) || found[i].bound() < Double.POSITIVE_INFINITY);
        Arrays.stream(all).forEach(i -> found[i] = found[i].with(Derivative.Claimed.WRONG));
        Evidence evidence = Evidence.of(here, claimed, found, false, Map.of(), Double.POSITIVE_INFINITY);
        return Conclusion.of(evidence, wrong ? Verdict.WRONG : Verdict.CANNOT_TELL, List.of(Sentences.noNumbers(evidence, all, few)));
    }

    /** The whole story at one set of weights. */
    private Conclusion at(double[] weights, double[] claimed, double value, Random random, boolean asksNearby) {
        Surroundings here = Surroundings.unknown(loss, layout, weights, value);
        try {
            if (value != 0 && !(Math.abs(value) > 1e-100 && Math.abs(value) < 1e100)) {
                return Conclusion.none(here, claimed, Sentences.overflow(value));
            }
            Repeats repeats = Repeats.of(here, random);
            if (!repeats.isNoise()) {
                return Conclusion.none(here, claimed, Sentences.notDeterministic(repeats));
            }
            for (boolean quick = !settings.look().isEvery(claimed.length);; quick = false) {
                here = here.measured(repeats.value(), repeats.deviation(), quick, random);
                Evidence evidence = here.constant() ? Evidence.none(here, claimed)
                        : settings.look().measure(here, claimed, quick, random);
                if (!quick || evidence.isPlain()) {
                    return concluded(evidence, random, asksNearby);
                }
            }
        } catch (NotFinite e) {
            return Conclusion.none(here, claimed, Sentences.notFinite(e, here));
        }
    }

    private Conclusion concluded(Evidence evidence, Random random, boolean asksNearby) {
        Surroundings here = evidence.here();
        boolean kinks = evidence.any(i -> evidence.derivatives()[i].is(Shape.KINK));
        if (here.constant()) {
            return Conclusion.none(here, evidence.claimed(), Sentences.constant(here.value(), Vectors.norm(evidence.claimed())));
        }
        if (evidence.disagrees()) {
            SecondOpinion second = SecondOpinion.on(evidence, gradient, random);
            return Judge.disagreeing(evidence, Cause.of(evidence, rows), second, asksNearby && kinks ? nearby(here, random) : null);
        }
        return Judge.agreeing(evidence, asksNearby && (kinks || evidence.vanishes()) ? nearby(here, random) : null);
    }

    /** The conclusion where the weights are moved at random, off kinks and stationary points; null where there is none. */
    private Conclusion nearby(Surroundings here, Random random) {
        double[] moved = SecondOpinion.moved(here.weights(), here.scale().own(), random);
        try {
            return gradient == null ? null : at(moved, gradient.apply(moved.clone()), loss.at(moved), new Random(settings.seed()), false);
        } catch (NotFinite e) {
            return null;
        }
    }
}
