package gradcheck.check;

/**
 * A central difference along a direction and what may be wrong with it.
 *
 * @param value (f+ - f-) / 2h
 * @param step h, the step really taken
 * @param noise bound of the error that the noise of the loss causes
 * @param truncation estimated bound of the error that the curvature causes
 * @param bend |f+ - 2f + f-|
 */
record Difference(double value, double step, double noise, double truncation, double bend) {
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
        double bend = Math.abs(values[0] - 2 * here.value() + values[1]);
        double truncation = here.shows(bend) ? bend * Math.sqrt(bend / here.size()) / (3 * h) : 0;
        return new Difference((values[0] - values[1]) / (2 * h), h, here.noiseBound(h), truncation, bend);
    }

    /** How far the true slope can be if the loss is smooth. */
    double bound() {
        return noise + truncation;
    }

    /** Half the difference of the two one-sided slopes. */
    double gap() {
        return bend / (2 * step);
    }

    /** How far the true slope can be whatever kinks the loss has. */
    double reach() {
        return noise + Thresholds.KINKS * gap();
    }

    boolean excludes(double claimed) {
        return Math.abs(claimed - value) > reach();
    }

    /** The step that balances noise and truncation, judged by the bend seen; ten times the step where no bend shows. */
    double betterStep(Surroundings here) {
        return here.shows(bend) ? step * here.relativeStep() * Math.sqrt(here.size() / bend) : 10 * step;
    }

    /** The factor c of the truncation error c h^2 of any step h; the 4 is calibrated. */
    double truncationFactor(Surroundings here) {
        double seen = Math.max(bend, Thresholds.VISIBLE * here.noise().level());
        return 4 * seen * Math.sqrt(seen / here.size()) / (6 * Math.pow(step, 3));
    }
}
