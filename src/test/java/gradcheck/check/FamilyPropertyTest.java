package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.FamilyTable.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The verdicts on seeded draws of the hard families: scales, edges, zeros, kinks, rounded claims, half precision, random noise. The profile
 * {@code verdict} draws more than 10,000 right gradients, and asks for the figures that are published.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FamilyPropertyTest {
    private static final boolean WHOLE = Boolean.getBoolean("verdict.whole");
    private static final int RIGHT = WHOLE ? 1500 : 60;
    private static final long SEED = Long.getLong("verdict.seed", WHOLE ? 40_000_000 : 1_000_000);
    private static final FamilyTable TABLE = new FamilyTable();
    /** The least that must be RIGHT, and of the bugs WRONG, of 100. */
    private static final Map<Family, double[]> LEAST = Map.of(Family.SCALES, new double[] {99, 99}, Family.EDGES, new double[] {98, 95},
            Family.ZEROS, new double[] {99, 99}, Family.KINKS, new double[] {98, 80}, Family.ROUNDED, new double[] {99, 97},
            Family.HALF, new double[] {5, 30}, Family.RANDOM, new double[] {75, 65});

    @BeforeAll
    static void draw() {
        for (Family family : Family.values()) {
            for (int i = 0; i < RIGHT; i++) {
                TABLE.add(family, SEED + i, false);
            }
            for (int i = 0; i < RIGHT / 2; i++) {
                TABLE.add(family, SEED + 500_000 + i, true);
            }
        }
        int right = (int) TABLE.rows.stream().filter(r -> !r.bug()).count();
        System.out.printf("seed %d, %d right gradients: if none of them is WRONG, less than %.3f %% are (95 %%)%n%s", SEED, right,
                100 * 3.0 / right, TABLE);
    }

    @Test
    void no_right_gradient_is_called_wrong() {
        assertThat(TABLE.rows).filteredOn(r -> !r.bug() && (r.is(Verdict.WRONG) || r.directions().verdict() == Verdict.WRONG))
                .extracting(Row::text).isEmpty();
    }

    @Test
    void no_bug_that_is_called_right_is_larger_than_certified() {
        assertThat(TABLE.rows).filteredOn(Row::broken).extracting(Row::text).isEmpty();
    }

    @Test
    void right_gradients_are_right_and_bugs_wrong_where_the_loss_lets_them_be_seen() {
        LEAST.forEach((family, least) -> {
            List<Row> right = TABLE.of(family, false);
            List<Row> bugs = TABLE.of(family, true);
            double slack = WHOLE ? 0 : 5;
            assertThat(FamilyTable.percent(right, r -> r.is(Verdict.RIGHT))).as(family + ", right")
                    .isGreaterThanOrEqualTo(least[0] - slack);
            assertThat(FamilyTable.percent(bugs, r -> r.is(Verdict.WRONG))).as(family + ", bugs").isGreaterThanOrEqualTo(least[1] - slack);
        });
    }
}
