package gradcheck.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.nd4j.linalg.factory.Nd4j;

/** The data sets that ship with the library; origin and licence stand beside the files. */
public final class Datasets {
    private Datasets() {
    }

    /** Returns Fisher's Iris: 150 flowers of three species, four lengths and widths in cm each [150 x 4]. */
    public static Dataset iris() {
        List<String> lines = lines("iris.csv");
        return dataset(lines.subList(1, lines.size()), List.of("setosa", "versicolor", "virginica"), 1);
    }

    /** Returns the handwritten digits: 1,797 pictures of 8 x 8 pixels, each pixel from 0 (white) to 1 (black) [1797 x 64]. */
    public static Dataset digits() {
        List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        return dataset(lines("digits.csv.gz"), names, 16);
    }

    private static Dataset dataset(List<String> lines, List<String> classNames, double unit) {
        double[][] rows = lines.stream().map(Datasets::numbers).toArray(double[][]::new);
        int d = rows[0].length - 1;
        double[][] features = Arrays.stream(rows)
                .map(row -> Arrays.stream(row, 0, d).map(value -> value / unit).toArray()).toArray(double[][]::new);
        int[] classes = Arrays.stream(rows).mapToInt(row -> (int) row[d]).toArray();
        return new Dataset(Nd4j.createFromArray(features), classes, classNames);
    }

    static double[] numbers(String line) {
        return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    static List<String> lines(String file) {
        try (InputStream raw = Datasets.class.getResourceAsStream(file);
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " from gradcheck.jar; build it again: mvn package", e);
        }
    }
}
