package gradcheck.check;

/** Measures with a step that the caller asked for. */
final class OwnStep {
    private OwnStep() {
    }

    /** Returns what is concluded with the numeric gradient of this step: two evaluations for each entry. */
    static Conclusion judged(double step, Conclusion conclusion) {
        Evidence evidence = conclusion.evidence();
        Surroundings here = evidence.here();
        Derivative[] own = new Derivative[evidence.claimed().length];
        here.loss().workers().run(own.length, i -> {
            Direction entry = Direction.entry(i);
            double change = here.loss().at(entry.from(here.weights(), step)) - here.loss().at(entry.from(here.weights(), -step));
            double numeric = change / (2 * step);
            Derivative free = evidence.derivatives()[i];
            own[i] = free.with(numeric, here.sigmas() * here.noise().level() / (Math.sqrt(2) * step) + free.truncation() * step * step);
        });
        return Judge.withStep(step, conclusion, evidence.with(own));
    }
}
