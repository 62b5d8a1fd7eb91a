package gradcheck.check;

import gradcheck.base.Require;
import gradcheck.model.FastLoss;
import gradcheck.model.Model;
import gradcheck.model.Parameters;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is checked, as the caller has it, seen as functions of flat weights.
 *
 * @param weights gives a copy of the weights
 * @param loss of the weights
 * @param named the caller's weights as named tensors, and {@code own} back
 * @param hold told the weights of each evaluation before it, and the first ones at the end
 * @param gradient the subject's own, or null
 * @param fast the loss for several threads, where there is one
 * @param rows how many the loss is a mean of; 0 if unknown
 */
record Subject<T>(Supplier<Parameters> weights, ToDoubleFunction<T> loss, Function<T, Parameters> named, Function<Parameters, T> own,
        Consumer<Parameters> hold, Function<T, T> gradient, Supplier<Optional<FastLoss>> fast, long rows) {
    /** A function of weights that the caller keeps. */
    static <T> Subject<T> of(Parameters weights, ToDoubleFunction<T> loss, Function<T, Parameters> named, Function<Parameters, T> own) {
        Require.that(loss != null, "loss", "a function of the weights", "null", "write w -> loss(w)");
        return new Subject<>(weights::copy, loss, named, own, w -> { }, null, Optional::empty, 0);
    }

    /** Whoever keeps the weights in fields of its own. */
    static Subject<Parameters> of(Supplier<Parameters> get, Consumer<Parameters> set, DoubleSupplier loss) {
        return new Subject<>(() -> get.get().copy(), w -> loss.getAsDouble(), w -> w, w -> w, set, null, Optional::empty, 0);
    }

    /** A model, which holds its weights itself. */
    static Subject<Parameters> of(Model model, INDArray x, INDArray y) {
        Consumer<Parameters> hold = w -> w.names().forEach(name -> model.parameters().get(name).assign(w.get(name)));
        return new Subject<>(() -> model.parameters().copy(), w -> model.loss(x, y), w -> w, w -> w, hold, w -> model.gradient(x, y),
                () -> model.fastLoss(x, y), x.size(0));
    }

    Evaluations evaluations(Layout layout, double[] weights) {
        ToDoubleFunction<double[]> plain = w -> loss.applyAsDouble(held(layout, w));
        return fast.get().map(loss -> Evaluations.of(loss, weights, plain)).orElseGet(() -> Evaluations.of(plain));
    }

    /** The entries of a gradient given by a function, at flat weights. */
    double[] gradientAt(Layout layout, Function<? super T, ? extends T> function, double[] weights) {
        return entries(layout, function.apply(held(layout, weights)));
    }

    double[] entries(Layout layout, T gradient) {
        return layout.entries("gradient", gradient == null ? null : named.apply(gradient));
    }

    private T held(Layout layout, double[] weights) {
        Parameters fresh = layout.tensors(weights);
        hold.accept(fresh);
        return own.apply(fresh);
    }
}
