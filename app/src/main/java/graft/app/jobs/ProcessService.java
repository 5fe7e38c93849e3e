package graft.app.jobs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.concurrent.Service;
import javafx.concurrent.Task;

/** Supervises a child process from a background thread, and hands what it says to the FX thread in batches. */
public final class ProcessService extends Service<ChildProcess.End> implements ChildProcess {
    private static final long MILLIS_BETWEEN_BATCHES = 40;

    /** glibc would give each large block back to the system and fetch it again: a third of the time of a training step. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MALLOC_TRIM_THRESHOLD_", "4294967296", "MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_ARENA_MAX", "1");

    private List<String> command = List.of();
    private Watcher watcher;
    private volatile Writer input;

    public ProcessService() {
        setExecutor(daemonThreads());
        setOnSucceeded(event -> watcher.ended(getValue()));
        setOnFailed(event -> watcher.ended(new End(-1, Failures.words(getException()))));
    }

    private static Executor daemonThreads() {
        return work -> {
            Thread thread = new Thread(work, "child-process");
            thread.setDaemon(true);
            thread.start();
        };
    }

    @Override
    public void start(List<String> words, Watcher watching) {
        command = List.copyOf(words);
        watcher = watching;
        restart();
    }

    @Override
    public void send(String line) {
        Writer to = input;
        if (to == null) {
            return;
        }
        try {
            to.write(line + "\n");
            to.flush();
        } catch (IOException e) {
            // The process has ended meanwhile, which its watcher is told in any case.
            input = null;
        }
    }

    @Override
    public void hangUp() {
        Writer to = input;
        input = null;
        if (to == null) {
            return;
        }
        try {
            to.close();
        } catch (IOException e) {
            // as in send: nobody is there to read
        }
    }

    @Override
    protected Task<End> createTask() {
        List<String> words = command;
        Watcher watching = watcher;
        return new Task<>() {
            @Override
            protected End call() throws Exception {
                ProcessBuilder builder = new ProcessBuilder(JavaProgram.behindTheWindow(words));
                builder.environment().putAll(ENVIRONMENT);
                Process process = builder.start();
                input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
                CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
                Batch batch = new Batch(watching);
                try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        batch.add(line);
                    }
                }
                batch.deliver();
                int code = process.waitFor();
                input = null;
                return new End(code, output.join());
            }
        };
    }

    private static String text(InputStream from) {
        try (from) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Collects lines; one delivery at a time waits for the FX thread, and the next no sooner than 40 ms later. */
    private static final class Batch {
        private final Watcher watcher;
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private List<String> lines = new ArrayList<>();

        private Batch(Watcher watcher) {
            this.watcher = watcher;
        }

        private synchronized void add(String line) {
            lines.add(line);
            if (scheduled.compareAndSet(false, true)) {
                CompletableFuture.delayedExecutor(MILLIS_BETWEEN_BATCHES, java.util.concurrent.TimeUnit.MILLISECONDS)
                        .execute(() -> Platform.runLater(this::deliverNow));
            }
        }

        private synchronized List<String> take() {
            List<String> taken = lines;
            lines = new ArrayList<>();
            scheduled.set(false);
            return taken;
        }

        private void deliverNow() {
            List<String> taken = take();
            if (!taken.isEmpty()) {
                watcher.said(taken);
            }
        }

        /** What is left, before the end is told. */
        private void deliver() {
            Platform.runLater(this::deliverNow);
        }
    }
}
