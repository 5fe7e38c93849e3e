package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.app.task.Edition;
import graft.meaning.Reading;
import graft.progress.Progress;
import graft.trust.Calibration;
import graft.trust.ConformalSets;
import graft.worker.Asking;
import graft.worker.Works;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expected figures by hand: the network's logits are 4 and 0 for each picture, so that it is always sure by 1/(1+e⁻⁴) = 0.982; of 60
 * pictures to validate 51 are what it says.
 */
class CalibrationViewModelTest {
    private static final double SURE = 1 / (1 + Math.exp(-4));

    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private final SimpleObjectProperty<Path> data = new SimpleObjectProperty<>();
    private final SimpleStringProperty obstacle = new SimpleStringProperty("");
    private CalibrationViewModel model;

    @BeforeEach
    void open() throws IOException {
        data.set(RedAndBlue.splitPictures(folder.resolve("pictures"), 30));
        for (int i = 1; i <= 4; i++) { // the first blue one is red already
            RedAndBlue.picture(folder.resolve("pictures/val/blue/" + i + ".png"), Color.RED);
            RedAndBlue.picture(folder.resolve("pictures/val/red/" + i + ".png"), Color.BLUE);
        }
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model = new CalibrationViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                network,
                new SimpleObjectProperty<>(Reading.USUAL),
                data,
                new SimpleObjectProperty<>(Edition.FIRST),
                obstacle);
    }

    @Test
    void theFileThatIsSavedIsAsSureAsItIsRight() {
        model.measure();
        Calibration found = model.calibrationProperty().get();
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(found.eceBefore()).isCloseTo(SURE - 0.85, within(1e-5));
        // The likeliest temperature is that which makes it sure by 51/60.
        assertThat(found.temperature()).isCloseTo(4 / Math.log(51 / 9.0), within(0.01));

        assertThat(model.name()).isEqualTo("net-calibrated.onnx");
        Path out = folder.resolve(model.name());
        model.save(out);
        assertThat(model.savedProperty().get()).contains(out.toString());
        Asking.Answer answer = new InProcessWorker()
                .ask(Works.ASK, Asking.Plan.about(out, folder.resolve("pictures/val/red/0.png")), Progress.NONE);
        assertThat(answer.shares().get(0).probability()).isCloseTo(0.85f, within(0.01f));

        obstacle.set("Open a network first.");
        network.set(null);
        assertThat(model.calibrationProperty().get())
                .as("figures of another network are not shown")
                .isNull();
    }

    @Test
    void setsKeepTheirPromiseOrSayWhyNot() {
        model.alphaProperty().set(0.2);
        model.gather();
        ConformalSets found = model.setsProperty().get();
        assertThat(found.alpha()).isEqualTo(0.2);
        assertThat(found.keepsItsPromise()).isTrue();
        model.alphaProperty().set(0.01);
        model.gather();
        assertThat(model.setsProblemProperty().get()).contains("99 examples");
    }
}
