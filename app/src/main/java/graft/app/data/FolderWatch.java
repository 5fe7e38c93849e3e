package graft.app.data;

import graft.data.Corrections;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Notices that a file or folder of examples was changed by somebody else while it is open. Nothing is read: whoever is told decides.
 * Where the system has no more to give for watching, or a drive cannot be watched, nothing is noticed.
 */
public final class FolderWatch implements AutoCloseable {
    /** Below the folder of the data: its parts, and their classes. */
    private static final int DEEP = 3;

    private static final int MOST_FOLDERS = 2_000;
    /** Files that are copied there come one by one. */
    private static final long QUIET_MILLIS = 700;

    private final Consumer<Path> changed;
    private WatchService service;

    /** @param changed gets what was changed, on a thread of its own */
    public FolderWatch(Consumer<Path> changed) {
        this.changed = changed;
    }

    /** Watches this instead of what was watched before; null = nothing. */
    public synchronized void watch(Path source) {
        close();
        if (source == null) {
            return;
        }
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            LoggerFactory.getLogger(FolderWatch.class).warn("{} is not watched: {}", source, e.getMessage());
            return;
        }
        WatchService mine = service;
        Thread thread = new Thread(() -> follow(mine, source), "folder-watch");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    @Override
    public synchronized void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LoggerFactory.getLogger(FolderWatch.class).warn("cannot stop watching: {}", e.getMessage());
            }
            service = null;
        }
    }

    private void follow(WatchService mine, Path source) {
        try {
            Map<WatchKey, Path> folders = register(mine, source);
            boolean news = false;
            while (true) {
                WatchKey key = news ? mine.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : mine.take();
                if (key == null) {
                    changed.accept(source);
                    news = false;
                    continue;
                }
                for (WatchEvent<?> event : key.pollEvents()) {
                    news |= counts(event, folders.get(key), source);
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException e) {
            // something else is watched now
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LoggerFactory.getLogger(FolderWatch.class).warn("{} is not watched: {}", source, e.getMessage());
        }
    }

    private static Map<WatchKey, Path> register(WatchService service, Path source) throws IOException {
        Map<WatchKey, Path> out = new HashMap<>();
        if (!Files.isDirectory(source)) {
            put(out, service, source.toAbsolutePath().getParent());
            return out;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.find(source, DEEP, (path, about) -> about.isDirectory())) {
            folders = all.limit(MOST_FOLDERS).toList();
        }
        for (Path folder : folders) {
            put(out, service, folder);
        }
        return out;
    }

    private static void put(Map<WatchKey, Path> out, WatchService service, Path folder) throws IOException {
        out.put(
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_DELETE,
                        StandardWatchEventKinds.ENTRY_MODIFY),
                folder);
    }

    /** What Graft itself writes there, and what other programs hide, is no news. */
    private static boolean counts(WatchEvent<?> event, Path folder, Path source) {
        if (!(event.context() instanceof Path name)) {
            return true; // more happened than could be told
        }
        boolean own =
                name.toString().contains(Corrections.FILE) || name.toString().startsWith(".");
        return !own && (Files.isDirectory(source) || folder.resolve(name).equals(source.toAbsolutePath()));
    }
}
