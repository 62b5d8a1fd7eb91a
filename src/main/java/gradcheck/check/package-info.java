/**
 * Numeric gradients by finite differences, how far a gradient is from them, and the verdict on a gradient.
 *
 * <p>How a verdict comes about: {@code Examination} tells the story. {@code Surroundings} are measured at the weights: each weight's own
 * size and the noise ({@code Repeats}, {@code NoiseLines}). {@code Look} measures the derivatives, one by one ({@code Entries}) or along
 * random directions ({@code Directions}, {@code Probes}; {@code Search} halves what does not pass). Either way a {@code SlopeCheck} gives
 * an {@code Answer} to a {@code Claim}: {@code StepSearch} lengthens a step while it tells what the shorter one told, {@code Confirmation}
 * asks more steps where the claim disagrees or the loss is not smooth, {@code OneSided} where one side is not finite. All that was measured
 * is the {@code Evidence}; {@code Precision} forgives what is no more than the rounding of the claimed numbers. Where something disagrees,
 * {@code Cause} looks for a part ({@code Cover}) and a law ({@code Laws}, {@code Fit}) that explain it, or else for an {@code Advice} that
 * follows from which tensors are wrong, and {@code SecondOpinion} asks at other weights. {@code Judge} turns all this into a
 * {@code Conclusion}, {@code Sentences} into words, {@code ReportText} and {@code ReportHtml} into a report. A {@code JacobianCheck} asks
 * the same of random combinations of outputs and traces one that fails to its {@code Rows}.
 *
 * <p>A new cause is a law in {@code Laws} or a part in {@code Cover}, a kind in {@link gradcheck.check.Finding.Kind}, and a bug in
 * {@link gradcheck.check.PlantedBug}. What must not be touched without the whole table of verdicts: the numbers in {@code Thresholds}, the
 * order of random draws, and the second opinion, without which clipped losses would be called bugs.
 */
package gradcheck.check;
