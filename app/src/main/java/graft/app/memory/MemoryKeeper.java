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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.LoggerFactory;

/**
 * Keeps the memory in files that have their old or their new content, whenever the program is killed. Changes are written soon after
 * they were made, in the background: those of half a second together. What is the same in all projects has a file in the user's home.
 */
public final class MemoryKeeper {
    private static final String NAME = "window.json";
    private static final String SHARED = "settings.json";
    private static final long MILLIS = 500;

    private final Path file;
    private final ProjectPlaces places;
    /** Of all projects; null where this one alone counts. */
    private final Path shared;

    private final ReadOnlyObjectWrapper<Memory> memory = new ReadOnlyObjectWrapper<>();
    private final AtomicReference<Memory> unwritten = new AtomicReference<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "memory");
        thread.setDaemon(true);
        return thread;
    });

    /** @param project its folder, which all that is remembered belongs to */
    public MemoryKeeper(Path project) {
        this.file = project.resolve(NAME);
        this.places = new ProjectPlaces(project);
        this.shared = null;
        this.memory.set(readOwn(file).at(places::found));
    }

    /**
     * @param project folder of the project that is open
     * @param usual the one in which what counts for all of them was kept before there were several
     * @param home where it is kept now
     */
    public MemoryKeeper(Path project, Path usual, Path home) {
        this.file = project.resolve(NAME);
        this.places = new ProjectPlaces(project);
        this.shared = home.resolve(SHARED);
        Memory own = readOwn(file).at(places::found);
        SharedMemory common = Files.exists(shared)
                ? read(shared, () -> Json.read(shared, SharedMemory.class), SharedMemory.of(own))
                : SharedMemory.of(project.equals(usual) ? own : readOwn(usual.resolve(NAME)));
        this.memory.set(common.in(own));
    }

    private static Memory readOwn(Path file) {
        return read(file, () -> Memory.read(file), Memory.NONE);
    }

    /** A file that cannot be read is put aside, not lost; the window then starts as on the first day. */
    private static <T> T read(Path file, Supplier<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (Refusal damaged) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            LoggerFactory.getLogger(MemoryKeeper.class).warn("{} It is kept as {}.", damaged.getMessage(), aside);
            try {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                LoggerFactory.getLogger(MemoryKeeper.class).warn("cannot move it there: {}", AtomicFile.reason(e));
            }
            return otherwise;
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
            writer.schedule((Runnable) this::write, MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes at once what is still to be written. */
    public void write() {
        synchronized (writer) {
            Memory next = unwritten.getAndSet(null);
            if (next == null) {
                return;
            }
            write(file, next.at(places::written));
            if (shared != null) {
                write(shared, SharedMemory.of(next));
            }
        }
    }

    private static void write(Path file, Object content) {
        try {
            Files.createDirectories(file.getParent());
            Json.write(file, content);
        } catch (IOException | Refusal e) {
            // Nothing of the user's work is in it: the next start only begins with less.
            LoggerFactory.getLogger(MemoryKeeper.class).warn("cannot write {}: {}", file, e.getMessage());
        }
    }
}
