/** The pictures of the lessons: one method a picture, one look for all. */
package gradcheck.chart;
