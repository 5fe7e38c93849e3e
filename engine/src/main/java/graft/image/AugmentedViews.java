package graft.image;

import graft.Refusal;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Versions of a picture as training shows them to a network: made by the same code, from the same numbers drawn. */
public final class AugmentedViews {
    private AugmentedViews() {}

    /**
     * Some versions of a picture, cut to the size of the network's input, before its values are scaled.
     *
     * @param seed of the run
     * @param first the number of the first version, from 1
     * @throws Refusal where the file cannot be read
     */
    public static List<Picture> of(
            Path file, Preprocessing how, Augmentation augmentation, long seed, long first, int count) {
        PictureStore store = new PictureStore(List.of(file), how);
        String failure = store.readAll(Progress.NONE).get(0).failure();
        if (!failure.isEmpty()) {
            throw new Refusal(file + " cannot be read: " + failure + ". Choose another picture.");
        }
        PictureExamples examples = new PictureExamples(
                        store, how, List.of(new PictureExamples.Entry(0, file.toString(), 0)), 1)
                .augmented(augmentation, seed);
        return LongStream.range(first, first + count)
                .mapToObj(view -> examples.picture(0, view))
                .toList();
    }
}
