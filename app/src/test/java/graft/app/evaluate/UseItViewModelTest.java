package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.predict.AnswerFile;
import graft.predict.AnswerRows.AnswerRow;
import graft.predict.PredictionPlan;
import graft.predict.Predictor;
import graft.progress.Progress;
import graft.task.Reading.How;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UseItViewModelTest {
    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private final UseItViewModel model = new UseItViewModel(
            new DirectJobRunner(), new InProcessWorker(), network, new SimpleObjectProperty<>(Reading.USUAL));

    private Path pictures() throws IOException {
        Path root = Files.createDirectories(folder.resolve("new"));
        RedAndBlue.picture(root.resolve("a.png"), Color.RED);
        RedAndBlue.picture(root.resolve("b.png"), Color.BLUE);
        Files.writeString(root.resolve("c.png"), "no picture");
        return root;
    }

    @Test
    void everythingInAFolderIsAnsweredAndWhatCannotBeReadIsListed() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model.ask(List.of(pictures()));
        assertThat(model.problemProperty().get()).isEmpty();
        assertThat(model.rows()).extracting(row -> row.classes().get(0)).containsExactly("red", "blue");
        // softmax of the scores 4 and 0: 1 / (1 + e^-4)
        assertThat(model.rows().get(0).probabilities().get(0)).isEqualTo(0.98201379f);
        assertThat(model.rows().get(0).classes()).containsExactly("red", "blue");
        assertThat(model.unread()).singleElement().satisfies(what -> {
            assertThat(what.input()).contains("c.png");
            assertThat(what.reason()).isNotBlank();
        });
        assertThat(model.statusProperty().get()).startsWith("2 of 3 answered");
    }

    @Test
    void whatIsSavedIsWhatTheCommandsCallWrites() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        Path asked = pictures();
        model.ask(List.of(asked));
        for (String name : List.of("answers.csv", "answers.jsonl")) {
            Path saved = folder.resolve(name);
            model.save(saved);
            assertThat(model.problemProperty().get()).isEmpty();
            Path typed = folder.resolve("typed-" + name);
            NetworkFile file = NetworkFile.at(network.get());
            PredictionPlan plan = new PredictionPlan(Reading.USUAL, List.of(asked), 3, false, 0);
            How how = new How(
                    file.model(), () -> Optional.of(Preprocessing.ofSize(RedAndBlue.SIZE)), Settings.NONE, Set.of());
            AnswerFile.write(typed, plan, network.get(), new Predictor(plan, file, how), Progress.NONE);
            assertThat(saved).hasSameBinaryContentAs(typed);
        }
    }

    @Test
    void nothingOfTheUsersIsOverwritten() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model.ask(List.of(pictures()));
        Path letter = Files.writeString(folder.resolve("letter.csv"), "dear,all\n");
        model.save(letter);
        assertThat(model.problemProperty().get()).contains("letter.csv");
        assertThat(letter).hasContent("dear,all\n");
        model.save(folder.resolve("answers.xlsx"));
        assertThat(model.problemProperty().get()).contains(".csv").contains(".jsonl");
    }

    @Test
    void answersOfAnotherNetworkAreForgotten() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        model.ask(List.of(pictures()));
        assertThat(model.rows()).extracting(AnswerRow::input).hasSize(2);
        network.set(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(model.rows()).isEmpty();
        assertThat(model.unread()).isEmpty();
        assertThat(model.predictionProperty().get()).isNull();
    }

    @Test
    void withoutANetworkItIsSaidWhatIsMissing() throws IOException {
        model.ask(List.of(pictures()));
        assertThat(model.problemProperty().get()).contains("Train a network first");
    }
}
