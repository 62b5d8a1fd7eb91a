package gradcheck.model;

/** Logits turned into probabilities, row by row: softmax, or sigmoid where there is a single column. */
final class Probabilities {
    private Probabilities() {
    }

    /** Returns the probabilities of logits that are given as columns, as columns. */
    static double[][] of(double[][] logits, Arithmetic a) {
        double[][] probabilities = new double[logits.length][logits[0].length];
        double[] row = new double[logits.length];
        for (int i = 0; i < logits[0].length; i++) {
            Columns.row(logits, i, row);
            ofRow(row, a);
            for (int j = 0; j < row.length; j++) {
                probabilities[j][i] = row[j];
            }
        }
        return probabilities;
    }

    /** Turns the logits of one row into probabilities, in place. */
    static double[] ofRow(double[] logits, Arithmetic a) {
        if (logits.length == 1) {
            logits[0] = a.sigmoid(logits[0]);
        } else {
            a.softmax(logits);
        }
        return logits;
    }
}
