package graft.app.train;

import graft.app.task.ExampleSet;
import graft.image.PictureInput;
import graft.rewrite.NumberFormat;
import java.util.Optional;

/** Why no run can be started. */
final class Obstacle {
    private Obstacle() {}

    /**
     * In words; "" where one can.
     *
     * @param set null while no data are open
     * @param awaited name of what is being opened; "" where nothing is
     */
    static String of(ChosenNetwork network, ExampleSet set, String awaited) {
        if (!awaited.isEmpty()) {
            return TrainViewModel.text("needs.awaited", awaited);
        }
        if (set == null) {
            return TrainViewModel.text("needs.data");
        }
        if (network.networkProperty().getValue() == null) {
            return TrainViewModel.text("needs.network");
        }
        if (NumberFormat.hindrance(network.networkProperty().getValue().model().graph())
                .isPresent()) {
            return TrainViewModel.text("needs.fp32");
        }
        if (!set.view()
                .task()
                .reading()
                .feeds(network.networkProperty().getValue().model().graph())) {
            return set.view().text("needs");
        }
        if (!network.headProblemProperty().getValue().isEmpty()) {
            return TrainViewModel.text(
                    "needs.head", network.headProblemProperty().getValue());
        }
        boolean pictures = set.files().isPresent();
        Optional<PictureInput> input = network.input();
        if (pictures && input.isPresent() && !input.get().mayBePictures()) {
            return TrainViewModel.text("needs.pictures", input.get().inWords());
        }
        return pictures && network.preprocessingProperty().getValue() == null
                ? TrainViewModel.text("needs.preprocessing")
                : "";
    }
}
