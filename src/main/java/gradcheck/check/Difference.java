package gradcheck.check;

/**
 * A central difference along a direction and what may be wrong with it.
 *
 * @param value (f+ - f-) / 2h
 * @param step h, the step really taken
 * @param sigma the noise of an evaluation here
 * @param noise bound of the error that the noise of the loss causes
 * @param truncation estimated bound of the error that the curvature causes
 * @param up f+ - f, the change of the loss one step forward
 * @param down f- - f, the change one step backward
 * @param size the size F of the loss, here
 */
record Difference(double value, double step, double sigma, double noise, double truncation, double up, double down, double size) {
    /**
     * Takes a difference with two evaluations. Its truncation is twice |f'''| h^2 / 6 with f''' = f'' / l and the curvature length
     * l = sqrt(F / |f''|), the scale on which a function of size F bends (Numerical Recipes, section 5.7).
     */
    static Difference along(Direction direction, double step, Surroundings here) {
        double[] plus = direction.from(here.weights(), step);
        double[] minus = direction.from(here.weights(), -step);
        int largest = direction.largest();
        int i = direction.entries()[largest];
        double taken = (plus[i] - minus[i]) / (2 * direction.parts()[largest]);
        double h = taken == 0 ? step : taken;
        double[] values = here.loss().at(plus, minus);
        double up = values[0] - here.value();
        double down = values[1] - here.value();
        // The rounding of the values seen, not only of the one at the weights.
        double rounding = Noise.rounding(Math.max(Math.abs(values[0]), Math.abs(values[1])), here.noise().digits());
        double sigma = Math.max(here.noise().level(), rounding);
        double size = Math.max(here.size(), Math.max(Math.abs(up), Math.abs(down)));
        double bend = Math.abs(up + down);
        double truncation = bend > Thresholds.VISIBLE * sigma ? bend * Math.sqrt(bend / size) / (3 * h) : 0;
        double noise = here.sigmas() * sigma / (Math.sqrt(2) * h);
        return new Difference((values[0] - values[1]) / (2 * h), h, sigma, noise, truncation, up, down, size);
    }

    /** |f+ - 2f + f-|. */
    double bend() {
        return Math.abs(up + down);
    }

    boolean isBent() {
        return bend() > Thresholds.VISIBLE * sigma;
    }

    boolean isStill() {
        return up == 0 && down == 0;
    }

    /** How far the true slope can be if the loss is smooth. */
    double bound() {
        return noise + truncation;
    }

    /** Half the difference of the two one-sided slopes. */
    double gap() {
        return bend() / (2 * step);
    }

    /** How far the true slope can be whatever kinks the loss has. */
    double reach() {
        return noise + Thresholds.KINKS * gap();
    }

    /** Whether the step tells nothing of the loss at the weights any more: shorter ones showed noise alone. */
    boolean isFar(Surroundings here, Direction direction) {
        return step > Thresholds.BEYOND * here.ownStep(direction);
    }

    boolean excludes(double claimed, double tolerance) {
        return Math.abs(claimed - value) > reach() + tolerance;
    }

    /** How much the loss changed, in units of its noise. */
    double reaction() {
        double most = Math.max(Math.abs(up), Math.abs(down));
        return most == 0 ? 0 : most / sigma;
    }

    /** The same with more noise. */
    Difference with(double more) {
        return new Difference(value, step, sigma, Math.max(noise, more), truncation, up, down, size);
    }

    /** The factor c of the truncation error c h^2 of any step h; the 4 is calibrated. */
    double truncationFactor() {
        double seen = Math.max(bend(), Thresholds.VISIBLE * sigma);
        return 4 * seen * Math.sqrt(seen / size) / (6 * Math.pow(step, 3));
    }
}
