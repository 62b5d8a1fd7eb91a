package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.check.Evaluations.NotFinite;
import java.util.Random;

/** Asks whether the loss gives the same number twice: at the weights and beside them, since at zero weights dropout does not show. */
final class Repeats {
    private Repeats() {
    }

    /**
     * Returns the largest difference of two evaluations as a share of their size. A loss that has a fast form is asked in both.
     *
     * @throws IllegalArgumentException if the two forms differ, though each gives the same number twice
     */
    static double spread(Surroundings here, Random random) {
        Evaluations loss = here.loss();
        boolean fast = loss.workers().several();
        Random draws = fast ? new Random(0) : random;
        double spread = apart(here.value(), loss.again(here.weights()));
        try {
            double[] beside = Direction.random(Scale.of(here.weights(), here.layout().blocks()), draws)
                    .from(here.weights(), Thresholds.BESIDE);
            double value = loss.at(beside);
            spread = Math.max(spread, apart(value, loss.again(beside)));
        } catch (NotFinite e) {
            // Beside the weights nothing can be said; at the weights it was.
        }
        if (fast && spread > Thresholds.SAME) {
            double plain = loss.again(here.weights());
            Require.that(apart(plain, loss.again(here.weights())) > Thresholds.SAME, "model", "a fastLoss with the numbers of its loss",
                    "others, by " + spread + " of their size", "mend fastLoss(x, y), or let it return Optional.empty()");
        }
        return spread;
    }

    private static double apart(double a, double b) {
        return Math.abs(a - b) / (a == 0 ? 1 : Math.abs(a));
    }
}
