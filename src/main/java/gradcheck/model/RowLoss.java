package gradcheck.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The cross-entropy as the mean of a number for each row: what the losses of this library have in common. */
abstract class RowLoss implements Loss {
    /**
     * Returns the loss of one row.
     *
     * @param logits [k], overwritten
     * @param truth the true class, or in a single column the label 0 or 1
     * @param a the arithmetic of the logits
     */
    abstract double ofRow(double[] logits, int truth, Arithmetic a);

    /** Returns the arithmetic in which the mean is taken, by default that of the logits. */
    Arithmetic ofMean(Arithmetic a) {
        return a;
    }

    @Override
    public double value(INDArray labels, INDArray logits) {
        int[] truth = Labels.trueClasses(labels, "logits", logits);
        return mean(truth, Columns.of(logits), new Arithmetic(logits.dataType()));
    }

    /** Returns the mean over the rows of logits given as columns, which stay as they are. */
    double mean(int[] truth, double[][] logits, Arithmetic a) {
        double[] losses = new double[truth.length];
        double[] row = new double[logits.length];
        // Columns.forRows would be shorter, but this is where a check spends its time.
        for (int i = 0; i < losses.length; i++) {
            Columns.row(logits, i, row);
            losses[i] = ofRow(row, truth[i], a);
        }
        return ofMean(a).mean(losses);
    }
}
