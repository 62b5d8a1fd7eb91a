package gradcheck.bench;

import gradcheck.check.GradientCheck;
import gradcheck.check.GradientReport;
import gradcheck.model.Parameters;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long one check takes. A verdict other than RIGHT is a failure: it would be another way through the check. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class CheckBenchmark {
    /** The name of the {@link Subject}. */
    @Param("softmax-iris")
    public String subject;

    /** Whether every parameter is looked at, or random directions. */
    @Param({"every-parameter", "directions"})
    public String mode;

    /** The seed of the weights. */
    @Param("1")
    public long seed;

    private GradientCheck<Parameters> check;
    private long size;

    /** What is reported beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counts {
        /** The number of parameters. */
        public long parameters;
        /** How often the loss was evaluated. */
        public long evaluations;
    }

    /** Makes the model and reads the examples, off the clock. */
    @Setup
    public void prepare() {
        Subject chosen = Subject.named(subject, seed);
        GradientCheck<Parameters> of = GradientCheck.of(chosen.model(), chosen.x(), chosen.y());
        check = mode.equals("directions") ? of.directions() : of.everyParameter();
        size = chosen.model().parameters().size();
    }

    /** Checks the model once. */
    @Benchmark
    public GradientReport check(Counts counts) {
        GradientReport report = check.check().orThrow();
        counts.parameters = size;
        counts.evaluations = report.evaluations();
        return report;
    }
}
