package gradcheck.model;

import gradcheck.data.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Logits X W, turned into probabilities: what logistic and softmax regression have in common. */
final class LinearClassifier {
    private final Parameters parameters;
    private final Loss loss;

    LinearClassifier(INDArray weights, Loss loss) {
        Require.that(loss != null, "loss", "a loss", "null", "the default is new CrossEntropy()");
        this.parameters = Parameters.of("W", Require.finite("weights", Require.matrix("weights", weights)).dup('c'));
        this.loss = loss;
    }

    Parameters parameters() {
        return parameters;
    }

    double loss(INDArray x, INDArray y) {
        return loss.value(y, logits(x, y));
    }

    Parameters gradient(INDArray x, INDArray y) {
        INDArray logits = logits(x, y);
        Labels.trueClasses(y, "logits", logits);
        INDArray error = Probabilities.of(logits).subi(y);
        return Parameters.of("W", x.transpose().mmul(error).divi(x.size(0)).dup('c'));
    }

    INDArray predict(INDArray x) {
        return Probabilities.of(logits(x));
    }

    private INDArray logits(INDArray x, INDArray y) {
        Require.sameRows("labels", Require.matrix("labels", y), "features", Require.matrix("features", x));
        return logits(x);
    }

    private INDArray logits(INDArray x) {
        INDArray weights = parameters.only();
        Require.sameType("features", Require.matrix("features", x), "weights", weights);
        Require.shape("features", x, "one row per example, one column per row of the weights", x.size(0), weights.size(0));
        INDArray logits = x.mmul(weights);
        // Whatever is not finite shows in the logits: so the features are searched only when something is wrong.
        if (!Double.isFinite(logits.sumNumber().doubleValue())) {
            Require.finite("features", x);
            Require.finite("weights", weights);
        }
        return logits;
    }
}
