package graft.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.Span;
import graft.data.Unlabelled;
import graft.onnx.Graph;
import graft.options.Settings;
import graft.progress.Progress;
import graft.task.Questions;
import graft.task.Reading;
import graft.task.Task;
import graft.task.TaskTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.MenuItem;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskViewsTest {
    private static final String QUESTION = "How bright is this picture?";

    private static Task toy(Questions questions) {
        Task model = TaskTable.named("image-classification");
        return new Task(
                "image-brightness",
                new Task.Words(QUESTION, "pictures", "linear", "rmse"),
                model.reading(),
                questions,
                model.heading(),
                model.objectives(),
                model.judging(),
                List.of());
    }

    @Test
    void everyTaskOfTheTableIsShown() {
        assertThat(TaskTable.all())
                .allSatisfy(task -> assertThat(TaskViews.of(task).task()).isEqualTo(task));
    }

    @Test
    void everyTaskHasTheWordsOfItsScreens() {
        for (Task task : TaskTable.all()) {
            for (String key : List.of("counted", "sample.task", "needs", "try", "input")) {
                assertThat(TaskViews.of(task).text(key))
                        .as(task.name() + "." + key)
                        .isNotBlank();
            }
        }
    }

    @Test
    void aTaskThatIsOfferedAtTheFirstStartHasTheWordsOfItsCard() {
        for (TaskView view : TaskViews.own()) {
            for (String key : List.of(
                    "sample", "sample.says", "network", "network.says", "icon", "card", "card.says", "card.try")) {
                assertThat(view.text(key)).as(view.task().name() + "." + key).isNotBlank();
            }
        }
    }

    @Test
    void aTaskWithoutAViewOfItsOwnIsShownByItsNameAndQuestion(@TempDir Path folder) throws IOException {
        for (String name : List.of("dark/1.png", "dark/2.png", "light/1.png", "light/2.png")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        Task task = toy(TaskTable.named("image-classification").questions());
        TaskView view = TaskViews.of(task);
        assertThat(TaskViews.of(task)).as("screens keep a gallery for it").isSameAs(view);
        assertThat(view.text("sample.task")).isEqualTo("image-brightness");
        assertThat(view.text("try")).startsWith(QUESTION);
        ExampleSet set = view.opening().open(view, folder, Settings.NONE);
        assertThat(set.view()).isEqualTo(view);
        assertThat(set.examples("light")).hasSize(2);
    }

    /** Nobody shows sounds: their classes are counted by what the task itself lists. */
    @Test
    void examplesThatNobodyShowsAreCounted(@TempDir Path folder) throws IOException {
        for (String name : List.of("dark/1.png", "dark/2.png", "light/1.png", "light/2.png", "light/3.png")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        }
        TaskView view = TaskViews.of(toy(new Sounds()));
        ExampleSet set = view.opening().open(view, folder, Settings.NONE);
        assertThat(set.isVisible()).isFalse();
        assertThat(set.classes()).extracting(ExampleSet.ClassCount::name).containsExactly("dark", "light");
        assertThat(set.classes()).extracting(ExampleSet.ClassCount::all).containsExactly(2, 3);
        assertThat(view.typed()).isFalse();
    }

    @Test
    void entitiesOfTaggedSentencesAreCounted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.conll"), "Ada B-PER\nmet O\nBob B-PER\n\nOslo B-LOC\n\nso O\n\nno O\n");
        ExampleSet set = ExampleSet.open(file, Settings.NONE);
        assertThat(set.view().task().name()).isEqualTo("token-classification");
        assertThat(set.classes()).extracting(ExampleSet.ClassCount::all).containsExactly(1, 2);
        assertThat(set.examples("PER")).singleElement().satisfies(shown -> assertThat(shown.marks())
                .containsExactly(new Span(0, 3, "PER"), new Span(8, 11, "PER")));
        assertThat(set.isRelabellable()).as("a sentence is of no one class").isFalse();
        assertThat(CorrectionMenu.of(opened(set), set.examples("PER")))
                .extracting(MenuItem::getId)
                .containsExactly("leave-chosen-out");
    }

    @Test
    void questionsAreShownWithTheirPassagesAndAnswers(@TempDir Path folder) throws IOException {
        String passage = "{\"title\": \"%s\", \"paragraphs\": [{\"context\": \"Ada met %s\", \"qas\": [{\"id\": \"%s\","
                + " \"question\": \"Who?\", \"answers\": [{\"text\": \"Ada\", \"answer_start\": 0}]}]}]}";
        Path file = Files.writeString(
                folder.resolve("a.json"),
                "{\"data\": [" + String.format(passage, "one", "Bob", "1") + ", "
                        + String.format(passage, "two", "Eve", "2") + "]}");
        ExampleSet set = ExampleSet.open(file, Settings.NONE);
        assertThat(set.view().task().name()).isEqualTo("question-answering");
        assertThat(set.classes()).singleElement().satisfies(kind -> assertThat(kind.all())
                .isEqualTo(2));
        assertThat(set.examples(set.classes().get(0).name()).get(0)).satisfies(shown -> {
            assertThat(shown.words()).isEqualTo("Who?\nAda met Bob");
            assertThat(shown.marks()).containsExactly(new Span(5, 8, "answer"));
        });
        assertThat(set.isRelabellable()).isFalse();
    }

    private static Correcting opened(ExampleSet set) {
        return new Correcting() {
            @Override
            public ObservableValue<ExampleSet> examplesProperty() {
                return new SimpleObjectProperty<>(set);
            }

            @Override
            public void relabel(List<Shown> examples, String className) {
                throw new AssertionError("nothing is chosen");
            }

            @Override
            public void relabel(Map<Shown, String> classes) {
                throw new AssertionError("nothing is chosen");
            }

            @Override
            public void leaveOut(List<Shown> examples) {
                throw new AssertionError("nothing is chosen");
            }

            @Override
            public void add(List<Path> files, String className) {
                throw new AssertionError("nothing is chosen");
            }

            @Override
            public void undo() {
                throw new AssertionError("nothing is chosen");
            }

            @Override
            public void redo() {
                throw new AssertionError("nothing is chosen");
            }
        };
    }

    private static final class Sounds implements Questions {
        @Override
        public boolean areTakenBy(Graph graph) {
            return false;
        }

        @Override
        public boolean fit(Path input) {
            return false;
        }

        @Override
        public String words() {
            return "sounds";
        }

        @Override
        public Unlabelled open(List<Path> inputs, Path file, Reading.How how, Progress progress) {
            throw new UnsupportedOperationException("nothing is asked about here");
        }
    }

    /** U+1F600 is two chars of Java. */
    @Test
    void theBeginningOfATextIsOneLineAndCutsNoLetter() {
        assertThat(TextGallery.beginning(" a\n\n b ")).isEqualTo("a b");
        String face = new String(Character.toChars(0x1F600));
        assertThat(TextGallery.beginning(face.repeat(301))).isEqualTo(face.repeat(300) + " …");
    }
}
