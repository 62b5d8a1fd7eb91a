package gradcheck.check;

import static gradcheck.check.Finding.text;

import gradcheck.check.Examination.Settings;
import gradcheck.check.Finding.Kind;
import gradcheck.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The rows of a Jacobian: each combination of them is the gradient of a loss.
 *
 * @param at the weights [n]
 * @param value the function at the weights [m]
 * @param claimed the Jacobian, row after row
 * @param jacobian as a function of the weights, or null
 * @param matrix its layout
 */
record Rows(double[] at, double[] value, double[] claimed, UnaryOperator<double[]> function, UnaryOperator<double[]> jacobian,
        Layout matrix) {
    /**
     * Two combinations of all rows tell whether all is right; else rows tell what is not. Rows that change little beside their value, whose
     * noise would drown the others, are combined on their own.
     */
    Conclusion conclusion(boolean everyRow) {
        int[] all = IntStream.range(0, value.length).toArray();
        if (everyRow) {
            return judged(all, null);
        }
        Random random = new Random(0);
        double[] changes = changes();
        IntPredicate loud = i -> changes[i] < Thresholds.TYPICAL_SHARE * Math.abs(value[i]);
        double open = 0;
        List<Conclusion> right = new ArrayList<>();
        for (int[] group : List.of(IntStream.of(all).filter(loud.negate()).toArray(), IntStream.of(all).filter(loud).toArray())) {
            double most = 0;
            for (int k = 0; k < 2 && group.length > 0; k++) {
                double[] combination = combined(changes, group, random);
                Conclusion whole = of(combination);
                if (whole.verdict() != Verdict.RIGHT) {
                    return judged(value.length <= Thresholds.SMALL ? all : suspects(changes, group, random), whole);
                }
                most = Math.max(most, open(whole, combination, group));
                right.add(whole);
            }
            open = Math.hypot(open, most);
        }
        double norm = Vectors.norm(claimed);
        Derivative[] found = Derivative.all(claimed.length, Derivative.within(norm == 0 ? 0 : open / norm));
        return Conclusion.of(evidence(right.get(0).evidence(), found, false), Verdict.RIGHT, right.get(0).findings());
    }

    /** How far a matrix can be off, in its norm, if its combination is right: all in the row that counts least, half of it cancelled. */
    private double open(Conclusion whole, double[] combination, int[] group) {
        double least = IntStream.of(group).mapToDouble(i -> Math.abs(combination[i])).min().orElseThrow();
        return 4 * whole.certified() * Vectors.norm(times(combination, claimed)) / least;
    }

    /** How large the rows are: their changes where each weight moves by its own size. */
    private double[] changes() {
        double[] own = Scale.of(at, weights().blocks()).own();
        return IntStream.range(0, value.length).mapToDouble(i -> {
            double change = Vectors.norm(IntStream.range(0, at.length).mapToDouble(j -> claimed[i * at.length + j] * own[j]));
            return Double.isFinite(change) && change > 0 ? change : Math.abs(value[i]) > 0 ? Math.abs(value[i]) : 1;
        }).toArray();
    }

    private Layout weights() {
        return new Layout(Parameters.of("weights", Nd4j.createFromArray(at)));
    }

    private double[] combined(double[] sizes, int[] rows, Random random) {
        double[] combination = new double[value.length];
        for (int i : rows) {
            combination[i] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble() / 2) / sizes[i];
        }
        return combination;
    }

    /** What is concluded on the loss that is this combination of the rows. */
    private Conclusion of(double[] combination) {
        Evaluations loss = Evaluations.of(w -> dot(combination, function.apply(w)));
        UnaryOperator<double[]> gradient = jacobian == null ? null : w -> times(combination, jacobian.apply(w));
        return new Examination(new Settings(Double.NaN, Look.BY_NUMBER, 0), weights(), loss, gradient, 0)
                .of(at, times(combination, claimed), dot(combination, value));
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).filter(i -> a[i] != 0).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private double[] times(double[] combination, double[] rows) {
        double[] sum = new double[at.length];
        for (int i = 0; i < combination.length; i++) {
            for (int j = 0; j < sum.length && combination[i] != 0; j++) {
                sum[j] += combination[i] * rows[i * sum.length + j];
            }
        }
        return sum;
    }

    /** Rows of a group that are not right, found by halving; of many some, that are spread over all. */
    private int[] suspects(double[] sizes, int[] group, Random random) {
        List<int[]> segments = List.of(group);
        while (segments.stream().anyMatch(s -> s.length > 1)) {
            List<int[]> failing = segments.stream().flatMap(s -> {
                int middle = (s.length + 1) >>> 1;
                return Stream.of(Arrays.copyOf(s, middle), Arrays.copyOfRange(s, middle, s.length));
            }).filter(s -> s.length > 0 && of(combined(sizes, s, random)).verdict() != Verdict.RIGHT).toList();
            int n = failing.size();
            segments = IntStream.range(0, Math.min(n, Thresholds.LINES)).mapToObj(k -> failing.get(k * n / Math.min(n, Thresholds.LINES)))
                    .toList();
        }
        return segments.stream().mapToInt(s -> s[0]).toArray();
    }

    /**
     * What these rows, each on its own, make of the whole; no suspicion fell on the others.
     *
     * @param whole what was concluded on a combination of all that is not right, or null
     */
    private Conclusion judged(int[] suspects, Conclusion whole) {
        Derivative[] found = Derivative.all(claimed.length, Derivative.within(Thresholds.RESOLVED / 10));
        Map<Integer, Conclusion> rows = new TreeMap<>();
        for (int i : suspects) {
            double[] alone = new double[value.length];
            alone[i] = 1;
            rows.put(i, of(alone));
            System.arraycopy(rows.get(i).evidence().derivatives(), 0, found, i * at.length, at.length);
        }
        Evidence evidence = evidence(rows.values().stream().findFirst().orElse(whole).evidence(), found, suspects.length == value.length);
        List<Finding> open = rows.entrySet().stream().filter(row -> row.getValue().verdict() != Verdict.RIGHT).limit(Thresholds.WORST)
                .flatMap(row -> row.getValue().findings().stream()
                        .map(f -> new Finding(f.kind(), "Row " + row.getKey() + ": " + f.message(), f.cure()))).toList();
        boolean numbers = open.stream().noneMatch(f -> f.kind() == Kind.NOT_A_NUMBER);
        boolean wrong = rows.values().stream().anyMatch(c -> c.verdict() == Verdict.WRONG);
        if (wrong && numbers || jacobian == null && evidence.disagrees()) {
            Stream<Finding> causes = Stream.concat(Cause.of(evidence, 0).stream().map(Rows::ofMatrix), asymmetry(evidence).stream());
            return Conclusion.of(evidence, wrong ? Verdict.WRONG : Verdict.CANNOT_TELL,
                    Stream.concat(wrong ? Stream.of() : Stream.of(Sentences.noFunction()), causes).toList());
        }
        if (open.isEmpty() && suspects.length < value.length) {
            return Conclusion.of(evidence, whole.verdict(), whole.findings());
        }
        return Conclusion.of(evidence, wrong ? Verdict.WRONG : open.isEmpty() ? Verdict.RIGHT : Verdict.CANNOT_TELL, open);
    }

    private static Finding ofMatrix(Finding finding) {
        return switch (finding.kind()) {
            case ROW -> new Finding(Kind.ROW, finding.message(), "Look at the number that this row belongs to: its index, sign or factor.");
            case COLUMN -> new Finding(Kind.COLUMN, finding.message(), "Look at the derivative by the weight that this column belongs to.");
            default -> finding;
        };
    }

    /** The evidence of the whole matrix, with the noise of a part. */
    private Evidence evidence(Evidence part, Derivative[] found, boolean everyRow) {
        Scale row = Scale.of(at, weights().blocks());
        Scale scale = new Scale(repeated(row.own()), repeated(row.longest()));
        Surroundings here = part.here();
        Surroundings all = new Surroundings(here.loss(), matrix, new double[claimed.length], here.value(), scale, here.noise(), false,
                here.size(), here.relativeStep(), here.sigmas());
        return new Evidence(all, claimed, found, StepError.UNKNOWN, everyRow, Map.of(), Double.POSITIVE_INFINITY);
    }

    private double[] repeated(double[] row) {
        return IntStream.range(0, claimed.length).mapToDouble(i -> row[i % row.length]).toArray();
    }

    /** Where a symmetric matrix was measured, as second derivatives are, and another one claimed. */
    private List<Finding> asymmetry(Evidence evidence) {
        IntToDoubleFunction bound = i -> evidence.bound(i) + evidence.bound(mirrored(i));
        boolean symmetric = value.length == at.length && evidence.all()
                .allMatch(i -> Math.abs(evidence.value(i) - evidence.value(mirrored(i))) <= bound.applyAsDouble(i));
        return evidence.all().filter(i -> symmetric
                && Math.abs(claimed[i] - claimed[mirrored(i)]) > bound.applyAsDouble(i) + 1e-9 * Math.abs(claimed[i])).limit(1)
                .mapToObj(i -> Kind.NOT_SYMMETRIC.with("The loss has a symmetric matrix here, as second derivatives are, and the gradient "
                        + "has not: " + entry(i) + " and " + entry(mirrored(i)))).toList();
    }

    private String entry(int i) {
        return text("%s is %.6g", matrix.place(i), claimed[i]);
    }

    private int mirrored(int i) {
        return i % at.length * at.length + i / at.length;
    }
}
