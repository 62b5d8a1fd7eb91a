package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The natural scale: the size of a change that matters, for each weight. */
final class Scale {
    private Scale() {
    }

    /**
     * Returns |w_i|, but not below a tenth of the root mean square of its row or column (features may be scaled badly), a
     * millionth of its tensor's, and never zero.
     */
    static double[] of(double[] weights, List<Block> blocks) {
        double[] scale = new double[weights.length];
        double all = Vectors.rms(weights, IntStream.range(0, weights.length));
        for (Block block : blocks) {
            double size = Vectors.rms(weights, block.entries());
            if (size == 0) {
                Arrays.fill(scale, block.from(), block.to(), all == 0 ? 1 : 0.1 * all);
                continue;
            }
            int k = block.columns();
            double[] rows = IntStream.range(0, block.rows())
                    .mapToDouble(r -> Vectors.rms(weights, IntStream.range(0, k).map(c -> block.from() + r * k + c))).toArray();
            double[] columns = IntStream.range(0, k)
                    .mapToDouble(c -> Vectors.rms(weights, IntStream.range(0, block.rows()).map(r -> block.from() + r * k + c))).toArray();
            block.entries().forEach(i -> {
                int at = i - block.from();
                double typical = block.isMatrix() ? Math.min(rows[at / k], columns[at % k]) : size;
                scale[i] = Math.max(Math.abs(weights[i]), Math.max(Thresholds.TYPICAL_SHARE * typical, Thresholds.SCALE_FLOOR * size));
            });
        }
        return scale;
    }
}
