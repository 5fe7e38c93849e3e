package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Corrections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    Path folder;

    /** When a folder begins to be watched is not told: the change is made until it is noticed. */
    private static Path await(BlockingQueue<Path> told, Path file) throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.writeString(file, "change " + i);
            Path found = told.poll(2, TimeUnit.SECONDS);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Test
    void aFileThatIsAddedToAClassIsNoticed() throws Exception {
        Path ants = Files.createDirectories(folder.resolve("train/ants"));
        BlockingQueue<Path> told = new LinkedBlockingQueue<>();
        try (FolderWatch watch = new FolderWatch(told::add)) {
            watch.watch(folder);
            assertThat(await(told, ants.resolve("new.png"))).isEqualTo(folder);
        }
    }

    @Test
    void ofATableOnlyTheTableCountsAndWhatGraftWritesDoesNot() throws Exception {
        Path table = Files.writeString(folder.resolve("mails.csv"), "text,label\n");
        BlockingQueue<Path> told = new LinkedBlockingQueue<>();
        try (FolderWatch watch = new FolderWatch(told::add)) {
            watch.watch(table);
            assertThat(await(told, table)).isEqualTo(table);
            while (told.poll(1500, TimeUnit.MILLISECONDS) != null) {
                // what was written above
            }
            Files.writeString(folder.resolve("letter.txt"), "dear");
            Files.writeString(folder.resolve(Corrections.FILE), "{}");
            assertThat(told.poll(1500, TimeUnit.MILLISECONDS)).isNull();
        }
    }
}
