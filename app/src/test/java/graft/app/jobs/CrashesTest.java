package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashesTest {
    @TempDir
    Path folder;

    @Test
    void theReportSaysWhereAndOnWhat() throws IOException {
        Crashes.Report report = Crashes.write(
                folder.resolve("crashes"),
                Thread.currentThread(),
                new IllegalStateException("a painter without paint"));
        assertThat(report.file()).hasParent(folder.resolve("crashes"));
        assertThat(Files.readString(report.file()))
                .contains("a painter without paint", "CrashesTest", System.getProperty("java.version"));
    }

    @Test
    void whereNoFileCanBeWrittenThatIsSaid() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        Crashes.Report report = Crashes.write(file, Thread.currentThread(), new IllegalStateException());
        assertThat(report.file()).isNull();
        assertThat(report.problem()).contains("taken");
    }
}
