package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BackgroundTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessOfARunIsFoundByItsFolderAndAskedToStop() throws Exception {
        Path run = folder.resolve("runs/0003");
        assertThat(Background.stop(run)).as("nobody is at it").isFalse();
        Process process =
                new ProcessBuilder("sh", "-c", "sleep 30; true", "graft.cli.Main", "train", "--out=" + run).start();
        try {
            assertThat(Background.stop(folder.resolve("runs/0004")))
                    .as("of another run")
                    .isFalse();
            assertThat(process.isAlive()).isTrue();
            assertThat(Background.of(run)).map(ProcessHandle::pid).contains(process.pid());
            assertThat(Background.stop(run)).isTrue();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
