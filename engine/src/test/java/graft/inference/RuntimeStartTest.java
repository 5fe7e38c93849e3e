package graft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RuntimeStartTest {
    /** Starts ONNX Runtime on the main thread. */
    public static final class Child {
        public static void main(String[] args) {
            System.exit(RuntimeStart.environment().getVersion().isEmpty() ? 1 : 0);
        }
    }

    @Test
    void onnxRuntimeStartsUnderALongCommandLine() throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss512k",
                "-Dlong=" + "folder/".repeat(4000),
                Child.class.getName());
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = child.inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
