package gradcheck.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneThreadTest {
    private static String settings() {
        return Nd4j.getEnvironment().maxMasterThreads() + " " + Nd4j.factory().blas().getMaxThreads();
    }

    @Test
    void is_what_ND4J_has_during_the_work_and_no_longer() {
        String before = settings();
        assertThat(OneThread.during(() -> OneThread.during(OneThreadTest::settings) + ", " + settings())).isEqualTo("1 1, 1 1");
        assertThat(settings()).isEqualTo(before);
        assertThatThrownBy(() -> OneThread.during(() -> {
            throw new IllegalStateException(settings());
        })).hasMessage("1 1");
        assertThat(settings()).isEqualTo(before);
    }
}
