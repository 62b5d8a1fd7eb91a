package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Logits turned into probabilities, row by row: softmax, or sigmoid where there is a single column. */
final class Probabilities {
    private Probabilities() {
    }

    /** Returns probabilities of the shape and data type of the logits [m x k]; the logits stay as they are. */
    static INDArray of(INDArray logits) {
        Arithmetic a = new Arithmetic(logits.dataType());
        int k = (int) logits.size(1);
        double[] p = logits.dup('c').data().asDouble();
        for (int i = 0; i < p.length; i += k) {
            if (k == 1) {
                p[i] = a.sigmoid(p[i]);
            } else {
                System.arraycopy(a.softmax(p, i, k), 0, p, i, k);
            }
        }
        return Nd4j.create(p, logits.shape(), 'c').castTo(logits.dataType());
    }
}
