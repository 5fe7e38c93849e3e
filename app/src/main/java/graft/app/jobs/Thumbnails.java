package graft.app.jobs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;

/**
 * Values that are made of files away from the FX thread, the last so many of which are kept. What nobody looks at any more before
 * its turn comes is not made: whoever scrolls past thousands waits for none of them.
 *
 * @param <T> what is made of a file
 */
public final class Thumbnails<T> {
    /** More than the largest screen shows at once. */
    private static final int KEPT = 1000;

    private final Function<Path, T> maker;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "thumbnails");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private final Map<Path, Asked> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Asked> eldest) {
            return size() > KEPT;
        }
    };

    /** @param maker called in the background; null where nothing can be made of a file */
    public Thumbnails(Function<Path, T> maker) {
        this.maker = maker;
    }

    /** What is made of a file: null until it is there. To be called on the FX thread. */
    public ObservableValue<T> of(Path file) {
        Asked there = kept.get(file);
        if (there == null) {
            there = new Asked(file);
            kept.put(file, there);
            threads.execute(there::make);
        }
        return there;
    }

    /** A value with those who look at it. They come and go on the FX thread. */
    private final class Asked extends SimpleObjectProperty<T> {
        private final Path file;
        private int watchers;
        private volatile boolean begun;
        private volatile boolean passed;

        private Asked(Path file) {
            this.file = file;
        }

        private void make() {
            begun = true;
            if (!passed) {
                T made = maker.apply(file);
                Platform.runLater(() -> set(made));
            }
        }

        private void left() {
            watchers--;
            if (watchers == 0 && !begun) {
                passed = true;
                kept.remove(file, this);
            }
        }

        @Override
        public void addListener(InvalidationListener listener) {
            super.addListener(listener);
            watchers++;
        }

        @Override
        public void removeListener(InvalidationListener listener) {
            super.removeListener(listener);
            left();
        }

        @Override
        public void addListener(ChangeListener<? super T> listener) {
            super.addListener(listener);
            watchers++;
        }

        @Override
        public void removeListener(ChangeListener<? super T> listener) {
            super.removeListener(listener);
            left();
        }
    }
}
