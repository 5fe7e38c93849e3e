package graft.task;

import graft.Refusal;
import graft.data.Unlabelled;
import graft.data.UnlabelledArrays;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.image.UnlabelledPictures;
import graft.onnx.Graph;
import graft.onnx.ValueInfo;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pictures, alone and in folders of any depth; arrays, fed as they are. */
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
        return UnlabelledArrays.isOne(input) || UnlabelledPictures.areIn(input);
    }

    @Override
    public String words() {
        return "pictures";
    }

    @Override
    public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
        if (inputs.stream().anyMatch(UnlabelledArrays::isOne)) {
            return UnlabelledArrays.of(inputs);
        }
        refuseIfArraysAreTaken(file, how);
        Preprocessing preparation = how.images()
                .get()
                .orElseThrow(() -> new Refusal(file + " takes no pictures. Choose a network that does."));
        return UnlabelledPictures.of(inputs, preparation, progress);
    }

    private static void refuseIfArraysAreTaken(Path file, Reading.How how) {
        List<PictureInput> taken =
                how.network().graph().inputs().stream().map(PictureInput::of).toList();
        if (!taken.isEmpty() && taken.stream().noneMatch(PictureInput::mayBePictures)) {
            throw new Refusal(file + " takes " + taken.get(0).inWords()
                    + ", which is neither pictures nor texts. Give it an .npz file with such arrays under the name x.");
        }
    }
}
