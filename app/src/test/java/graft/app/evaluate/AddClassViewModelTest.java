package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.image.Preprocessing;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.train.FineTuner;
import graft.worker.Asking;
import graft.worker.Works;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddClassViewModelTest {
    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private final AddClassViewModel model =
            new AddClassViewModel(new DirectJobRunner(), new InProcessWorker(), network);

    private String answer(Path file, Color color) throws IOException {
        Path picture = RedAndBlue.picture(folder.resolve("asked.png"), color);
        Asking.Answer said = new InProcessWorker().ask(Works.ASK, Asking.Plan.about(file, picture), Progress.NONE);
        return said.classes().get(said.shares().get(0).label());
    }

    @Test
    void aHandfulOfPicturesIsAClassMore() throws IOException {
        FineTuningPlan plan = FineTuningPlan.of(
                        RedAndBlue.network(folder.resolve("net.onnx"), 1),
                        RedAndBlue.splitPictures(folder.resolve("pictures"), 4),
                        folder.resolve("run"))
                .with(PlanOptions.RECIPE, Optional.of("prototypes"))
                .withPreprocessing(Optional.of(Preprocessing.ofSize(RedAndBlue.SIZE)));
        FineTuner.run(plan, Progress.NONE);
        network.set(folder.resolve("run/network.onnx"));
        RedAndBlue.folder(folder.resolve("green"), Color.GREEN, 5);
        model.take(List.of(folder.resolve("green")));
        assertThat(model.readyProperty().get()).as("it has no name yet").isFalse();
        model.nameProperty().set("green");
        assertThat(model.fileName()).isEqualTo("network-green.onnx");
        Path out = folder.resolve(model.fileName());
        model.write(out);

        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.saysProperty().get())
                .contains("green is class number 3, the mean of 5 examples")
                .contains("5 of 5")
                .contains(out.toString());
        assertThat(model.examples())
                .as("the next class has examples of its own")
                .isEmpty();
        assertThat(answer(out, Color.GREEN)).isEqualTo("green");
        assertThat(answer(out, Color.RED)).isEqualTo("red");
        assertThat(answer(network.get(), Color.RED)).as("the file before stays").isEqualTo("red");
    }

    @Test
    void aHeadThatLearntByStepsIsRefusedWithTheWayOut() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        RedAndBlue.folder(folder.resolve("green"), Color.GREEN, 2);
        model.take(List.of(folder.resolve("green")));
        model.nameProperty().set("green");
        Path out = folder.resolve("more.onnx");
        model.write(out);
        assertThat(model.problemProperty().get()).contains("no means of examples");
        assertThat(model.examples()).hasSize(1);
        assertThat(out).doesNotExist();
    }
}
