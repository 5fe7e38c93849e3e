package graft.task;

import graft.Refusal;
import graft.data.Unlabelled;
import graft.image.Preprocessing;
import graft.image.UnlabelledPictures;
import graft.onnx.Graph;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pictures, alone and in folders of any depth. */
final class PictureQuestions implements Questions {
    @Override
    public boolean areTakenBy(Graph graph) {
        return graph.inputs().stream()
                .map(ValueInfo::shape)
                .flatMap(Optional::stream)
                .anyMatch(shape -> shape.size() == 4);
    }

    @Override
    public boolean fit(Path input) {
        return UnlabelledPictures.areIn(input);
    }

    @Override
    public String words() {
        return "pictures";
    }

    @Override
    public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
        Preprocessing preparation = how.images()
                .get()
                .orElseThrow(() -> new Refusal(file + " takes no pictures. Choose a network that does."));
        return UnlabelledPictures.of(inputs, preparation, progress);
    }
}
