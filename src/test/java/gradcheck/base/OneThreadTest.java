package gradcheck.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneThreadTest {
    private static final int THREADS = 4;

    private final int nd4j = Nd4j.getEnvironment().maxMasterThreads();
    private final int blas = Nd4j.factory().blas().getMaxThreads();
    private String before;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    /** Other settings than 1 and 1, whatever this machine has: else nobody would see whether they come back. */
    @BeforeEach
    void begin() {
        set(2, 2);
        before = settings();
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
        set(nd4j, blas);
    }

    private static void set(int nd4jThreads, int blasThreads) {
        Nd4j.getEnvironment().setMaxMasterThreads(nd4jThreads);
        Nd4j.factory().blas().setMaxThreads(blasThreads);
    }

    private static String settings() {
        return Nd4j.getEnvironment().maxMasterThreads() + " " + Nd4j.factory().blas().getMaxThreads();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> all(IntStream numbers, IntFunction<Callable<String>> work) throws Exception {
        List<Future<String>> results = pool.invokeAll(numbers.mapToObj(work).toList());
        String[] texts = new String[results.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = results.get(i).get();
        }
        return List.of(texts);
    }

    @Test
    void is_what_ND4J_has_during_the_work_and_no_longer() {
        assertThat(OneThread.during(() -> OneThread.during(OneThreadTest::settings) + ", " + settings())).isEqualTo("1 1, 1 1");
        assertThat(settings()).isEqualTo(before);
        assertThatThrownBy(() -> OneThread.during(() -> {
            throw new IllegalStateException(settings());
        })).hasMessage("1 1");
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    void stays_until_the_last_of_several_works_that_go_on_at_once_is_done() throws Exception {
        CountDownLatch inside = new CountDownLatch(THREADS);
        List<CountDownLatch> left = Stream.generate(() -> new CountDownLatch(1)).limit(THREADS).toList();
        List<String> seen = all(IntStream.range(0, THREADS), number -> () -> {
            String during = OneThread.during(() -> {
                inside.countDown();
                await(inside);
                if (number > 0) {
                    await(left.get(number - 1));
                }
                return settings();
            });
            left.get(number).countDown();
            return during;
        });
        assertThat(seen).hasSize(THREADS).containsOnly("1 1");
        assertThat(settings()).isEqualTo(before);
    }

    @Test
    void is_there_and_gone_however_works_begin_and_end_beside_each_other() throws Exception {
        assertThat(all(IntStream.range(0, 5000), number -> () -> OneThread.during(OneThreadTest::settings))).containsOnly("1 1");
        assertThat(settings()).isEqualTo(before);
    }
}
