package gradcheck.model;

import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model that interrupts the thread that trains it while it computes its gradient for the n-th time. */
record InterruptingModel(Model inner, AtomicInteger gradients, int n) implements Model {
    InterruptingModel(Model inner, int n) {
        this(inner, new AtomicInteger(), n);
    }

    @Override
    public Parameters parameters() {
        return inner.parameters();
    }

    @Override
    public double loss(INDArray x, INDArray y) {
        return inner.loss(x, y);
    }

    @Override
    public Parameters gradient(INDArray x, INDArray y) {
        if (gradients.incrementAndGet() == n) {
            Thread.currentThread().interrupt();
        }
        return inner.gradient(x, y);
    }

    @Override
    public INDArray predict(INDArray x) {
        return inner.predict(x);
    }
}
