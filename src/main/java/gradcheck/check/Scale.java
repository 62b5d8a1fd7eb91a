package gradcheck.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far weights may be moved. No scale of the loss is presumed: a step starts as a small part of the weight's own size, and grows only
 * while the longer step tells what the shorter one told.
 *
 * @param own |w_i|; where that is 0 the smallest other weight of the tensor, but not more than 1
 * @param longest the longest step that is tried: |w_i|, but not below a tenth of the root mean square of its row or column (features
 *     may be scaled badly), a millionth of its tensor's, or its own size
 */
record Scale(double[] own, double[] longest) {
    static Scale of(double[] weights, List<Block> blocks) {
        double[] own = Arrays.stream(weights).map(Math::abs).toArray();
        double[] longest = new double[weights.length];
        double all = Vectors.rms(weights, IntStream.range(0, weights.length));
        for (Block block : blocks) {
            double least = block.entries().mapToDouble(i -> own[i]).filter(size -> size > 0).min().orElse(1);
            double size = Vectors.rms(weights, block.entries());
            int k = block.columns();
            double[] rows = lines(weights, block, block.rows(), k, 1);
            double[] columns = lines(weights, block, k, 1, k);
            block.entries().forEach(i -> {
                int at = i - block.from();
                double typical = block.isMatrix() ? Math.min(rows[at / k], columns[at % k]) : size;
                double natural = size == 0 ? Thresholds.TYPICAL_SHARE * all
                        : Math.max(Thresholds.TYPICAL_SHARE * typical, Thresholds.SCALE_FLOOR * size);
                own[i] = own[i] == 0 ? Math.min(1, least) : own[i];
                longest[i] = Math.max(own[i], natural);
            });
        }
        return new Scale(own, longest);
    }

    /** The root mean square of each of some lines, that begin {@code apart} from one another and whose entries are {@code stride} apart. */
    private static double[] lines(double[] weights, Block block, int lines, int apart, int stride) {
        return IntStream.range(0, lines).mapToDouble(line -> Vectors.rms(weights,
                IntStream.range(0, block.size() / lines).map(k -> block.from() + line * apart + k * stride))).toArray();
    }
}
