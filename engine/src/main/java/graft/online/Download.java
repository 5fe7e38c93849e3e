package graft.online;

import graft.Refusal;
import graft.files.CannotWrite;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file fetched from an address: whole and with the content that was promised, or not at all. What a broken connection, a stop or
 * a killed process left lies beside the place as {@code NAME.download} and is gone on with, where the server still has the same
 * file. Of two processes that want the same file one fetches it.
 */
public final class Download {
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final Wanted wanted;
    private final Connections connections;
    private final Patience patience;
    private final Progress progress;

    private Download(Wanted wanted, Connections connections, Patience patience, Progress progress) {
        this.wanted = wanted;
        this.connections = connections;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Fetches it, unless it is there with the content that was promised.
     *
     * @return whether it is there now; false where it was cancelled
     * @throws Refusal where it cannot be had, is not what was promised, or another file has the name
     * @throws CannotWrite where there is no room, or no leave to write
     */
    public static boolean of(Wanted wanted, Connections connections, Patience patience, Progress progress) {
        return new Download(wanted, connections, patience, progress).fetch();
    }

    private boolean fetch() {
        boolean isSaid = false;
        while (!progress.isCancelled()) {
            if (isThere()) {
                return true;
            }
            Optional<PartialFile> held = PartialFile.hold(wanted.file());
            if (held.isPresent()) {
                try (PartialFile part = held.get()) {
                    return isThere() || fetch(part); // it may have come while this one waited
                }
            }
            if (!isSaid) {
                progress.note("Another Graft is fetching " + wanted.name() + ": this one waits for it.");
                isSaid = true;
            }
            sleep(OFTEN);
        }
        return false;
    }

    private boolean isThere() {
        Path file = wanted.file();
        if (!Files.exists(file)) {
            return false;
        }
        if (wanted.checksum().isPresent() && !holds(wanted.checksum().get(), file)) {
            throw new Refusal(file + " is there already, and is not what " + wanted.address()
                    + " offers: its content has another checksum. Move it away, or name another place.");
        }
        return true;
    }

    private static boolean holds(Checksum checksum, Path file) {
        try {
            return checksum.holdsFor(file);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private boolean fetch(PartialFile part) {
        int failed = 0;
        while (true) {
            long before = bytes(part);
            try {
                if (!new Transfer(wanted, connections, part, progress).run()) {
                    return false;
                }
                finish(part);
                return true;
            } catch (Transfer.Interrupted e) {
                failed = bytes(part) > before ? 1 : failed + 1;
                if (failed >= patience.attempts()) {
                    throw new Refusal(
                            wanted.name() + " cannot be fetched from " + wanted.address() + ": " + e.getMessage() + ", "
                                    + patience.attempts() + " times in a row. Try again later; what has come is kept.",
                            e);
                }
                Duration pause = e.asked().orElse(patience.pause(failed));
                progress.note(
                        wanted.name() + ": " + e.getMessage() + ". It is tried again in " + pause.toSeconds() + " s.");
                if (!rested(pause)) {
                    return false;
                }
            }
        }
    }

    private long bytes(PartialFile part) {
        try {
            return part.bytes();
        } catch (IOException e) {
            throw new CannotWrite(part.path(), e);
        }
    }

    private void finish(PartialFile part) {
        try {
            if (wanted.checksum().isPresent()) {
                progress.report(new Stage("checking " + wanted.name(), 0, 0));
                if (!wanted.checksum().get().holdsFor(part.path())) {
                    part.discard();
                    throw new Refusal(
                            wanted.name() + " from " + wanted.address() + " is not what was promised: its "
                                    + wanted.checksum().get().kind().algorithm() + " is another than "
                                    + wanted.checksum().get().hex()
                                    + ". It was deleted. Try again; if it happens twice, the file was changed or is changed on the way.");
                }
            } else {
                progress.note(wanted.name() + " was not checked: its address states no checksum.");
            }
            part.take();
        } catch (IOException e) {
            throw new CannotWrite(wanted.file(), e);
        }
    }

    /** False where it was cancelled meanwhile. */
    private boolean rested(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (progress.isCancelled()) {
                return false;
            }
            sleep(OFTEN.compareTo(pause) < 0 ? OFTEN : pause);
        }
        return true;
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while fetching.", e);
        }
    }
}
