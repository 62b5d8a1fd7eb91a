/**
 * Models with hand-written gradients, the losses, training and what a model's predictions are worth.
 *
 * <p>Arrays come in and go out as ND4J's, but inside a model computes in plain Java, a column of doubles for each unit:
 *
 * <ul>
 * <li>Sums are taken in an order of our own, where a BLAS chooses its order by the processor: the lessons printed the same digits on
 *     the four types of processor that we tried, under JDK 17 and 25.
 * <li>There are no native threads to wait for: many threads may evaluate a loss at once, see {@link gradcheck.model.FastLoss}.
 * <li>A column that a changed weight does not reach need not be computed again. So a check of every parameter takes 0.2 to 0.4 of
 *     the time of PyTorch's {@code gradcheck}; the README has the table.
 * </ul>
 *
 * <p>To read the room, begin with {@link gradcheck.model.Model} and {@link gradcheck.model.NeuralNetwork}: the two regressions are
 * networks of one layer.
 */
package gradcheck.model;
