package gradcheck.check;

import java.util.Locale;

/**
 * One cause of a verdict, or one thing worth knowing about the loss.
 *
 * @param kind which cause
 * @param message the evidence, in numbers
 * @param cure one sentence: what to change
 */
public record Finding(Kind kind, String message, String cure) {
    /** The causes, each with its usual cure. */
    public enum Kind {
        /** The gradient is a constant times the right one. */
        FACTOR("Look for a mean over the rows taken twice or not at all, or for a constant that only the loss has."),
        /** The gradient has the wrong sign. */
        SIGN("Look for a lost minus, or swap the difference: it is prediction minus label for a loss that is minimised."),
        /** The gradient of a whole tensor, row or column is zero although the loss reacts. */
        MISSING("Compute it: for a bias it is the sum over the rows of the error at its output."),
        /** One or a few entries are wrong. */
        ENTRY("Look at what touches nothing else: an index, a boundary, a branch, a loop that ends early."),
        /** One row of a matrix is wrong. */
        ROW("Look at the input that this row belongs to: an index, a column of ones, a loop that ends early."),
        /** One column of a matrix is wrong. */
        COLUMN("Look at the output, or the unit, that this column belongs to: its error term or its index."),
        /** A regular part of a tensor is wrong: slices, a triangle, every k-th entry, or single entries that have one law. */
        PART("Look at what touches this part alone: an index, a boundary, a mask, a step of a loop."),
        /** The tensor is laid out transposed. */
        TRANSPOSED("Transpose it: for inputs X [m x d] and errors E [m x k] the gradient is X^T E [d x k]."),
        /** The tensor is reversed along an axis. */
        REVERSED("Read it from its end along this axis, as the gradient of a convolution's kernel has to be, or from its beginning."),
        /** The gradient lacks the regularisation that the loss has. */
        REGULARISATION_MISSING("Add the gradient of the penalty to the weights' gradient, or take the penalty out of the loss."),
        /** The gradient has more regularisation than the loss. */
        REGULARISATION_EXTRA("Take the surplus out: the gradient of lambda/2 |w|^2 is lambda w, once."),
        /** The tensor holds the numbers of another tensor. */
        OTHER_TENSOR("Return each gradient under its own tensor's name."),
        /** The weights are exponents or squares of what the formula uses, and the factor of the chain rule is missing. */
        CHAIN_RULE("Multiply by the derivative of what is made of the weight: e^w for e^w, 2 w for w^2."),
        /** The derivative of a normalisation, or of a mean that is subtracted, is missing. */
        NORMALISATION("Carry the gradient back through the normalisation, which no step along the weights, or of their mean, changes."),
        /** A tensor is wrong alone, while others of its layer are right. */
        OWN_PRODUCT("What reaches this tensor is right if another tensor of its layer is: look at its own product, at its input, index, "
                + "time step or channel."),
        /** Some tensors are wrong without any simple relation while others are right. */
        BACKWARD_PASS("Look at the step that carries the error back into these tensors: the derivative of the activation comes first."),
        /** The gradient is NaN or infinite where the loss is neither. */
        NOT_A_NUMBER("Look for an overflow, a division by zero or the logarithm of 0 in the gradient."),
        /** A matrix of second derivatives is not symmetric. */
        NOT_SYMMETRIC("Compute one triangle and mirror it: the order of two derivatives does not matter."),
        /** Nothing simple relates the two: it is the gradient of another function. */
        OTHER_FUNCTION("Check that loss and gradient are of the same function and the same data, and look at the derivation once more."),
        /** The gradient was given as an array, so that the disagreement could not be looked at from a second point. */
        NO_FUNCTION("Give the gradient as a function: check(w -> gradient(w))."),
        /** The disagreement is gone at smaller weights: the loss is clipped or a unit saturated. */
        SATURATED("Check at smaller weights, or use a loss that is computed from logits and clips nothing."),
        /** The loss has a kink within the step. */
        KINK("Check at other, random weights."),
        /** The gradient disagrees at the weights and nowhere else. */
        ONLY_HERE("Look for what only these weights meet: a branch, a clip, a cut, a constant that should depend on the weights."),
        /** The gradient disagrees, and at other weights nothing so small can be seen. */
        UNDECIDED("Check at other weights, where this part of the loss is larger."),
        /** The gradient carries fewer digits than the loss. */
        ROUNDED("Nothing is wrong; compute the gradient in double precision, or solve more exactly, if these digits matter."),
        /** The loss is finite on one side of the weights alone. */
        ONE_SIDED("Check at weights inside the domain of the loss as well."),
        /** The loss is too coarse to decide. */
        TOO_COARSE("Evaluate the loss in double precision, or check where the gradient is larger."),
        /** The loss carries far fewer bits than double precision. */
        COARSE_LOSS("Evaluate the loss in double precision, or leave the step to the check."),
        /** Two evaluations at the same weights differ a little; this was measured like any other noise. */
        NOISY("Fix the order of the sums, or the seed of the draws, if more digits are needed."),
        /** The step that was asked for causes the error on its own. */
        STEP("Leave the step to the check."),
        /** Two evaluations at the same weights differ. */
        NOT_DETERMINISTIC("Switch dropout off, fix the seed anew in every evaluation, and evaluate the same rows each time."),
        /** The loss does not react to the weights. */
        CONSTANT("Check that the loss uses its argument, and that not everything is clipped: try smaller weights."),
        /** The gradient is lost in the noise of the loss, as near a minimum. */
        VANISHING("Check at other, random weights: at a minimum any factor and any sign would pass."),
        /** The loss is NaN or infinite beside the weights, or its size overflows. */
        NOT_FINITE("Use a stable formula, such as log-sum-exp, or smaller weights.");

        private final String cure;

        Kind(String cure) {
            this.cure = cure;
        }

        /** Whether it stands in the way of a verdict on single tensors only. */
        boolean isOfTensors() {
            return this == TOO_COARSE || this == KINK || this == COARSE_LOSS || this == NOISY || this == NOT_FINITE;
        }

        String cure() {
            return cure;
        }

        Finding with(String message) {
            return new Finding(this, message, cure);
        }
    }

    /** Numbers in words, wherever the program runs. */
    static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
