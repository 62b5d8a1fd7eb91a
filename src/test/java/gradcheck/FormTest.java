package gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What Spotless cannot mend and therefore does not look at. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FormTest {
    private static final int MOST_COLUMNS = 140;

    @Test
    void no_line_of_Java_is_longer_than_140_columns() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources).isNotEmpty();
        assertThat(sources.stream().flatMap(FormTest::longLines)).isEmpty();
    }

    private static Stream<String> longLines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size()).filter(i -> lines.get(i).length() > MOST_COLUMNS)
                    .mapToObj(i -> file + ":" + (i + 1) + " has " + lines.get(i).length() + " columns");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
