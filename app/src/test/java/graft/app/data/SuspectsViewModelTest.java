package graft.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.data.SuspectsViewModel.Row;
import graft.app.jobs.DirectJobRunner;
import graft.app.problem.Problem;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which labels are wrong is known: pictures of a colour that lie in the folder of the other. */
class SuspectsViewModelTest {
    private static final int OF_EACH = 15;

    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private DataViewModel data;
    private SuspectsViewModel suspects;

    @BeforeEach
    void open() throws IOException {
        Random random = new Random(1);
        for (String className : List.of("blue", "red")) {
            Path of = Files.createDirectories(folder.resolve("pictures").resolve(className));
            for (int i = 0; i < OF_EACH; i++) {
                boolean red = className.equals("red") != (className.equals("blue") && i < 2);
                int strong = 150 + random.nextInt(100);
                int weak = random.nextInt(60);
                RedAndBlue.picture(
                        of.resolve(i + ".png"),
                        red
                                ? new Color(strong, random.nextInt(60), weak)
                                : new Color(weak, random.nextInt(60), strong));
            }
        }
        data = new DataViewModel(new DirectJobRunner(), folder.resolve("project/data"));
        suspects = new SuspectsViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                data,
                network,
                new SimpleObjectProperty<>(Preprocessing.ofSize(RedAndBlue.SIZE)),
                () -> Reading.USUAL);
    }

    private List<String> names() {
        return suspects.rows().stream().map(row -> row.shown().key()).sorted().toList();
    }

    @Test
    void whatLiesInTheFolderOfTheOtherColourIsDoubted() {
        assertThat(suspects.obstacleProperty().get()).contains("data set");
        data.open(folder.resolve("pictures"));
        assertThat(suspects.obstacleProperty().get()).contains("network");
        suspects.find();
        assertThat(suspects.shownProperty().get())
                .as("nothing can be looked for yet")
                .isFalse();
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        suspects.find();

        assertThat(suspects.problemProperty().get()).isEmpty();
        assertThat(names()).containsExactly("blue/0.png", "blue/1.png");
        assertThat(suspects.rows()).extracting(Row::suggested).containsOnly("red");
        assertThat(suspects.saysProperty().get()).startsWith("2 of 30 labels look wrong");
        assertThat(DataProblems.of(data, suspects).getValue())
                .extracting(Problem::what)
                .contains("2 labels look wrong.");

        suspects.takeSuggested(List.copyOf(suspects.rows()));
        assertThat(data.examplesProperty().get().classOf())
                .containsEntry("blue/0.png", "red")
                .containsEntry("blue/1.png", "red");
        assertThat(suspects.rows()).isEmpty();
        suspects.undo();
        assertThat(names()).as("one step, one undo").hasSize(2);

        suspects.trust(suspects.rows().subList(0, 1));
        assertThat(names()).hasSize(1);
        suspects.leaveOut(List.copyOf(suspects.rows()));
        assertThat(data.examplesProperty().get().classOf()).hasSize(2 * OF_EACH - 1);
        assertThat(suspects.saysProperty().get()).endsWith("All of them are settled.");
    }
}
