package gradcheck.check;

import static gradcheck.check.VerdictTable.percent;
import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.Case.Bug;
import gradcheck.check.VerdictTable.Row;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The verdicts on seeded cases: models, data, starts, arithmetics and bugs. The everyday build draws some 200 cases; the
 * profile
 * {@code verdict} draws more than 3,000 from other seeds and asks for the figures that are published.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerdictPropertyTest {
    private static final boolean WHOLE = Boolean.getBoolean("verdict.whole");
    private static final long SEED = Long.getLong("verdict.seed", WHOLE ? 40_000_000 : 1_000_000);
    private static final VerdictTable TABLE = new VerdictTable();

    @BeforeAll
    static void draw() {
        long start = System.nanoTime();
        for (Numbers numbers : Numbers.values()) {
            for (int i = 0; i < (WHOLE ? 500 : 15); i++) {
                TABLE.right(SEED + 10_000L * numbers.ordinal() + i, numbers);
            }
            for (Bug bug : Bug.values()) {
                int cases = numbers == Numbers.DOUBLE ? WHOLE ? 80 : 4 : WHOLE ? 10 : 0;
                for (int i = 0; i < cases; i++) {
                    TABLE.wrong(SEED + 10_000L * numbers.ordinal() + 100L * bug.ordinal() + i, numbers, bug);
                }
            }
        }
        System.out.printf("seed %d, %.0f s, %s", SEED, (System.nanoTime() - start) * 1e-9, TABLE);
        if (Boolean.getBoolean("verdict.details")) {
            System.out.println(TABLE.details());
        }
    }

    @Test
    void no_right_gradient_is_called_wrong_in_any_arithmetic() {
        assertThat(TABLE.rows).filteredOn(r -> r.bug() == null).filteredOn(r -> r.is(Verdict.WRONG)
                || r.directions() != null && r.directions().verdict() == Verdict.WRONG).extracting(Row::text).isEmpty();
    }

    @Test
    void right_gradients_are_called_right() {
        assertThat(percent(TABLE.right(Numbers.DOUBLE), r -> r.is(Verdict.RIGHT))).isGreaterThanOrEqualTo(WHOLE ? 97 : 90);
        List<Numbers> floats = List.of(Numbers.FLOAT_RESULT, Numbers.FLOAT_ALL, Numbers.FLOAT_INSIDE);
        List<Row> all = floats.stream().flatMap(numbers -> TABLE.right(numbers).stream()).toList();
        assertThat(percent(all, r -> r.is(Verdict.RIGHT))).isGreaterThanOrEqualTo(WHOLE ? 60 : 50);
        for (Numbers numbers : floats) {
            assertThat(percent(TABLE.right(numbers), r -> r.is(Verdict.RIGHT))).as(numbers.name()).isGreaterThanOrEqualTo(WHOLE ? 54 : 30);
        }
    }

    @Test
    void bugs_in_double_are_called_wrong() {
        assertThat(percent(TABLE.wrong(Numbers.DOUBLE), r -> r.is(Verdict.WRONG))).isGreaterThanOrEqualTo(WHOLE ? 96 : 90);
    }

    @Test
    void no_bug_that_is_called_right_is_larger_than_certified() {
        assertThat(TABLE.rows).filteredOn(r -> r.bug() != null && r.broken()).extracting(Row::text).isEmpty();
    }

    /** Two directions see an error as a sum with random signs, which can be small by chance. */
    @Test
    void along_directions_one_bug_in_two_hundred_at_most_is_larger_than_certified() {
        List<Row> bugs = TABLE.rows.stream().filter(r -> r.bug() != null).toList();
        assertThat(percent(bugs, Row::brokenAlongDirections)).isLessThanOrEqualTo(0.5);
    }

    @Test
    void directions_cost_60_evaluations_and_8_a_tensor_in_the_median_while_all_is_right() {
        double[] beyond = TABLE.right(Numbers.DOUBLE).stream().filter(r -> r.directions() != null)
                .filter(r -> r.directions().verdict() == Verdict.RIGHT)
                .mapToDouble(r -> r.directions().evaluations() - 8.0 * r.directions().tensors().size()).sorted().toArray();
        assertThat(beyond[beyond.length / 2]).isLessThanOrEqualTo(60);
    }

    @Test
    void the_cause_of_a_bug_is_named() {
        List<Row> found = TABLE.wrong(Numbers.DOUBLE).stream().filter(r -> r.is(Verdict.WRONG)).toList();
        assertThat(percent(found, Row::causeNamed)).isGreaterThanOrEqualTo(WHOLE ? 95 : 90);
    }

    /** Derivatives of 1e-18 beside others of 1e-6 are themselves wrong in the loss, whose log(1 + x) rounds off 1e-16: one in 1,400. */
    @Test
    void the_tensor_of_a_bug_is_named() {
        List<Row> found = TABLE.wrong(Numbers.DOUBLE).stream().filter(r -> r.is(Verdict.WRONG)).toList();
        assertThat(percent(found, Row::tensorNamed)).isGreaterThanOrEqualTo(WHOLE ? 99.5 : 100);
    }
}
