/** What every room needs and that is about no data: what a bad argument is told, the way in from ND4J, and its threads held back. */
package gradcheck.base;
