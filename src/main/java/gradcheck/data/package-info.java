/** Data sets: features [m x d] and labels [m x k], ready to be given to a model. */
package gradcheck.data;
