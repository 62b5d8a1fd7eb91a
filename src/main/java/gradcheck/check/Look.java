package gradcheck.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** How a gradient is looked at. */
enum Look {
    /** Each entry on its own: some 2.2 evaluations for each. */
    EVERY_PARAMETER,
    /** Along random directions: some 40 evaluations, whatever the number of entries. */
    DIRECTIONS,
    /** Each entry up to a thousand, beyond it directions. */
    BY_NUMBER;

    boolean isEvery(int n) {
        return this == EVERY_PARAMETER || this == BY_NUMBER && n <= Thresholds.MANY;
    }

    /** @param glance whether directions that do not pass need not be looked into */
    Evidence measure(Surroundings here, double[] claimed, boolean glance, Random random) {
        double unseen = 0;
        boolean every = isEvery(claimed.length);
        Derivative[] found = Derivative.all(claimed.length, Derivative.UNKNOWN);
        Map<Block, Sample> samples = new HashMap<>();
        if (every) {
            Entries entries = new Entries(here, claimed, found);
            here.layout().blocks().forEach(block -> entries.measure(block.entries().toArray()));
        } else {
            Probes probes = new Probes(here, claimed, random);
            unseen = new Directions(probes, found, new Search(probes, found, samples)).measure(glance);
        }
        return Precision.applied(Evidence.of(here, claimed, found, every, samples, unseen));
    }
}
