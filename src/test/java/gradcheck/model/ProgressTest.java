package gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressTest {
    private static final Training TRAINING = new Training(new double[] {2.3, 0.5, 0.1234}, new double[] {0.1, 0.9, 0.981});
    private static final Training HELD_OUT = new Training(new double[] {2.3, 0.6, 0.151}, new double[] {0.1, 0.8, 0.967});

    @Test
    void is_told_in_a_line() {
        assertThat(new Progress(30, TRAINING, HELD_OUT, 2.1).done()).isEqualTo(2);
        assertThat(new Progress(30, TRAINING, HELD_OUT, 2.1)).hasToString(
                "epoch 2 of 30: loss 0.123 training, 0.151 held out; accuracy 0.981, 0.967; 3 s left");
    }

    @Test
    void does_not_say_what_is_left_at_the_end_or_while_nobody_knows() {
        assertThat(new Progress(2, TRAINING, HELD_OUT, 0).toString()).endsWith("accuracy 0.981, 0.967");
        assertThat(new Progress(2, TRAINING, HELD_OUT, 0.01).toString()).endsWith("accuracy 0.981, 0.967");
        assertThat(new Progress(9, TRAINING, HELD_OUT, 0).toString()).endsWith("accuracy 0.981, 0.967");
        assertThat(new Progress(9, TRAINING, HELD_OUT, 0.01).toString()).endsWith("; 1 s left");
    }

    @Test
    void needs_no_held_out_data() {
        assertThat(new Progress(3, TRAINING, null, 75)).hasToString("epoch 2 of 3: loss 0.123; accuracy 0.981; 75 s left");
    }

    @Test
    void starts_before_the_first_epoch() {
        Progress start = new Progress(1, new Training(new double[] {2.3}, new double[] {0.1}), null, 0);
        assertThat(start.done()).isZero();
        assertThat(start).hasToString("epoch 0 of 1: loss 2.300; accuracy 0.100");
    }

    @Test
    void is_the_same_line_for_a_german_reader() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            needs_no_held_out_data();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void is_refused_when_figures_do_not_fit_together() {
        Training one = new Training(new double[1], new double[1]);
        Training uneven = new Training(new double[3], new double[2]);
        refused(() -> new Progress(0, one, null, 0), "epochs: expected 1 or more, got 0");
        refused(() -> new Progress(1, null, null, 0), "training: expected losses and accuracies, got null");
        refused(() -> new Progress(1, new Training(new double[0], new double[0]), null, 0), "training: expected 1 to 2 losses");
        refused(() -> new Progress(1, TRAINING, null, 0), "training: expected 1 to 2 losses");
        refused(() -> new Progress(2, uneven, null, 0), "training: expected 3 losses and 3 accuracies");
        refused(() -> new Progress(2, TRAINING, one, 0), "heldOut: expected 3 losses and 3 accuracies");
        refused(() -> new Progress(2, TRAINING, null, -1), "secondsLeft: expected a finite number, 0 or more, got -1.0");
        refused(() -> new Progress(2, TRAINING, null, Double.NaN), "secondsLeft: expected a finite number");
    }

    private static void refused(Runnable wrong, String message) {
        assertThatIllegalArgumentException().isThrownBy(wrong::run).withMessageContaining(message);
    }
}
