package graft.image;

import graft.Refusal;
import graft.data.Examples;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures whose class is not known, to ask a network about. */
public final class LoosePictures {
    private LoosePictures() {}

    /**
     * The pictures as inputs of a network, each named by its path, all with label 0.
     *
     * @throws Refusal where one of them cannot be read
     */
    public static Examples of(List<Path> files, Preprocessing how, Progress progress) {
        PictureStore store = new PictureStore(files, how);
        List<PictureStore.Outcome> outcomes = store.readAll(progress);
        for (int i = 0; i < files.size(); i++) {
            if (!outcomes.get(i).failure().isEmpty()) {
                throw new Refusal(
                        files.get(i) + " cannot be read: " + outcomes.get(i).failure() + ". Choose another picture.");
            }
        }
        return new PictureExamples(
                store,
                how,
                IntStream.range(0, files.size())
                        .mapToObj(i -> new PictureExamples.Entry(i, files.get(i).toString(), 0))
                        .toList(),
                1);
    }
}
