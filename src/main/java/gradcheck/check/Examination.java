package gradcheck.check;

import gradcheck.check.Evaluations.NotFinite;
import gradcheck.check.Finding.Kind;
import java.util.Random;
import java.util.function.UnaryOperator;

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
        Random random = new Random(settings.seed());
        Conclusion here = at(weights, claimed, value, random);
        boolean vanishes = here.findings().stream().anyMatch(f -> f.kind() == Kind.VANISHING);
        Conclusion whole = vanishes && gradient != null ? besideNearby(here, random) : here;
        try {
            return settings.hasStep() && !here.evidence().isEmpty() ? OwnStep.judged(settings.step(), whole) : whole;
        } catch (NotFinite e) {
            return Conclusion.none(here.evidence().here(), claimed, Sentences.notFinite(e, here.evidence().here()));
        }
    }

    /** The whole story at one set of weights. */
    private Conclusion at(double[] weights, double[] claimed, double value, Random random) {
        Surroundings here = Surroundings.unknown(loss, layout, weights, value);
        try {
            if (value != 0 && !(Math.abs(value) > 1e-100 && Math.abs(value) < 1e100)) {
                return Conclusion.none(here, claimed, Sentences.overflow(value));
            }
            double spread = Repeats.spread(here, random);
            if (spread > Thresholds.SAME) {
                return Conclusion.none(here, claimed, Sentences.notDeterministic(spread));
            }
            here = Surroundings.measured(loss, layout, weights, value, random);
            if (here.constant()) {
                return Conclusion.none(here, claimed, Sentences.constant(value, Vectors.norm(claimed)));
            }
            Evidence evidence = settings.look().measure(here, claimed, random);
            return evidence.disagrees()
                    ? Judge.disagreeing(evidence, Cause.of(evidence, rows), SecondOpinion.on(evidence, gradient, random))
                    : Judge.agreeing(evidence);
        } catch (NotFinite e) {
            return Conclusion.none(here, claimed, Sentences.notFinite(e, here));
        }
    }

    /** A gradient that vanishes at the weights is looked at where they are moved at random by 30 %. */
    private Conclusion besideNearby(Conclusion here, Random random) {
        double[] moved = Direction.random(here.evidence().here().scale(), random).from(here.evidence().here().weights(), Thresholds.MOVE);
        try {
            return Judge.vanishing(here, at(moved, gradient.apply(moved.clone()), loss.at(moved), new Random(settings.seed())));
        } catch (NotFinite e) {
            return here;
        }
    }
}
