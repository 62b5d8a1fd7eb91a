package gradcheck.base;

import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Work during which ND4J and its BLAS use a single thread of their own: on arrays as small as those of a check, several threads
 * spend more time waiting for one another than computing.
 */
public final class OneThread {
    private static int working;
    private static int nd4j;
    private static int blas;

    private OneThread() {
    }

    /** Returns what the work returns; ND4J's settings are those of before when the last work that goes on at the same time ends. */
    public static <T> T during(Supplier<T> work) {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private static synchronized void begin() {
        if (working++ == 0) {
            nd4j = Nd4j.getEnvironment().maxMasterThreads();
            blas = Nd4j.factory().blas().getMaxThreads();
            set(1, 1);
        }
    }

    private static synchronized void end() {
        if (--working == 0) {
            set(nd4j, blas);
        }
    }

    /** ND4J's setMaxThreads is not among these: in 1.0.0-M2.1 it does nothing. */
    private static void set(int nd4jThreads, int blasThreads) {
        Nd4j.getEnvironment().setMaxMasterThreads(nd4jThreads);
        Nd4j.factory().blas().setMaxThreads(blasThreads);
    }
}
