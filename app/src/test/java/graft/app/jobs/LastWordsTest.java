package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private final LastWords words = new LastWords();

    /** The JVM ends itself by SIGABRT whatever the signal was, and says which. */
    @Test
    void theSignalIsTheOneThatTheJvmReports() {
        words.add("# A fatal error has been detected by the Java Runtime Environment:");
        words.add("#  SIGSEGV (0xb) at pc=0x00007f07a091cf14, pid=5617, tid=5621");
        assertThat(words.sayHowItDied(Path.of("net.onnx"), 134))
                .startsWith("net.onnx crashed the process that worked on it (SIGSEGV)")
                .contains("Nothing else was touched");
    }

    @Test
    void whatWasKilledIsNotBlamedOnTheFile() {
        assertThat(words.sayHowItDied(Path.of("net.onnx"), 137)).contains("ended from outside (signal 9)");
    }
}
