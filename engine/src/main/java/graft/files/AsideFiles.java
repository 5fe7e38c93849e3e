package graft.files;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Files that belong together: all of them get their names, or none does and what was there before stays. */
public final class AsideFiles implements AutoCloseable {
    private final List<AsideFile> files = new ArrayList<>();

    /** One more file; nothing is written yet. Closed together with the others. */
    public AsideFile add(Path file) {
        AsideFile aside = AsideFile.of(file);
        files.add(aside);
        return aside;
    }

    /**
     * Gives those that were written their names. Of those that were not, an older file of the name goes: it would be taken
     * for one of these.
     *
     * @throws Refusal if that fails; the older files are then all there again
     */
    public void take() {
        Deque<Runnable> back = new ArrayDeque<>();
        try (AsideFiles old = new AsideFiles()) {
            try {
                for (AsideFile each : files) {
                    if (Files.exists(each.target())) {
                        AsideFile kept = old.add(each.file());
                        link(each.file(), each.target(), kept.path());
                        back.push(() -> move(each.file(), kept.path(), each.target()));
                    } else {
                        back.push(() -> delete(each.file(), each.target()));
                    }
                    if (Files.exists(each.path())) {
                        each.take();
                    } else {
                        delete(each.file(), each.target());
                    }
                }
            } catch (Refusal e) {
                for (Runnable step : back) {
                    try {
                        step.run();
                    } catch (Refusal again) {
                        e.addSuppressed(again);
                    }
                }
                throw e;
            }
        }
    }

    /** A second name for the same content, so that the first one is never without. */
    private static void link(Path file, Path from, Path to) {
        try {
            try {
                Files.createLink(to, from);
            } catch (UnsupportedOperationException | FileSystemException e) {
                Files.copy(from, to); // not every file system knows second names
            }
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    private static void delete(Path file, Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    private static void move(Path file, Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        CannotWrite first = null;
        for (AsideFile each : files) {
            try {
                each.close();
            } catch (CannotWrite e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
