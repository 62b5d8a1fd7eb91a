package gradcheck.check;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does independent pieces of work: on all processors where several evaluations may go on at once, else one after the other. */
final class Workers {
    private final boolean several;
    private final AtomicBoolean busy = new AtomicBoolean();

    Workers(boolean several) {
        this.several = several;
    }

    /** Whether pieces are done at the same time. */
    boolean several() {
        return several;
    }

    /** Does the pieces 0 to {@code pieces - 1}; work inside a piece that comes back here is done in order by the thread at hand. */
    void run(int pieces, IntConsumer work) {
        if (!several || !busy.compareAndSet(false, true)) {
            IntStream.range(0, pieces).forEach(work);
            return;
        }
        try {
            runAtOnce(pieces, work);
        } finally {
            busy.set(false);
        }
    }

    private static void runAtOnce(int pieces, IntConsumer work) {
        RuntimeException[] failures = new RuntimeException[pieces];
        AtomicInteger next = new AtomicInteger();
        // Whoever is free takes the next piece: another thread may need longer to wake up than a piece takes.
        IntStream.range(0, Math.min(pieces, ForkJoinPool.getCommonPoolParallelism() + 1)).parallel().forEach(thread -> {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                    work.accept(i);
                } catch (RuntimeException e) {
                    failures[i] = e;
                }
            }
        });
        Arrays.stream(failures).filter(Objects::nonNull).findFirst().ifPresent(failure -> {
            throw failure;
        });
    }
}
