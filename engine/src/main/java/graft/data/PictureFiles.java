package graft.data;

import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The picture files of a folder, by class, as they lie there: nothing is decoded yet.
 *
 * @param classes names, sorted
 * @param files in the order of part, class and file name
 * @param skipped what was left out, and why
 */
public record PictureFiles(Path source, List<String> classes, List<Found> files, List<Skipped> skipped) {
    static final String TRAIN = "train";
    static final String VAL = "val";

    /**
     * A picture file as found.
     *
     * @param part {@code train}, {@code val}, or "" where the folder has no such parts and is still to be split
     */
    public record Found(Path file, String part, String className) {}

    /**
     * Reads the names in {@code source}: {@code train/<class>/*} and {@code val/<class>/*}, or {@code <class>/*}.
     *
     * @throws Refusal where these are no pictures in class folders, with what to do about it
     */
    public static PictureFiles scan(Path source) {
        Scan scan = new Scan(source);
        scan.run();
        return new PictureFiles(
                source, List.copyOf(scan.checkClasses()), List.copyOf(scan.found), List.copyOf(scan.skipped));
    }

    /** The files to judge by: the part {@code val}, or what a split by {@code seed} puts there. */
    public Set<Path> validation(long seed) {
        return classes.stream()
                .flatMap(name -> {
                    List<Found> ofClass = files.stream()
                            .filter(f -> f.className().equals(name))
                            .toList();
                    return isSplit()
                            ? ofClass.stream().filter(f -> f.part().equals(VAL))
                            : Split.validation(ofClass, this::name, seed).stream();
                })
                .map(Found::file)
                .collect(Collectors.toSet());
    }

    /** Whether the folder itself says what to learn from and what to judge by. */
    public boolean isSplit() {
        return !files.get(0).part().isEmpty();
    }

    /** Path inside the data set, with slashes. */
    public String name(Found found) {
        return source.relativize(found.file()).toString().replace('\\', '/');
    }

    /** Walks the folder. */
    private static final class Scan {
        private final Path source;
        private final List<Found> found = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();

        private Scan(Path source) {
            this.source = source;
        }

        private void run() {
            boolean train = Files.isDirectory(source.resolve(TRAIN));
            boolean val = Files.isDirectory(source.resolve(VAL));
            if (train && val) {
                scanClasses(source.resolve(TRAIN), TRAIN);
                scanClasses(source.resolve(VAL), VAL);
            } else if ((train || val) && holdsFolders(source.resolve(train ? TRAIN : VAL))) {
                throw new Refusal(source + " has a folder " + (train ? TRAIN : VAL) + " but none called "
                        + (train ? VAL : TRAIN) + ". Add it with one sub-folder per class, or give "
                        + source.resolve(train ? TRAIN : VAL) + " itself to have it split.");
            } else {
                scanClasses(source, "");
            }
            if (found.isEmpty()) {
                throw new Refusal(source + " holds no pictures in class folders. Put the pictures ("
                        + String.join(", ", PictureReader.ENDINGS) + ") into one sub-folder per class, for example "
                        + source.resolve("cat") + " and " + source.resolve("dog") + "."
                        + (skipped.isEmpty()
                                ? ""
                                : " " + skipped.size() + " files were left out, such as "
                                        + skipped.get(0).file() + ": "
                                        + skipped.get(0).reason() + "."));
            }
        }

        private boolean holdsFolders(Path folder) {
            return list(folder).stream().anyMatch(Files::isDirectory);
        }

        private void scanClasses(Path folder, String part) {
            for (Path entry : list(folder)) {
                String name = entry.getFileName().toString();
                Optional<String> clutter = Files.isDirectory(entry) ? Clutter.folder(name) : Clutter.file(name);
                if (clutter.isPresent()) {
                    skipped.add(new Skipped(entry, clutter.get()));
                } else if (Files.isDirectory(entry)) {
                    scanClass(entry, part, name);
                } else if (!part.isEmpty() || PictureReader.ENDINGS.contains(PictureReader.ending(name))) {
                    skipped.add(new Skipped(entry, "it lies in no class folder"));
                }
            }
        }

        private void scanClass(Path folder, String part, String className) {
            int before = found.size();
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                if (Files.isDirectory(file)) {
                    skipped.add(new Skipped(file, "folders inside class folders are not read"));
                } else if (Clutter.file(name).isPresent()) {
                    skipped.add(new Skipped(file, Clutter.file(name).get()));
                } else if (!PictureReader.ENDINGS.contains(PictureReader.ending(name))) {
                    skipped.add(
                            new Skipped(file, "only " + String.join(", ", PictureReader.ENDINGS) + " files are read"));
                } else {
                    found.add(new Found(file, part, className));
                }
            }
            if (found.size() == before) {
                skipped.add(new Skipped(folder, "it holds no pictures"));
            }
        }

        private static List<Path> list(Path folder) {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.sorted((a, b) -> a.getFileName()
                                .toString()
                                .compareTo(b.getFileName().toString()))
                        .toList();
            } catch (IOException e) {
                throw new Refusal(
                        "The folder " + folder + " cannot be listed (" + e + "). Check that you may read it.", e);
            }
        }

        private Set<String> checkClasses() {
            Set<String> train = classesOf(TRAIN);
            Set<String> val = classesOf(VAL);
            Set<String> unsplit = classesOf("");
            if (unsplit.isEmpty()) {
                refuseEmpty(train, TRAIN, source);
                refuseEmpty(val, VAL, source);
            }
            for (String name : val) {
                if (!train.contains(name)) {
                    throw new Refusal("The class " + name + " has pictures in " + source.resolve(VAL) + " but none in "
                            + source.resolve(TRAIN) + " (which has " + String.join(", ", train)
                            + "). Rename the folder, or add pictures to learn the class from.");
                }
            }
            Set<String> classes = unsplit.isEmpty() ? train : unsplit;
            if (classes.size() < 2) {
                throw new Refusal(source + " has pictures of one class only ("
                        + classes.iterator().next()
                        + "). There is nothing to tell apart: add a folder with pictures of at least one other class.");
            }
            return classes;
        }

        private static void refuseEmpty(Set<String> classes, String part, Path source) {
            if (classes.isEmpty()) {
                throw new Refusal(
                        source.resolve(part) + " holds no pictures. Put pictures into one sub-folder per class, or"
                                + " remove the folders train and val and give one folder per class to have it split.");
            }
        }

        private Set<String> classesOf(String part) {
            return found.stream()
                    .filter(picture -> picture.part().equals(part))
                    .map(Found::className)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
