package graft.files;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** A folder made for results. Those folders that were made and stayed empty, since the work was refused, go again. */
public final class OutputFolder implements AutoCloseable {
    private final Deque<Path> made;

    private OutputFolder(Deque<Path> made) {
        this.made = made;
    }

    /**
     * Makes the folder and those above it, where they are not there.
     *
     * @throws CannotWrite if that fails
     */
    public static OutputFolder make(Path folder) {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder.toAbsolutePath().normalize();
                each != null && !Files.exists(each);
                each = each.getParent()) {
            missing.addLast(each);
        }
        try {
            Files.createDirectories(folder);
            return new OutputFolder(missing);
        } catch (IOException e) {
            throw new CannotWrite(
                    "Cannot make the folder " + folder + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to with --out.",
                    e);
        }
    }

    @Override
    public void close() {
        for (Path each : made) {
            try (Stream<Path> inside = Files.list(each)) {
                if (inside.findAny().isPresent()) {
                    return;
                }
                Files.delete(each);
            } catch (IOException e) {
                throw new Refusal("Cannot remove the empty folder " + each + ": " + AtomicFile.reason(e) + ".", e);
            }
        }
    }
}
