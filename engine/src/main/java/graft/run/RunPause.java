package graft.run;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Holds a run between two steps as long as a file {@code paused} lies in its folder: whoever may write there can pause a run that goes
 * on in any process, and let it go on. The file is gone when a run begins, is resumed or ends.
 */
public final class RunPause implements Progress {
    private static final String FILE = "paused";

    /** Looking at the disk at each step would cost as much as small steps do. */
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path folder;
    private final Progress progress;
    private long lookedAt = System.nanoTime() - NANOS;

    public RunPause(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /** Whether the run in a folder is asked to wait. */
    public static boolean isAsked(Path folder) {
        return Files.exists(file(folder));
    }

    /** The run in a folder waits before its next step. */
    public static void pause(Path folder) {
        try {
            if (!isAsked(folder)) {
                Files.createFile(file(folder));
            }
        } catch (IOException e) {
            throw new Refusal(
                    "The run in " + folder + " cannot be paused: " + AtomicFile.reason(e)
                            + ". See to it that you may write there, or stop the run; it can be resumed.",
                    e);
        }
    }

    /** Lets it go on. */
    public static void goOn(Path folder) {
        try {
            Files.deleteIfExists(file(folder));
        } catch (IOException e) {
            throw new Refusal(
                    "The run in " + folder + " cannot go on: " + AtomicFile.reason(e) + ". Delete the file "
                            + file(folder) + ".",
                    e);
        }
    }

    @Override
    public void report(Event event) {
        progress.report(event);
    }

    @Override
    public boolean isCancelled() {
        return progress.isCancelled();
    }

    @Override
    public boolean isEnoughAsked() {
        return progress.isEnoughAsked();
    }

    @Override
    public void waitWhilePaused() {
        progress.waitWhilePaused();
        if (System.nanoTime() - lookedAt < NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        if (!isAsked(folder)) {
            return;
        }
        progress.stage("paused", 0, 0);
        while (isAsked(folder) && !progress.isCancelled() && !progress.isEnoughAsked()) {
            try {
                TimeUnit.NANOSECONDS.sleep(NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        progress.stage("continuing", 0, 0);
    }
}
