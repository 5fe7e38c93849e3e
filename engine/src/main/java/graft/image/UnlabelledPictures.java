package graft.image;

import graft.data.FileNames;
import graft.data.InputWalk;
import graft.data.Unlabelled;
import graft.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Pictures, and those in folders of any depth, prepared for a network. Folders mean no classes here. */
public final class UnlabelledPictures implements Unlabelled {
    /** Decoded pictures that are held at once. */
    private static final int AT_ONCE = 64;

    private final List<Path> inputs;
    private final Preprocessing how;
    private final long size;
    private final long others;

    private UnlabelledPictures(List<Path> inputs, Preprocessing how, Count count) {
        this.inputs = inputs;
        this.how = how;
        this.size = count.pictures;
        this.others = count.others;
    }

    /** Nothing is decoded yet; the folders are gone through once, to know how many there are. */
    public static UnlabelledPictures of(List<Path> inputs, Preprocessing how, Progress progress) {
        Count count = new Count(progress);
        InputWalk.over(inputs, count);
        return new UnlabelledPictures(List.copyOf(inputs), how, count);
    }

    /** Whether a file is a picture by its name, or a folder of any depth holds one. */
    public static boolean areIn(Path input) {
        if (!Files.isDirectory(input)) {
            return PictureName.whyNot(input, FileNames.last(input)).isEmpty();
        }
        try (Stream<Path> files = Files.walk(input)) {
            return files.anyMatch(file -> !Files.isDirectory(file)
                    && PictureName.whyNot(file, FileNames.last(file)).isEmpty());
        } catch (IOException | UncheckedIOException e) {
            return true; // what cannot be looked into is named when it is read
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public void read(Consumer<Portion> portions, Progress progress) {
        if (others > 0) {
            progress.note("Passed over: " + others
                    + (others == 1
                            ? " file or folder that is no picture by its name."
                            : " files and folders that are no pictures by their names."));
        }
        Reader reader = new Reader(portions, Progress.withoutStages(progress));
        InputWalk.over(inputs, reader);
        reader.flush();
    }

    /** Says of each file whether it is among the pictures. */
    private abstract static class Sorting implements InputWalk.Visitor {
        private final Progress progress;

        Sorting(Progress progress) {
            this.progress = progress;
        }

        /** Called for every file and folder that is none. */
        abstract void other();

        @Override
        public void found(Path file, String name) {
            String last = FileNames.last(file);
            Optional<String> reason = PictureName.whyNot(file, last);
            if (reason.isEmpty()) {
                named(file, name);
            } else if (PictureName.isMeant(file, last)) {
                unreadable(name, reason.get());
            } else {
                other();
            }
            if (progress.isCancelled()) {
                throw new CancellationException("looking for pictures was cancelled");
            }
        }

        @Override
        public void passed(Path folder) {
            other();
        }
    }

    private static final class Count extends Sorting {
        private long pictures;
        private long others;

        Count(Progress progress) {
            super(progress);
        }

        @Override
        public void named(Path file, String name) {
            pictures++;
        }

        @Override
        public void unreadable(String name, String reason) {
            pictures++;
        }

        @Override
        void other() {
            others++;
        }
    }

    private final class Reader extends Sorting {
        private final Consumer<Portion> portions;
        private final Progress progress;
        private final List<Path> files = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Unread> unread = new ArrayList<>();

        Reader(Consumer<Portion> portions, Progress progress) {
            super(progress);
            this.portions = portions;
            this.progress = progress;
        }

        /** A file that is named by the user is a picture whatever it is called. */
        @Override
        public void named(Path file, String name) {
            files.add(file);
            names.add(name);
            if (files.size() == AT_ONCE) {
                flush();
            }
        }

        @Override
        public void unreadable(String name, String reason) {
            unread.add(new Unread(name, reason));
        }

        @Override
        void other() {
            // counted before
        }

        void flush() {
            PictureStore store = new PictureStore(files, how);
            List<PictureStore.Outcome> outcomes = store.readAll(progress);
            List<PictureExamples.Entry> read = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                String failure = outcomes.get(i).failure();
                if (failure.isEmpty()) {
                    read.add(new PictureExamples.Entry(i, names.get(i), 0));
                } else {
                    unread.add(new Unread(names.get(i), failure));
                }
            }
            List<List<String>> told =
                    read.stream().map(any -> List.<String>of()).toList();
            portions.accept(new Portion(new PictureExamples(store, how, read, 1), told, List.copyOf(unread)));
            files.clear();
            names.clear();
            unread.clear();
        }
    }
}
