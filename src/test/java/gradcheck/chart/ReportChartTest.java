package gradcheck.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.check.Finding;
import gradcheck.check.GradientCheck;
import gradcheck.check.GradientReport;
import gradcheck.check.Verdict;
import gradcheck.model.Parameters;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportChartTest {
    private static final INDArray WEIGHTS = Nd4j.createFromArray(0.5, -1.0, 2.0);

    private static double loss(INDArray w) {
        return w.mul(w).sumNumber().doubleValue() / 2 + 1;
    }

    private static long colours(BufferedImage image) {
        return IntStream.range(0, 800 * 450).map(i -> image.getRGB(i % 800, i / 800)).distinct().count();
    }

    private static void isAPicture(GradientReport report, Verdict verdict) {
        assertThat(report.verdict()).isEqualTo(verdict);
        BufferedImage image = Charts.of(report);
        assertThat(image.getWidth()).isEqualTo(800);
        assertThat(image.getHeight()).isEqualTo(450);
        assertThat(colours(image)).isGreaterThan(20);
    }

    @Test
    void a_right_and_a_wrong_gradient_are_drawn_entry_by_entry() {
        isAPicture(GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w), Verdict.RIGHT);
        isAPicture(GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w.mul(2)), Verdict.WRONG);
    }

    @Test
    void a_coarse_loss_and_a_step_of_ones_own_are_drawn_against_the_step() {
        isAPicture(GradientCheck.of(w -> (float) loss(w), WEIGHTS).check(w -> w), Verdict.RIGHT);
        isAPicture(GradientCheck.of(w -> (float) loss(w), WEIGHTS).step(1e-7).check(w -> w), Verdict.CANNOT_TELL);
    }

    @Test
    void of_many_entries_those_that_differ_most_are_drawn() {
        INDArray many = Nd4j.createFromArray(IntStream.range(0, 200).mapToDouble(i -> Math.sin(i) + 2).toArray());
        isAPicture(GradientCheck.of(w -> loss(w), many).everyParameter().check(w -> w), Verdict.RIGHT);
    }

    @Test
    void a_check_along_directions_is_drawn_too() {
        isAPicture(GradientCheck.of(w -> loss(w), WEIGHTS).directions().check(w -> w), Verdict.RIGHT);
    }

    @Test
    void what_is_wrong_is_marked_and_nothing_else() {
        int mark = Plot.LOOKS.get(3).colour().getRGB();
        assertThat(Pixels.in(Charts.of(GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w.mul(2))), 0, 40, 800, 400, mark)).isPositive();
        assertThat(Pixels.in(Charts.of(GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w)), 0, 40, 800, 400, mark)).isZero();
    }

    @Test
    void several_tensors_have_their_names_above_and_a_border_between_them() {
        Map<String, INDArray> two = new LinkedHashMap<>();
        two.put("first", WEIGHTS);
        two.put("second", WEIGHTS.mul(2));
        GradientReport both = GradientCheck.of((Parameters p) -> loss(p.get("first")) + loss(p.get("second")), new Parameters(two))
                .check(p -> p);
        GradientReport one = GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w);
        // The strip between title and data.
        assertThat(Pixels.in(Charts.of(both), 60, 40, 800, 64, Sheet.GREY.getRGB())).isGreaterThan(
                Pixels.in(Charts.of(one), 60, 40, 800, 64, Sheet.GREY.getRGB()) + 20);
    }

    @Test
    void a_loss_that_does_not_react_is_drawn_too() {
        isAPicture(GradientCheck.of(w -> 3.0, WEIGHTS).check(w -> w), Verdict.CANNOT_TELL);
    }

    @ParameterizedTest
    @EnumSource(Finding.Kind.class)
    void every_cause_is_a_short_sentence(Finding.Kind kind) {
        assertThat(ReportChart.cause(kind)).matches("(the|a|it|gradient) .{10,45}").doesNotContain("_");
    }

    @Test
    void a_report_has_a_title_of_one_line_whatever_it_says() {
        for (GradientReport report : List.of(GradientCheck.of(w -> loss(w), WEIGHTS).check(w -> w.mul(2)),
                GradientCheck.of(w -> (float) loss(w), WEIGHTS).check(w -> w),
                GradientCheck.of(w -> (float) loss(w), WEIGHTS).step(1e-7).check(w -> w),
                GradientCheck.of(w -> (float) loss(w), WEIGHTS).step(3e-3).check(w -> w),
                GradientCheck.of(w -> 3.0, WEIGHTS).check(w -> w))) {
            BufferedImage image = Charts.of(report);
            assertThat(Pixels.in(image, 14, 14, 780, 38, Sheet.INK.getRGB())).as("first line").isPositive();
            assertThat(Pixels.in(image, 60, 38, 780, 50, Sheet.INK.getRGB())).as("second line").isZero();
        }
    }

    @Test
    void no_report_is_refused() {
        assertThatThrownBy(() -> Charts.of(null)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("report");
    }
}
