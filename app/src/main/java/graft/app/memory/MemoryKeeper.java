package graft.app.memory;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.LoggerFactory;

/**
 * Keeps the memory in a file that has its old or its new content, whenever the program is killed. Changes are written soon after
 * they were made, in the background: those of half a second together.
 */
public final class MemoryKeeper {
    private static final String NAME = "window.json";
    private static final long MILLIS = 500;

    private final Path file;
    private final ReadOnlyObjectWrapper<Memory> memory = new ReadOnlyObjectWrapper<>();
    private final AtomicReference<Memory> unwritten = new AtomicReference<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "memory");
        thread.setDaemon(true);
        return thread;
    });

    /** @param project its folder */
    public MemoryKeeper(Path project) {
        this.file = project.resolve(NAME);
        this.memory.set(read());
    }

    /** A file that cannot be read is put aside, not lost; the window then starts as on the first day. */
    private Memory read() {
        try {
            return Memory.read(file);
        } catch (Refusal damaged) {
            Path aside = file.resolveSibling(NAME + ".damaged");
            LoggerFactory.getLogger(MemoryKeeper.class).warn("{} It is kept as {}.", damaged.getMessage(), aside);
            try {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                LoggerFactory.getLogger(MemoryKeeper.class).warn("cannot move it there: {}", AtomicFile.reason(e));
            }
            return Memory.NONE;
        }
    }

    public ReadOnlyObjectProperty<Memory> memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    public Memory now() {
        return memory.get();
    }

    /** Remembers something. Called on one thread only. */
    public void change(UnaryOperator<Memory> change) {
        Memory next = change.apply(memory.get());
        if (next.equals(memory.get())) {
            return;
        }
        memory.set(next);
        if (unwritten.getAndSet(next) == null) {
            writer.schedule(this::write, MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes at once what is still to be written. */
    public void write() {
        synchronized (writer) {
            Memory next = unwritten.getAndSet(null);
            if (next == null) {
                return;
            }
            try {
                Files.createDirectories(file.getParent());
                Json.write(file, next);
            } catch (IOException | Refusal e) {
                // Nothing of the user's work is in it: the next start only begins with less.
                LoggerFactory.getLogger(MemoryKeeper.class).warn("cannot write {}: {}", file, e.getMessage());
            }
        }
    }
}
