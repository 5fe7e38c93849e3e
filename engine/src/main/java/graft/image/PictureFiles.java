package graft.image;

import graft.Refusal;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The picture files of a folder, by class, as they lie there: nothing is decoded yet.
 *
 * @param classes names, sorted
 * @param files in the order of part, class and file name
 * @param skipped what was left out, and why
 * @param remarks what the names alone say
 */
public record PictureFiles(
        Path source, List<String> classes, List<Found> files, List<Skipped> skipped, List<Remark> remarks) {
    static final String TRAIN = Parts.TRAIN.word();
    static final String VAL = Parts.VAL.word();
    static final String TEST = Parts.TEST.word();

    /**
     * A picture file as found.
     *
     * @param part {@code train}, {@code val}, {@code test}, or "" where it is still to be split into train and val
     */
    public record Found(Path file, String part, String className) {}

    /**
     * Reads the names in {@code source}: {@code train/<class>/*}, {@code val/<class>/*} and {@code test/<class>/*}, in any
     * of the words that are usual for them, or {@code <class>/*}; all of it may lie in one folder more.
     *
     * @throws Refusal where these are no pictures in class folders, with what to do about it
     */
    public static PictureFiles scan(Path source) {
        return new FolderScan(source).run();
    }

    /** The files to judge by: the part {@code val}, or what a split by {@code seed} puts there. */
    public Set<Path> validation(long seed) {
        return validation(seed, Split.SHARE);
    }

    /** The same with another share than a fifth of each class. */
    public Set<Path> validation(long seed, double share) {
        return classes.stream()
                .flatMap(name -> {
                    List<Found> ofClass = files.stream()
                            .filter(f -> f.className().equals(name))
                            .toList();
                    return isSplit()
                            ? ofClass.stream().filter(f -> f.part().equals(VAL))
                            : Split.validation(
                                    ofClass.stream()
                                            .filter(f -> f.part().isEmpty())
                                            .toList(),
                                    this::name,
                                    seed,
                                    share)
                                    .stream();
                })
                .map(Found::file)
                .collect(Collectors.toSet());
    }

    /** Whether the folder itself says what to learn from and what to judge by while learning. */
    public boolean isSplit() {
        return files.stream().noneMatch(f -> f.part().isEmpty());
    }

    /** Path inside the data set, with slashes. */
    public String name(Found found) {
        return FileNames.inside(source, found.file());
    }
}
