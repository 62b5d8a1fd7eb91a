/** Numeric gradients by finite differences, and how far a gradient is from them. */
package gradcheck.check;
