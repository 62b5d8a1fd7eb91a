package gradcheck.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link CheckBenchmark} on subjects, one after the other, each as often as its size allows. */
public final class Run {
    private static final int PARAMETERS = 10_000;
    private static final int FEW = 60;
    private static final int MANY = 300;

    private Run() {
    }

    /**
     * Takes the file for JMH's results, the seed of the weights and the names of the subjects.
     *
     * @throws RunnerException if a check fails
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] words) throws RunnerException, IOException {
        List<RunResult> results = new ArrayList<>();
        for (String subject : Arrays.copyOfRange(words, 2, words.length)) {
            int parameters = (int) Subject.named(subject, 0).model().parameters().size();
            int checks = Math.min(MANY, PARAMETERS / parameters);
            results.addAll(run(subject, "every-parameter", words[1], checks));
            results.addAll(run(subject, "directions", words[1], Math.max(FEW, checks)));
        }
        try (PrintStream file = new PrintStream(words[0], StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(results);
        }
    }

    /** The cheaper a check, the more of them it takes until all is compiled. The fork gets the options of this JVM. */
    private static Collection<RunResult> run(String subject, String mode, String seed, int checks) throws RunnerException {
        return new Runner(new OptionsBuilder().include(CheckBenchmark.class.getName())
                .param("subject", subject).param("mode", mode).param("seed", seed)
                .warmupIterations(Math.max(1, checks)).measurementIterations(Math.max(2, checks))
                .shouldFailOnError(true).build()).run();
    }
}
