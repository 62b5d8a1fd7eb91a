package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import gradcheck.check.HardCases.HardCase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kinds of input on which checkers fall short, each in several siblings and twenty seeds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HardCasesTest {
    private static final int SEEDS = 20;
    private static final List<HardCase> ALL = new HardCases().all;

    static Stream<String> kinds() {
        return ALL.stream().map(HardCase::kind).distinct();
    }

    private static List<String> missed(String kind, boolean everyParameter) {
        return ALL.stream().filter(c -> c.kind().equals(kind)).flatMap(c -> IntStream.range(0, SEEDS).boxed().flatMap(seed -> {
            GradientReport report = c.check(seed, everyParameter);
            return c.right().test(report) ? Stream.of() : Stream.of(c + ", seed " + seed + ": " + report);
        })).toList();
    }

    private static int most(String kind) {
        return (int) (ALL.stream().filter(c -> c.kind().equals(kind)).count() * SEEDS / 1000);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void each_kind_gets_its_right_answer_but_for_one_in_a_thousand(String kind) {
        assertThat(missed(kind, true)).hasSizeLessThanOrEqualTo(most(kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void along_directions_too(String kind) {
        assertThat(missed(kind, false)).hasSizeLessThanOrEqualTo(Math.max(1, most(kind)));
    }
}
