package gradcheck.model;

import gradcheck.base.Require;
import java.util.Locale;

/**
 * What was seen of a training so far: loss and accuracy before the first epoch and after each one.
 *
 * @param epochs how many epochs are planned, at least 1
 * @param training losses and accuracies of the training data [epochs done + 1]
 * @param heldOut those of held-out data [epochs done + 1], or null if there are none
 * @param secondsLeft how long the rest will take, finite, at least 0; 0 at the end or while nobody knows
 */
public record Progress(int epochs, Training training, Training heldOut, double secondsLeft) {
    /**
     * Makes a report of the progress.
     *
     * @throws IllegalArgumentException if a number is out of range or the lengths differ
     */
    public Progress {
        Require.that(epochs >= 1, "epochs", "1 or more", epochs, "say how many are planned");
        Require.that(training != null, "training", "losses and accuracies", "null", "pass what was seen so far");
        int length = training.losses().length;
        Require.that(length >= 1 && length <= epochs + 1L, "training", "1 to " + (epochs + 1L) + " losses, one before the first "
                + "epoch and one after each", length, "pass those of the epochs done");
        sameLength("training", training, length);
        if (heldOut != null) {
            sameLength("heldOut", heldOut, length);
        }
        Require.that(secondsLeft >= 0 && Double.isFinite(secondsLeft), "secondsLeft", "a finite number, 0 or more", secondsLeft,
                "pass 0 if it is not known");
    }

    private static void sameLength(String name, Training seen, int length) {
        Require.that(seen.losses().length == length && seen.accuracies().length == length, name,
                length + " losses and " + length + " accuracies, as many as training has losses",
                seen.losses().length + " and " + seen.accuracies().length, "pass one of each for every epoch");
    }

    /** Returns how many epochs are done. */
    public int done() {
        return training.losses().length - 1;
    }

    /** Returns the last figures in a line, and how many seconds are left, rounded up. */
    @Override
    public String toString() {
        String line = heldOut == null
                ? String.format(Locale.ROOT, "loss %.3f; accuracy %.3f", training.lastLoss(), training.lastAccuracy())
                : String.format(Locale.ROOT, "loss %.3f training, %.3f held out; accuracy %.3f, %.3f", training.lastLoss(),
                        heldOut.lastLoss(), training.lastAccuracy(), heldOut.lastAccuracy());
        boolean left = done() < epochs && secondsLeft > 0;
        return "epoch " + done() + " of " + epochs + ": " + line
                + (left ? String.format(Locale.ROOT, "; %.0f s left", Math.ceil(secondsLeft)) : "");
    }
}
