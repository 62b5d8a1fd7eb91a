/** What every room needs and that is about no data: what a bad argument is told, and how ND4J's threads are held back. */
package gradcheck.base;
