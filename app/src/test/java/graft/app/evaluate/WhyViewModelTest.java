package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.HeldJobRunner;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Worker;
import graft.app.task.Shown;
import graft.app.task.TaskViews;
import graft.explain.Method;
import graft.explain.WordWeights;
import graft.meaning.Reading;
import graft.progress.Progress;
import graft.worker.Explaining;
import graft.worker.Share;
import graft.worker.Work;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyViewModelTest {
    @TempDir
    Path folder;

    /** Counts what it is asked. */
    private static final class Counting implements Worker {
        private final Worker worker = new InProcessWorker();
        private int asked;

        @Override
        public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
            asked++;
            return worker.ask(work, plan, progress);
        }
    }

    private final Counting worker = new Counting();
    private final WhyViewModel model = new WhyViewModel(new DirectJobRunner(), worker);

    private Example redOnTheLeft(String name) throws IOException {
        Path file = RedAndBlue.redOnTheLeft(folder.resolve(name));
        return new Example(
                RedAndBlue.network(folder.resolve("net.onnx"), 1),
                Reading.USUAL,
                TaskViews.usual(),
                new Shown("", name, file, ""),
                "",
                List.of("blue", "red"),
                List.of(new Share(1, 0.7f)),
                false);
    }

    @Test
    void whatSpeaksForTheAnswerIsBrightInThePicture() throws IOException {
        model.look(redOnTheLeft("both.png"));
        assertThat(worker.asked).as("it costs time").isZero();
        model.wantedProperty().set(true);
        BufferedImage shown = ImageIO.read(
                new ByteArrayInputStream(model.foundProperty().get().picture()));
        assertThat(shown.getWidth()).isEqualTo(RedAndBlue.SIZE);
        // The score of red is the mean of red: the columns of red on the left alone lose some where they are hidden.
        int green = shown.getRGB(0, 4) >> 8 & 255;
        int dark = shown.getRGB(7, 4) >> 8 & 255;
        assertThat(green - dark).isGreaterThan(80);
        assertThat(model.wordsProperty().get())
                .contains("the brighter, the more")
                .contains("red");
        model.wantedProperty().set(false);
        assertThat(model.foundProperty().get()).isNull();
        assertThat(model.wordsProperty().get()).isEmpty();
    }

    /** By hand: the score of red is the mean of red, which only the three columns on the left have any of. */
    @Test
    void whatSpeaksForAClassThatIsNotTheAnswerIsAskedForByItsName() throws IOException {
        BufferedImage image = new BufferedImage(RedAndBlue.SIZE, RedAndBlue.SIZE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < RedAndBlue.SIZE; y++) {
            for (int x = 0; x < RedAndBlue.SIZE; x++) {
                image.setRGB(x, y, x < 3 ? 0xff0000 : 0x0000ff);
            }
        }
        Path file = folder.resolve("mostly-blue.png");
        ImageIO.write(image, "png", file.toFile());
        Example mostlyBlue = new Example(
                RedAndBlue.network(folder.resolve("net.onnx"), 1),
                Reading.USUAL,
                TaskViews.usual(),
                new Shown("", "mostly-blue.png", file, ""),
                "",
                List.of("blue", "red"),
                List.of(new Share(0, 0.7f), new Share(1, 0.3f)),
                false);
        model.wantedProperty().set(true);
        model.look(mostlyBlue);
        model.asksProperty().set("red");
        assertThat(green(0) - green(7)).isGreaterThan(80);
        assertThat(model.wordsProperty().get()).contains("red").contains("30.0 %");
        model.look(redOnTheLeft("other.png"));
        assertThat(model.asksProperty().get())
                .as("another example, its own answer")
                .isEmpty();
    }

    /** Of the picture that was found, in the middle of a column. */
    private int green(int column) throws IOException {
        BufferedImage shown = ImageIO.read(
                new ByteArrayInputStream(model.foundProperty().get().picture()));
        return shown.getRGB(column, 4) >> 8 & 255;
    }

    @Test
    void whatWasFoundIsKeptForEachExample() throws IOException {
        Example first = redOnTheLeft("first.png");
        Example second = redOnTheLeft("second.png");
        model.wantedProperty().set(true);
        model.look(first);
        Explaining.Found found = model.foundProperty().get();
        model.look(second);
        model.look(first);
        assertThat(model.foundProperty().get()).isSameAs(found);
        assertThat(worker.asked).isEqualTo(2);
        model.forget();
        model.look(first);
        assertThat(worker.asked).isEqualTo(3);
    }

    @Test
    void whatArrivesForAnExampleThatIsNoLongerLookedAtIsNotShown() throws IOException {
        HeldJobRunner held = new HeldJobRunner(new DirectJobRunner());
        WhyViewModel waiting = new WhyViewModel(held, worker);
        waiting.wantedProperty().set(true);
        waiting.look(redOnTheLeft("first.png"));
        assertThat(waiting.wordsProperty().get()).contains("…");
        waiting.look(null);
        assertThat(held.jobs().get(0).isCancelled()).isTrue();
        held.goOn();
        assertThat(waiting.foundProperty().get()).isNull();
        assertThat(waiting.wordsProperty().get()).isEmpty();
    }

    @Test
    void whatCannotBeExplainedIsSaidInAParagraph() throws IOException {
        Example gone = redOnTheLeft("gone.png");
        model.look(gone);
        Files.writeString(gone.file(), "no picture");
        model.wantedProperty().set(true);
        assertThat(model.wordsProperty().get()).contains("gone.png");
        assertThat(model.foundProperty().get()).isNull();
    }

    @Test
    void ofATextEachWordIsTold() {
        Worker answering = new Worker() {
            @Override
            public <P extends Work.Plan, R> R ask(Work<P, R> work, P plan, Progress progress) {
                assertThat(((Explaining.Plan) (Object) plan).text()).contains("not good");
                return work.result()
                        .cast(new Explaining.Found(
                                Method.OCCLUSION,
                                "",
                                new byte[0],
                                List.of(new WordWeights.Word("not", -1.5, 1), new WordWeights.Word("good", 2, 1)),
                                List.of("Assumed.")));
            }
        };
        WhyViewModel telling = new WhyViewModel(new DirectJobRunner(), answering);
        telling.wantedProperty().set(true);
        telling.look(new Example(
                folder.resolve("net.onnx"),
                Reading.USUAL,
                TaskViews.usual(),
                new Shown("", "", Path.of(""), "not good"),
                "",
                List.of("bad", "good"),
                List.of(new Share(0, 0.6f)),
                false));
        assertThat(telling.foundProperty().get().words()).hasSize(2);
        assertThat(telling.wordsProperty().get())
                .isEqualTo("What bad (60.0 %) loses without a word: + speaks for it, − against it\nAssumed.");
    }
}
