package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.data.SimilarViewModel.Row;
import graft.app.jobs.DirectJobRunner;
import graft.app.task.Shown;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pictures are alike is known: one is there twice, the others are of another colour. */
class SimilarViewModelTest {
    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private DataViewModel data;
    private SimilarViewModel similar;

    @BeforeEach
    void open() throws Exception {
        Path blue = Files.createDirectories(folder.resolve("pictures/blue"));
        Path red = Files.createDirectories(folder.resolve("pictures/red"));
        for (int i = 0; i < 4; i++) {
            RedAndBlue.picture(blue.resolve(i + ".png"), new Color(10, 10, 120 + 30 * i));
            RedAndBlue.picture(red.resolve(i + ".png"), new Color(120 + 30 * i, 10, 10));
        }
        RedAndBlue.picture(red.resolve("astray.png"), new Color(10, 10, 120));
        data = new DataViewModel(new DirectJobRunner(), folder.resolve("project/data"));
        similar = new SimilarViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                network,
                new SimpleObjectProperty<>(Preprocessing.ofSize(RedAndBlue.SIZE)),
                () -> Reading.USUAL);
        data.open(folder.resolve("pictures"));
    }

    private Shown example(String className, int at) {
        return data.examplesProperty().get().examples(className).get(at);
    }

    @Test
    void theSamePictureInAnotherFolderComesFirstAndTheOtherColourLast() {
        similar.find(example("blue", 0));
        assertThat(similar.problemProperty().get()).contains("Open a network first");
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        similar.find(example("blue", 0));

        assertThat(similar.problemProperty().get()).isEmpty();
        assertThat(similar.searchingProperty().get()).isFalse();
        assertThat(similar.rows())
                .hasSize(8)
                .extracting(row -> row.shown().key())
                .doesNotContain("blue/0.png");
        Row first = similar.rows().get(0);
        assertThat(first.shown().key()).isEqualTo("red/astray.png");
        assertThat(first.similarity()).isBetween(0.999999, 1.000001);
        assertThat(first.words()).isEqualTo("1.000 · red");
        assertThat(similar.rows().subList(1, 4)).extracting(Row::className).containsOnly("blue");
        assertThat(similar.rows()).isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
        assertThat(similar.saysProperty().get()).startsWith("The 8 most alike of 9 examples to net.onnx");
    }

    @Test
    void anExampleThatIsGoneIsNotTakenForSomethingElse() {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        Shown real = example("blue", 0);
        similar.find(new Shown("blue/gone.png", "gone.png", real.file(), ""));
        assertThat(similar.rows()).isEmpty();
        assertThat(similar.problemProperty().get()).contains("blue/gone.png").contains("Read the data again");
    }
}
