package gradcheck.check;

import gradcheck.base.Doubles;
import gradcheck.base.OneThread;
import gradcheck.base.Require;
import gradcheck.check.Examination.Settings;
import gradcheck.model.Model;
import gradcheck.model.Parameters;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks whether a gradient is that of a loss, without a step and without a tolerance.
 *
 * <p>The way: measure the noise of the loss; take a central difference of every parameter with the step that suits this noise and
 * the bend of the loss; confirm what disagrees with other steps; ask for the same answer at a second point, since a clipped loss
 * looks like a bug; name the cause. A loss and a gradient given as functions are called with fresh copies of the weights, on the
 * caller's thread, while ND4J uses a single one of its own (on small arrays several get in each other's way).
 *
 * <p>A check never changes: {@link #step}, {@link #everyParameter}, {@link #directions} and {@link #seed} return new ones. An
 * interrupted thread ends the check with a {@link java.util.concurrent.CancellationException} and stays interrupted; exceptions of
 * the loss or the gradient reach the caller as they are.
 *
 * @param <T> what the weights are: one array, or named tensors
 */
public final class GradientCheck<T> {
    private final Subject<T> subject;
    private final Settings settings;

    private GradientCheck(Subject<T> subject, Settings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /**
     * Returns a check of a function of one array.
     *
     * @param loss any function of weights that have the shape and data type of {@code at}
     * @param at the weights, any shape, FLOAT or DOUBLE, finite; copied
     * @throws IllegalArgumentException if the weights break one of these rules
     */
    public static GradientCheck<INDArray> of(ToDoubleFunction<INDArray> loss, INDArray at) {
        Parameters weights = Parameters.of("weights", Require.floating("weights", at).dup('c'));
        return ready(Subject.of(weights, loss, g -> Parameters.of("weights", Require.floating("gradient", g)), Parameters::only));
    }

    /**
     * Returns a check of a function of plain numbers.
     *
     * @param loss any function of as many numbers as {@code at} has
     * @param at the weights, at least one, finite; copied
     * @throws IllegalArgumentException if the weights break one of these rules
     */
    public static GradientCheck<double[]> of(ToDoubleFunction<double[]> loss, double[] at) {
        Require.that(at != null && at.length > 0, "weights", "at least one number", at == null ? "null" : "none", "pass the weights");
        Parameters weights = Parameters.of("weights", Nd4j.createFromArray(at));
        return ready(Subject.of(weights, loss, w -> Parameters.of("weights", Nd4j.createFromArray(w)), Parameters::entries));
    }

    /**
     * Returns a check of a function of named tensors.
     *
     * @param loss any function of tensors of the names, shapes and data type of {@code at}
     * @param at the weights, finite; copied
     * @throws IllegalArgumentException if the weights are not finite
     */
    public static GradientCheck<Parameters> of(ToDoubleFunction<Parameters> loss, Parameters at) {
        Require.that(at != null, "weights", "named tensors", "null", "pass the weights");
        return ready(Subject.of(at.copy(), loss, w -> w, w -> w));
    }

    /**
     * Returns a check of a model, at the weights that it has when {@link #check()} is called. The losses of a {@link Model#fastLoss}
     * model are computed on all processors. Any other model, and every gradient, is asked one after the other: it holds the weights
     * of each evaluation, and at the end, whatever happens, its own again, bit for bit.
     *
     * @param x features [m x d]
     * @param y labels
     * @throws IllegalArgumentException if an argument is null or the weights are not finite; other rules are the model's own
     */
    public static GradientCheck<Parameters> of(Model model, INDArray x, INDArray y) {
        Require.that(model != null, "model", "a model", "null", "pass the model");
        Require.floating("labels", y);
        Require.floating("features", x);
        return ready(Subject.of(model, x, y));
    }

    /**
     * Returns a check of a model that is not a {@link Model} and keeps its weights in fields of its own, whatever they are. At the end,
     * whatever happens, it is given its first weights back, bit for bit.
     *
     * @param get gives the weights as named tensors
     * @param set takes such tensors as the weights of all that follows; it copies what it keeps
     * @param loss computes the loss with the weights that were set
     * @throws IllegalArgumentException if an argument is null or the weights are not finite
     */
    public static GradientCheck<Parameters> of(Supplier<Parameters> get, Consumer<Parameters> set, DoubleSupplier loss) {
        Require.that(get != null && set != null && loss != null, "get, set and loss", "three functions", "null",
                "write of(() -> weights(), w -> setWeights(w), () -> loss())");
        return ready(Subject.of(get, set, loss));
    }

    /**
     * Returns a check of the Jacobian of a function, such as residuals, or of the Hessian of a loss, whose gradient is the function.
     *
     * @param function from weights of the shape and data type of {@code at} to m numbers, at least one, FLOAT or DOUBLE
     * @param at the weights [n, or any shape of n entries], finite; copied
     * @throws IllegalArgumentException if the weights break one of these rules
     */
    public static JacobianCheck<INDArray, INDArray> jacobian(Function<INDArray, INDArray> function, INDArray at) {
        INDArray weights = Require.floating("weights", at).dup('c');
        Require.that(function != null, "function", "a function of the weights", "null", "write w -> residuals(w)");
        Function<double[], INDArray> own = w -> Parameters.of("weights", weights).like(w).only();
        Function<double[], double[]> values = w -> Doubles.of(Require.floating("function", function.apply(own.apply(w))));
        return new JacobianCheck<>(Require.finiteEntries("weights", weights), values, own, (j, m) -> {
            Require.floating("jacobian", j);
            Require.shape("jacobian", j, "a row for each number of the function, a column for each weight", m, weights.length());
            return Doubles.of(j);
        }, false);
    }

    /** Returns the same check of plain numbers: the Jacobian is an array of m rows. */
    public static JacobianCheck<double[], double[][]> jacobian(Function<double[], double[]> function, double[] at) {
        Require.that(at != null && at.length > 0, "weights", "at least one number", at == null ? "null" : "none", "pass the weights");
        return jacobian(w -> {
            double[] values = function.apply(Doubles.of(w));
            return values == null ? null : Nd4j.createFromArray(values);
        }, Nd4j.createFromArray(at)).of(Doubles::of, (double[][] j) -> {
            boolean matrix = j.length > 0 && Arrays.stream(j).allMatch(row -> row != null && row.length == j[0].length);
            Require.that(matrix, "jacobian", "rows of the same length", Arrays.deepToString(j), "return one for each number");
            return Nd4j.createFromArray(j);
        });
    }

    private static <T> GradientCheck<T> ready(Subject<T> subject) {
        Layout layout = new Layout(subject.weights().get());
        layout.finite("weights", layout.entries("weights", subject.weights().get()));
        return new GradientCheck<>(subject, new Settings(Double.NaN, Look.BY_NUMBER, 0));
    }

    /**
     * Returns this check with a step of your own: the report then says what error central differences of this step show, and what
     * error the step alone can cause. It is CANNOT_TELL where that is all that can be seen. Costs two evaluations a parameter more.
     *
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    public GradientCheck<T> step(double step) {
        boolean usable = step > 0 && Double.isFinite(step);
        Require.that(usable, "step", "a finite number above 0", step, "leave it out: the check finds one itself");
        return new GradientCheck<>(subject, new Settings(step, settings.look(), settings.seed()));
    }

    /** Returns this check, looking at every parameter: about 2.2 n evaluations. Without a choice this is done up to n = 1000. */
    public GradientCheck<T> everyParameter() {
        return new GradientCheck<>(subject, new Settings(settings.step(), Look.EVERY_PARAMETER, settings.seed()));
    }

    /** Returns this check, looking along two random directions through each tensor; the entries of those that fail are looked into. */
    public GradientCheck<T> directions() {
        return new GradientCheck<>(subject, new Settings(settings.step(), Look.DIRECTIONS, settings.seed()));
    }

    /** Returns this check with another seed of the random directions; it is 0 otherwise. */
    public GradientCheck<T> seed(long seed) {
        return new GradientCheck<>(subject, new Settings(settings.step(), settings.look(), seed));
    }

    /**
     * Returns the report on the model's own gradient.
     *
     * @throws IllegalStateException if this is not the check of a model
     * @throws IllegalArgumentException as {@link #check(Function)}
     */
    public GradientReport check() {
        if (subject.gradient() == null) {
            throw new IllegalStateException("check(): expected the check of a model, got that of a function; call check(w -> gradient(w))");
        }
        return check(subject.gradient());
    }

    /**
     * Returns the report on a gradient given as a function of the weights, the way that can end in WRONG.
     *
     * @param gradient is given copies of the weights; it returns the names, in any order, and shapes of the weights. Where it is NaN
     *     although the loss is finite it is WRONG
     * @throws IllegalArgumentException if names or shapes differ, or if the loss at the weights is NaN or infinite
     */
    public GradientReport check(Function<? super T, ? extends T> gradient) {
        Require.that(gradient != null, "gradient", "a function of the weights", "null", "write w -> gradient(w)");
        return run(gradient, null);
    }

    /**
     * Returns the report on a gradient given as numbers; whatever disagrees is CANNOT_TELL, since a bug cannot be told from a clipped loss.
     *
     * @param gradient of the names and shapes of the weights, FLOAT or DOUBLE
     * @throws IllegalArgumentException if it is not, or if the loss at the weights is NaN or infinite
     */
    public GradientReport check(T gradient) {
        Require.that(gradient != null, "gradient", "the gradient at the weights", "null", "pass it, or write w -> gradient(w)");
        return run(null, gradient);
    }

    private GradientReport run(Function<? super T, ? extends T> function, T given) {
        long start = System.nanoTime();
        Parameters at = subject.weights().get();
        Layout layout = new Layout(at);
        double[] weights = layout.finite("weights", layout.entries("weights", at));
        at.names().stream().filter(n -> settings.hasStep()).forEach(n -> FiniteDifference.requireMoves(at.get(n), settings.step()));
        Evaluations loss = subject.evaluations(layout, weights);
        UnaryOperator<double[]> gradient = function == null ? null : w -> subject.gradientAt(layout, function, w);
        Supplier<GradientReport> examined = () -> {
            double[] claimed = gradient == null ? subject.entries(layout, given) : gradient.apply(weights);
            Conclusion conclusion = new Examination(settings, layout, loss, elsewhere(gradient), subject.rows())
                    .of(weights, claimed, valueAt(loss, weights));
            return new GradientReport(conclusion, settings.step(), loss.count().get(), (System.nanoTime() - start) * 1e-9);
        };
        try {
            return loss.workers().several() ? examined.get() : OneThread.during(examined);
        } finally {
            subject.hold().accept(at);
        }
    }

    /** The gradient at other weights, where a point at which it is no number says nothing. */
    private static UnaryOperator<double[]> elsewhere(UnaryOperator<double[]> gradient) {
        return gradient == null ? null : weights -> {
            double[] claimed = gradient.apply(weights);
            if (!Arrays.stream(claimed).allMatch(Double::isFinite)) {
                throw new NotFinite(Double.NaN, weights);
            }
            return claimed;
        };
    }

    private static double valueAt(Evaluations loss, double[] weights) {
        try {
            return loss.at(weights);
        } catch (NotFinite e) {
            throw new IllegalArgumentException("loss: expected a finite number at the weights, got " + e.value + "; " + Layout.OVERFLOW);
        }
    }
}
