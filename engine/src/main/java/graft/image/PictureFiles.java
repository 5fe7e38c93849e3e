package graft.image;

import graft.Refusal;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    /** Small, so that large JPEG files are decoded quickly. */
    private static final int LOOKED_AT = 64;

    static final String TRAIN = Parts.TRAIN.word();
    static final String VAL = Parts.VAL.word();
    static final String TEST = Parts.TEST.word();

    /**
     * A picture file as found.
     *
     * @param part {@code train}, {@code val}, {@code test}, or "" where it is still to be split into train and val
     * @param name path inside the data set, with slashes; the whole path of a file that was added from elsewhere
     */
    public record Found(Path file, String part, String className, String name) {}

    /**
     * Reads the names in {@code source}: {@code train/<class>/*}, {@code val/<class>/*} and {@code test/<class>/*}, in any
     * of the words that are usual for them, or {@code <class>/*}; all of it may lie in one folder more. Of several folders that are
     * joined each is read so, or is a class.
     *
     * @throws Refusal where these are no pictures in class folders, with what to do about it
     */
    public static PictureFiles scan(Path source) {
        return FoundPictures.of(source);
    }

    /** Why a file cannot be learnt from as a picture; empty where it can. It is read, so that a damaged one is known at once. */
    public static Optional<String> whyNoPicture(Path file) {
        Optional<String> byName = PictureName.whyNot(file, FileNames.last(file));
        if (byName.isPresent()) {
            return byName;
        }
        try {
            PictureReader.read(PictureContent.of(file), LOOKED_AT);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
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
                    List<Found> drawn = Split.validation(
                            ofClass.stream().filter(f -> f.part().isEmpty()).toList(), Found::name, seed, share);
                    return Stream.concat(ofClass.stream().filter(f -> f.part().equals(VAL)), drawn.stream());
                })
                .map(Found::file)
                .collect(Collectors.toSet());
    }

    /** Whether the folder itself says what to learn from and what to judge by while learning. */
    public boolean isSplit() {
        return files.stream().noneMatch(f -> f.part().isEmpty());
    }
}
