package gradcheck.check;

import java.util.List;

/**
 * One tensor of a gradient in a report.
 *
 * @param name the tensor's
 * @param shape the tensor's
 * @param error ||g - J|| / (||g|| + ||J||) over its entries; NaN if they were not all measured one by one
 * @param certified the relative error that the measurement leaves possible; infinite if part of it was not measured
 * @param worst the place of the entry where both values are farthest apart, such as {@code [2, 0]}; empty if none was measured
 * @param gradient the analytic value there
 * @param numeric the measured value there
 * @param wrong the places of the entries that are wrong, as far as they were measured one by one
 * @param verdict WRONG if the tensor is wrong
 */
public record TensorReport(String name, List<Long> shape, double error, double certified, String worst, double gradient, double numeric,
        List<String> wrong, Verdict verdict) {
}
