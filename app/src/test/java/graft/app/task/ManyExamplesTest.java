package graft.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Pulses;
import graft.app.data.PictureImages;
import graft.app.jobs.Thumbnails;
import graft.app.look.Theme;
import graft.app.task.ExampleSet.ClassCount;
import graft.data.Corrections;
import graft.image.Picture;
import graft.image.PictureFiles;
import graft.image.PictureFiles.Found;
import graft.options.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Fifty thousand examples of one class, on the largest usual screen. */
@FxTest
class ManyExamplesTest {
    private static final int MANY = 50_000;
    private static final int PULSES = 200;
    /** The window may stand still for so long, in milliseconds. */
    private static final double BOUND = 100;

    private final AtomicInteger loaded = new AtomicInteger();
    private final StackPane place = new StackPane();
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        Scene scene = new Scene(place, 1900, 1000);
        stage.setScene(scene);
        Theme.LIGHT.wear();
        stage.show();
    }

    private Gallery pictures() {
        Picture one = new Picture(32, 32, 3, new byte[32 * 32 * 3]);
        Thumbnails<javafx.scene.image.Image> thumbnails = new Thumbnails<>(file -> {
            loaded.incrementAndGet();
            return PictureImages.of(one);
        });
        return TaskViews.usual().gallery().apply(new PictureLoaders(thumbnails::of, thumbnails::of));
    }

    private static ExampleSet set() {
        List<Found> files = IntStream.range(0, MANY)
                .mapToObj(i -> new Found(
                        Path.of("cells", "a", "cell-of-a-long-name-" + i + ".png"), "train", "a", "a/" + i + ".png"))
                .toList();
        return ExampleSet.ofPictures(
                TaskViews.usual(),
                Settings.NONE,
                List.of(new ClassCount("a", MANY, 0)),
                new PictureFiles(Path.of("cells"), List.of("a"), files, List.of(), List.of()),
                List.of(),
                Corrections.NONE);
    }

    private static List<Shown> texts() {
        Random random = new Random(3);
        return IntStream.range(0, MANY)
                .mapToObj(i -> new Shown(
                        "row " + i,
                        "row " + i,
                        Path.of("mails.csv"),
                        "a mail about something that is broken ".repeat(1 + random.nextInt(9))))
                .toList();
    }

    /** By some rows, by pages, and to anywhere, as a hand at the wheel and at the bar does. */
    private void scroll(int pulse) {
        VirtualFlow<?> flow = (VirtualFlow<?>) place.lookup(".virtual-flow");
        if (pulse % 3 == 0) {
            flow.scrollPixels(160);
        } else if (pulse % 3 == 1) {
            flow.scrollPixels(950);
        } else {
            flow.setPosition(pulse * 7919 % PULSES / (double) PULSES);
        }
    }

    private double whileShown(Gallery gallery, List<Shown> examples) throws InterruptedException {
        // The first of a kind has its styles and code to be read: not a matter of how many there are.
        Pulses.worst(20, pulse -> {
            if (pulse == 0) {
                place.getChildren().setAll(gallery.node());
                gallery.show(examples.subList(0, 40));
            }
        });
        return Pulses.worst(30, pulse -> {
            if (pulse == 0) {
                gallery.show(examples);
            }
        });
    }

    @Test
    void fiftyThousandPicturesScrollWithoutAGap() throws Exception {
        ExampleSet set = set();
        Gallery gallery = WaitForAsyncUtils.waitForAsyncFx(10_000, this::pictures);
        double shown = whileShown(gallery, set.examples("a"));
        double scrolled = Pulses.worst(PULSES, this::scroll);
        assertThat(shown).as("until they are shown").isLessThan(BOUND);
        assertThat(scrolled).as("while they are scrolled").isLessThan(BOUND);
        VirtualFlow<?> flow = (VirtualFlow<?>) place.lookup(".virtual-flow");
        // What was scrolled to last comes into sight with the next pulses.
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(() -> {
                    IndexedCell<?> last = flow.getLastVisibleCell();
                    return last != null && last.getIndex() > 0;
                })
                .get());
    }

    @Test
    void fiftyThousandTextsScrollWithoutAGap() throws Exception {
        List<Shown> texts = texts();
        Gallery gallery = WaitForAsyncUtils.waitForAsyncFx(10_000, TextGallery::new);
        double shown = whileShown(gallery, texts);
        double scrolled = Pulses.worst(PULSES, this::scroll);
        assertThat(shown).as("until they are shown").isLessThan(BOUND);
        assertThat(scrolled).as("while they are scrolled").isLessThan(BOUND);
    }
}
