/** Models with hand-written gradients, the losses, training and what a model's predictions are worth. */
package gradcheck.model;
