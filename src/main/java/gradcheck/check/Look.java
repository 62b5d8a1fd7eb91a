package gradcheck.check;

import java.util.Arrays;
import java.util.Random;

/** How a gradient is looked at. */
enum Look {
    /** Each entry on its own: some 2.2 evaluations for each. */
    EVERY_PARAMETER,
    /** Along random directions: some 40 evaluations, whatever the number of entries. */
    DIRECTIONS,
    /** Each entry up to a thousand, beyond it directions. */
    BY_NUMBER;

    Evidence measure(Surroundings here, double[] claimed, Random random) {
        boolean every = this == EVERY_PARAMETER || this == BY_NUMBER && claimed.length <= Thresholds.MANY;
        Derivative[] found = Arrays.stream(claimed).mapToObj(Derivative::unknown).toArray(Derivative[]::new);
        if (every) {
            Entries entries = new Entries(here, claimed, found);
            here.layout().blocks().forEach(block -> entries.measure(block.entries().toArray()));
        } else {
            new Directions(here, claimed, found, random).measure();
        }
        return Evidence.of(here, claimed, found, every);
    }
}
