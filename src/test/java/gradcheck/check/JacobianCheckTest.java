package gradcheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradcheck.check.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JacobianCheckTest {
    /** Random residuals a_i tanh(row_i . w) + w_0 w_k, and their Jacobian. */
    private record Residuals(double[][] rows, double[] sizes, double[] at) {
        static Residuals draw(int m, int n, long seed) {
            Random random = new Random(seed);
            double[][] rows = new double[m][n];
            double[] sizes = new double[m];
            for (int i = 0; i < m; i++) {
                Arrays.setAll(rows[i], k -> random.nextGaussian() / Math.sqrt(n));
                sizes[i] = Math.pow(10, 4 * random.nextDouble() - 2);
            }
            double[] at = new double[n];
            Arrays.setAll(at, k -> random.nextGaussian());
            return new Residuals(rows, sizes, at);
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int k = 0; k < a.length; k++) {
                sum += a[k] * b[k];
            }
            return sum;
        }

        double[] values(double[] w) {
            double[] v = new double[rows.length];
            Arrays.setAll(v, i -> sizes[i] * (Math.tanh(dot(rows[i], w)) + w[0] * w[i % w.length]));
            return v;
        }

        double[][] jacobian(double[] w) {
            double[][] j = new double[rows.length][w.length];
            for (int i = 0; i < rows.length; i++) {
                double t = Math.tanh(dot(rows[i], w));
                for (int k = 0; k < w.length; k++) {
                    j[i][k] = sizes[i] * (1 - t * t) * rows[i][k];
                }
                j[i][0] += sizes[i] * w[i % w.length];
                j[i][i % w.length] += sizes[i] * w[0];
            }
            return j;
        }

        GradientReport check(Consumer<double[][]> bug) {
            return GradientCheck.jacobian(this::values, at).check(w -> {
                double[][] j = jacobian(w);
                bug.accept(j);
                return j;
            });
        }
    }

    private static void finds(GradientReport report, Kind kind, String... words) {
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.WRONG);
        assertThat(report.findings()).as(report.toString()).anyMatch(f -> f.kind() == kind && List.of(words).stream()
                .allMatch(f.message()::contains));
    }

    @Test
    void a_right_one_is_right_with_few_evaluations_whatever_the_sizes_of_its_rows() {
        for (int m : new int[] {1, 5, 40, 700}) {
            for (long seed = 0; seed < 20; seed++) {
                GradientReport report = Residuals.draw(m, 6, seed).check(j -> { }).orThrow(1e-6);
                assertThat(report.evaluations()).isLessThan(200);
                assertThat(report.everyParameter()).isFalse();
                assertThat(report.tensors().get(0).shape()).containsExactly((long) m, 6L);
            }
        }
    }

    @Test
    void a_wrong_one_is_wrong_and_its_row_and_column_are_named() {
        for (int m : new int[] {5, 40, 700}) {
            for (long seed = 0; seed < 5; seed++) {
                Residuals residuals = Residuals.draw(m, 6, seed);
                int row = (int) (m * (seed + 0.5) / 5);
                finds(residuals.check(j -> j[row][3] += 0.1 * Math.abs(j[row][0])), Kind.ENTRY, "jacobian [" + row + ", 3]");
                finds(residuals.check(j -> Arrays.setAll(j[row], k -> 3 * j[row][k])), Kind.ROW, "row " + row, "1/3");
            }
        }
    }

    @Test
    void a_wrong_column_and_a_wrong_whole_are_named() {
        Residuals residuals = Residuals.draw(12, 6, 3);
        finds(residuals.check(j -> Arrays.stream(j).forEach(row -> row[2] *= -1)), Kind.COLUMN, "column 2", "wrong sign");
        finds(residuals.check(j -> Arrays.stream(j).forEach(row -> Arrays.setAll(row, k -> row[k] / 2))), Kind.FACTOR, "multiplied by 2");
    }

    @Test
    void one_given_as_numbers_is_never_called_wrong() {
        Residuals residuals = Residuals.draw(8, 4, 1);
        double[][] j = residuals.jacobian(residuals.at());
        GradientCheck.jacobian(residuals::values, residuals.at()).check(j).orThrow();
        j[2][1] += 1;
        GradientReport report = GradientCheck.jacobian(residuals::values, residuals.at()).check(j);
        assertThat(report.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(report.findings()).extracting(Finding::kind).contains(Kind.NO_FUNCTION);
    }

    @Test
    void a_row_beside_a_large_constant_is_not_lost_in_the_others() {
        for (double offset : new double[] {1e2, 1e4, 1e6, 1e8}) {
            JacobianCheck<double[], double[][]> check = GradientCheck.jacobian((double[] w) -> new double[] {offset + Math.sin(w[0]),
                Math.cos(w[0]) + w[1], w[0] * w[1]}, new double[] {.7, .4});
            check.check(w -> new double[][] {{Math.cos(w[0]), 0}, {-Math.sin(w[0]), 1}, {w[1], w[0]}}).orThrow();
            for (double factor : new double[] {2, -1, 1.1, 1.01}) {
                assertThat(check.check(w -> new double[][] {{factor * Math.cos(w[0]), 0}, {-Math.sin(w[0]), 1}, {w[1], w[0]}}).verdict())
                        .as(offset + " x " + factor).isEqualTo(Verdict.WRONG);
            }
        }
    }

    private static void plant(double[][] j, Random random) {
        int row = random.nextInt(j.length);
        int column = random.nextInt(j[0].length);
        switch (random.nextInt(4)) {
            case 0 -> j[row][column] *= -1;
            case 1 -> Arrays.fill(j[row], 0);
            case 2 -> Arrays.stream(j).forEach(r -> r[column] *= 2);
            default -> j[row][column] *= 1.01;
        }
    }

    private static double norm(double[][] a, double[][] b) {
        return Math.sqrt(IntStream.range(0, a.length).mapToDouble(i -> IntStream.range(0, a[i].length)
                .mapToDouble(k -> Math.pow(a[i][k] - (b == null ? 0 : b[i][k]), 2)).sum()).sum());
    }

    @Test
    void of_many_no_right_one_is_wrong_and_no_bug_larger_than_certified() {
        int right = Boolean.getBoolean("verdict.whole") ? 600 : 60;
        int found = 0;
        for (int k = 0; k < right; k++) {
            long seed = k;
            Random random = new Random(seed);
            Residuals residuals = Residuals.draw(1 + random.nextInt(60), 2 + random.nextInt(20), 1000 + seed);
            residuals.check(j -> { }).orThrow(1e-6);
            if (seed % 2 == 0) {
                double[][] exact = residuals.jacobian(residuals.at());
                double[][] claimed = residuals.jacobian(residuals.at());
                plant(claimed, new Random(seed));
                GradientReport report = residuals.check(j -> plant(j, new Random(seed)));
                found += report.verdict() == Verdict.WRONG ? 1 : 0;
                double planted = norm(claimed, exact) / (norm(claimed, null) + norm(exact, null));
                assertThat(report.verdict() == Verdict.RIGHT && planted > report.certified()).as("seed " + seed + report).isFalse();
            }
        }
        assertThat(found).isGreaterThanOrEqualTo((int) (0.98 * right / 2));
    }

    @Test
    void each_row_is_looked_at_if_that_is_asked_for() {
        Residuals residuals = Residuals.draw(9, 4, 2);
        GradientReport report = GradientCheck.jacobian(residuals::values, residuals.at()).everyParameter().check(residuals::jacobian)
                .orThrow();
        assertThat(report.everyParameter()).isTrue();
        assertThat(report.numeric()).doesNotContain(Double.NaN).hasSize(36);
    }

    @Test
    void arrays_of_ND4J_are_taken_too_whatever_the_shape_of_the_weights() {
        INDArray at = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 0.5}});
        Function<INDArray, INDArray> squares = w -> w.mul(w);
        GradientReport right = GradientCheck.jacobian(squares, at).check(w -> Nd4j.diag(w.reshape(4).mul(2)));
        assertThat(right.verdict()).as(right.toString()).isEqualTo(Verdict.RIGHT);
        GradientReport wrong = GradientCheck.jacobian(squares, at).check(w -> Nd4j.diag(w.reshape(4)));
        assertThat(wrong.verdict()).as(wrong.toString()).isEqualTo(Verdict.WRONG);
    }

    @Nested
    class A_Hessian {
        private final double[] at = {-1.2, 1, 0.3};

        /** The gradient of (1 - x)^2 + 100 (y - x^2)^2 + x z^2. */
        private double[] gradient(double[] w) {
            return new double[] {-2 * (1 - w[0]) - 400 * w[0] * (w[1] - w[0] * w[0]) + w[2] * w[2], 200 * (w[1] - w[0] * w[0]),
                2 * w[0] * w[2]};
        }

        private double[][] hessian(double[] w) {
            return new double[][] {{2 - 400 * (w[1] - 3 * w[0] * w[0]), -400 * w[0], 2 * w[2]}, {-400 * w[0], 200, 0},
                {2 * w[2], 0, 2 * w[0]}};
        }

        @Test
        void is_the_Jacobian_of_the_gradient() {
            GradientCheck.jacobian(this::gradient, at).check(this::hessian).orThrow(1e-7);
        }

        @Test
        void that_is_not_symmetric_is_told_but_one_that_is_wrong_on_both_sides_is_not() {
            GradientReport one = GradientCheck.jacobian(this::gradient, at).check(w -> {
                double[][] h = hessian(w);
                h[2][0] = 0;
                return h;
            });
            finds(one, Kind.NOT_SYMMETRIC, "[0, 2]", "[2, 0]");
            GradientReport both = GradientCheck.jacobian(this::gradient, at).check(w -> {
                double[][] h = hessian(w);
                h[2][0] = 0;
                h[0][2] = 0;
                return h;
            });
            assertThat(both.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(both.findings()).extracting(Finding::kind).doesNotContain(Kind.NOT_SYMMETRIC);
        }
    }

    @Nested
    class Bad_input {
        private final Function<double[], double[]> twice = w -> new double[] {w[0], w[1] * w[0], w[0] / w[1]};

        @Test
        void is_refused_by_name() {
            refused(() -> GradientCheck.jacobian(twice, new double[0]), "weights");
            refused(() -> GradientCheck.jacobian(twice, new double[] {1, Double.NaN}), "weights", "NaN at [1]");
            refused(() -> GradientCheck.jacobian(twice, new double[] {0, 0}).check(w -> new double[3][2]), "function", "NaN");
            refused(() -> GradientCheck.jacobian(twice, new double[] {1, 2}).check(w -> new double[2][3]), "jacobian", "[3, 2]", "[2, 3]");
            refused(() -> GradientCheck.jacobian(twice, new double[] {1, 2}).check(w -> new double[][] {{1, 2}, {1}, {1, 2}}), "jacobian",
                    "same length");
            refused(() -> GradientCheck.jacobian(twice, new double[] {1, 2}).check(w -> null), "jacobian", "null");
            refused(() -> GradientCheck.jacobian(w -> null, new double[] {1, 2}).check(w -> new double[3][2]), "function", "null");
        }

        private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
            assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
        }

        @Test
        void NaN_in_the_Jacobian_is_wrong_with_its_row() {
            GradientReport report = GradientCheck.jacobian(twice, new double[] {1, 2}).check(w -> new double[][] {{1, 0}, {2, Double.NaN},
                {0.5, -0.25}});
            finds(report, Kind.NOT_A_NUMBER, "Row 1", "NaN");
        }
    }
}
