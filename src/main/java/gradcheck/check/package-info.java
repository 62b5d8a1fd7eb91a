/**
 * Numeric gradients by finite differences, how far a gradient is from them, and the verdict on a gradient.
 *
 * <p>How a verdict comes about: {@code Examination} tells the story. {@code Surroundings} are measured at the weights: the natural
 * scale and the noise. {@code Look} measures the derivatives, entry by entry or along directions: {@code StepSearch} screens a claimed
 * slope, {@code Confirmation} asks more steps where the claim disagrees. All that was measured is the {@code Evidence}. Where something
 * disagrees, {@code Cause} looks for a law that explains it, and {@code SecondOpinion} asks at other weights. {@code Judge} turns
 * all this into a verdict, {@code Sentences} into words. The numbers that it hangs on stand in {@code Thresholds}.
 *
 * <p>A new cause is a method of {@code Cause}, a kind in {@link gradcheck.check.Finding.Kind}, and a bug in
 * {@link gradcheck.check.PlantedBug}. What must not be touched without the whole table of verdicts: a threshold, the order of random
 * draws, and the second opinion, without which clipped losses would be called bugs.
 */
package gradcheck.check;
