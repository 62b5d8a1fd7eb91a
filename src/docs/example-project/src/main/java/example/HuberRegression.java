package example;

/** Linear regression with Huber's loss: squared where a residual is small, straight where it is large. */
public final class HuberRegression {
    private final double[][] x;
    private final double[] y;
    private final double delta;

    /**
     * Makes a model of these rows.
     *
     * @param x features, a row for each label; a column of ones is the intercept's
     * @param y labels
     * @param delta the residual at which the loss goes on straight, above 0
     */
    public HuberRegression(double[][] x, double[] y, double delta) {
        this.x = x;
        this.y = y;
        this.delta = delta;
    }

    /** Returns the mean loss of these weights, one for each column. */
    public double loss(double[] w) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double r = Math.abs(residual(w, i));
            sum += r <= delta ? r * r / 2 : delta * (r - delta / 2);
        }
        return sum / y.length;
    }

    /** Returns the gradient of {@link #loss} by the weights. */
    public double[] gradient(double[] w) {
        double[] sum = new double[w.length];
        for (int i = 0; i < y.length; i++) {
            double slope = Math.max(-delta, Math.min(delta, residual(w, i)));
            for (int j = 0; j < w.length; j++) {
                sum[j] += slope * x[i][j] / y.length;
            }
        }
        return sum;
    }

    private double residual(double[] w, int row) {
        double prediction = 0;
        for (int j = 0; j < w.length; j++) {
            prediction += w[j] * x[row][j];
        }
        return prediction - y[row];
    }
}
