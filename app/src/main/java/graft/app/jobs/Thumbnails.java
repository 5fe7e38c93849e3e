package graft.app.jobs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/**
 * Values that are made of files away from the FX thread, the last so many of which are kept.
 *
 * @param <T> what is made of a file
 */
public final class Thumbnails<T> {
    private static final int KEPT = 600;

    private final Function<Path, T> maker;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "thumbnails");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private final Map<Path, ReadOnlyObjectWrapper<T>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, ReadOnlyObjectWrapper<T>> eldest) {
            return size() > KEPT;
        }
    };

    /** @param maker called in the background; null where nothing can be made of a file */
    public Thumbnails(Function<Path, T> maker) {
        this.maker = maker;
    }

    /** What is made of a file: null until it is there. To be called on the FX thread. */
    public ObservableValue<T> of(Path file) {
        return kept.computeIfAbsent(file, this::load).getReadOnlyProperty();
    }

    private ReadOnlyObjectWrapper<T> load(Path file) {
        ReadOnlyObjectWrapper<T> value = new ReadOnlyObjectWrapper<>();
        threads.execute(() -> {
            T made = maker.apply(file);
            Platform.runLater(() -> value.set(made));
        });
        return value;
    }
}
