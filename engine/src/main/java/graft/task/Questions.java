package graft.task;

import graft.data.Unlabelled;
import graft.onnx.Graph;
import graft.options.Option;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;

/** Takes what a network is to be asked about: inputs of which nobody knows the answer. */
public interface Questions {
    /** Whether a network takes such inputs, by those of its graph: asked where its file names no task. */
    boolean areTakenBy(Graph graph);

    /** Whether a file is such an input, or a folder holds some; nothing is decoded. */
    boolean fit(Path input);

    /** What such inputs are called, in a sentence: "pictures". */
    String words();

    /** Options that say how such inputs are read, beside those of the task. */
    default List<Option<?>> options() {
        return List.of();
    }

    /**
     * Opens inputs.
     *
     * @param file the network's, for messages and for what lies beside it
     * @throws graft.Refusal where there is nothing among them that can be asked about
     */
    Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress);
}
