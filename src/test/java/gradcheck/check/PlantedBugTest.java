package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.data.KerasStart;
import gradcheck.model.Parameters;
import gradcheck.model.SoftmaxRegression;
import gradcheck.model.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedBugTest {
    private static final Dataset IRIS = Datasets.iris().withBias();

    @Test
    void every_bug_that_suits_softmax_regression_is_found_and_named() {
        SoftmaxRegression model = new SoftmaxRegression(KerasStart.all().get(0).weights());
        List<PlantedBug> suited = Arrays.stream(PlantedBug.values()).filter(bug -> bug.suits(model.parameters())).toList();
        assertThat(suited).hasSizeGreaterThanOrEqualTo(10);
        for (PlantedBug bug : suited) {
            GradientReport report = GradientCheck.of(model, IRIS.features(), IRIS.labels())
                    .check(bug.in(w -> model.gradient(IRIS.features(), IRIS.labels()), 150));
            assertThat(report.verdict()).as(bug + "\n" + report).isEqualTo(Verdict.WRONG);
            assertThat(report.findings()).as(bug + "\n" + report).extracting(Finding::kind).containsOnly(bug.expected());
        }
    }

    @Test
    void every_bug_is_found_and_named_in_a_network_in_both_ways() {
        for (Case.Kind kind : List.of(Case.Kind.TANH, Case.Kind.RELU, Case.Kind.SIGMOID)) {
            Case c = Case.of(kind, Case.Start.SMALL, Numbers.DOUBLE, 0, 0, 7);
            UnaryOperator<Parameters> right = c::right;
            GradientCheck<Parameters> check = GradientCheck.of(c::loss, c.tensors());
            for (PlantedBug bug : PlantedBug.values()) {
                assertThat(bug.suits(c.tensors())).isTrue();
                for (GradientCheck<Parameters> way : List.of(check.everyParameter(), check.directions())) {
                    GradientReport report = way.check(bug.in(right, 150));
                    if (!report.everyParameter() && bug == PlantedBug.ENTRY_THOUSANDTH && report.verdict() == Verdict.RIGHT) {
                        // So small among the others that two directions do not see it, and the report does not say they would.
                        assertThat(planted(bug, c)).as(kind + "\n" + report).isLessThan(report.certified());
                        continue;
                    }
                    assertThat(report.verdict()).as(kind + " " + bug + "\n" + report).isEqualTo(Verdict.WRONG);
                    assertThat(report.findings()).as(kind + " " + bug + "\n"
                            + report).extracting(Finding::kind).containsOnly(bug.expected());
                }
            }
        }
    }

    /** The relative error that a bug causes. */
    private static double planted(PlantedBug bug, Case c) {
        Parameters right = c.right(c.tensors());
        return FiniteDifference.relativeError(bug.applyTo(right, c.tensors(), 150), right);
    }

    @Test
    void a_row_that_is_zero_by_right_is_passed_over() {
        Dataset digits = Datasets.digits().withBias().rows(0, 100);
        SoftmaxRegression model = new SoftmaxRegression(Weights.normal(65, 10, 0));
        GradientReport report = GradientCheck.of(model, digits.features(), digits.labels()).directions()
                .check(PlantedBug.ROW_DOUBLED.in(w -> model.gradient(digits.features(), digits.labels()), 100));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).as(report.toString()).extracting(Finding::kind).containsOnly(Finding.Kind.ROW);
    }

    @Test
    void every_bug_says_what_it_is_and_leaves_its_arguments_alone() {
        Case c = Case.of(Case.Kind.TANH, Case.Start.SMALL, Numbers.DOUBLE, 0, 0, 7);
        Parameters gradient = c.right(c.tensors());
        Parameters kept = gradient.copy();
        for (PlantedBug bug : PlantedBug.values()) {
            assertThat(bug.sentence()).endsWith(".");
            assertThat(bug.applyTo(gradient, c.tensors(), 150)).isNotEqualTo(kept);
            assertThat(gradient).isEqualTo(kept);
        }
    }

    @Test
    void a_bug_that_does_not_suit_the_weights_is_refused() {
        Parameters single = new SoftmaxRegression(KerasStart.all().get(0).weights()).parameters();
        assertThatThrownBy(() -> PlantedBug.BACKWARD_PASS.applyTo(single, single,
                150)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BACKWARD_PASS").hasMessageContaining("suits(weights)");
        assertThatThrownBy(() -> PlantedBug.WRONG_SIGN.applyTo(single, single, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows").hasMessageContaining("at least 2");
    }
}
