package example;

import gradcheck.check.GradientCheck;
import org.junit.jupiter.api.Test;

class HuberRegressionTest {
    private static final double[][] X = {{1, 0.3}, {1, 1.1}, {1, 1.9}, {1, 3.2}, {1, 4.4}};
    private static final double[] Y = {1.2, 1.9, 9.0, 4.1, 5.2};

    @Test
    void theGradientIsThatOfTheLoss() {
        HuberRegression model = new HuberRegression(X, Y, 0.5);
        double[] weights = {0.7, 0.9};
        GradientCheck.of(w -> model.loss(w), weights).check(w -> model.gradient(w)).orThrow();
    }
}
