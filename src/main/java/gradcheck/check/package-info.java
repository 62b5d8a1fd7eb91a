/**
 * Numeric gradients by finite differences, how far a gradient is from them, and the verdict on a gradient.
 *
 * <p>A {@link gradcheck.check.GradientCheck} takes the steps scale, noise, screen, confirm, second opinion, cause and certificate,
 * a class each, and ends in a {@link gradcheck.check.GradientReport}.
 */
package gradcheck.check;
