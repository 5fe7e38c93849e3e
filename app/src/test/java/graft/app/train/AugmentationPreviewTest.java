package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Mails;
import graft.app.jobs.DirectJobRunner;
import graft.app.task.ExampleSet;
import graft.image.Augmentation;
import graft.image.Picture;
import graft.image.Preprocessing;
import graft.options.Settings;
import graft.run.PlanOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationPreviewTest {
    @TempDir
    Path folder;

    private final RunSettings settings = new RunSettings();
    private final SimpleObjectProperty<ExampleSet> data = new SimpleObjectProperty<>();
    private final SimpleObjectProperty<Preprocessing> how = new SimpleObjectProperty<>();
    private final AugmentationPreview preview = new AugmentationPreview(new DirectJobRunner(), settings, data, how);

    /** Left black, right white: seen from its first byte whether it is mirrored. */
    private Path pictures() throws IOException {
        for (String name : List.of("ants", "bees")) {
            Path where = Files.createDirectories(folder.resolve("data").resolve(name));
            for (int i = 0; i < 5; i++) {
                BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                for (int p = 0; p < 32; p++) {
                    picture.setRGB(4 + p % 4, p / 4, 0xffffff);
                }
                picture.setRGB(0, 0, name.length() + i);
                ImageIO.write(picture, "png", where.resolve(i + ".png").toFile());
            }
        }
        return folder.resolve("data");
    }

    private static boolean isMirrored(Picture picture) {
        return (picture.pixels()[3 * 8 * 4] & 0xff) > 127;
    }

    private void augment(String words) {
        settings.property(PlanOptions.AUGMENT).setValue(Augmentation.parse(words));
    }

    @Test
    void whatIsChosenIsShownAsTrainingDoesItAndNothingIsDrawnForNobody() throws IOException {
        data.set(ExampleSet.open(pictures(), Settings.NONE));
        how.set(Preprocessing.ofSize(8));
        augment("flip");
        assertThat(preview.viewsProperty().get()).as("nobody looks").isEmpty();
        preview.watch(true);
        List<Picture> views = preview.viewsProperty().get();
        assertThat(views).hasSize(6).allSatisfy(view -> assertThat(view.width()).isEqualTo(8));
        boolean[] seen = new boolean[2];
        for (int draw = 0; draw < 10; draw++) {
            preview.viewsProperty().get().forEach(view -> seen[isMirrored(view) ? 1 : 0] = true);
            preview.another();
        }
        assertThat(seen).containsExactly(true, true);
        assertThat(preview.saysProperty().get()).contains("versions 61 to 66");
        augment("none");
        assertThat(preview.viewsProperty().get()).isEmpty();
        assertThat(preview.saysProperty().get()).startsWith("Choose variations");
    }

    @Test
    void theSameDrawsAreShownAgainAndColourChangesThem() throws IOException {
        data.set(ExampleSet.open(pictures(), Settings.NONE));
        how.set(Preprocessing.ofSize(8));
        preview.watch(true);
        augment("crop,color");
        byte[] first = preview.viewsProperty().get().get(0).pixels();
        augment("flip");
        augment("crop,color");
        assertThat(Arrays.equals(preview.viewsProperty().get().get(0).pixels(), first))
                .isTrue();
        preview.anotherPicture();
        assertThat(preview.saysProperty().get()).contains("versions 1 to 6");
    }

    @Test
    void ofTextsThereIsNone() throws IOException {
        data.set(ExampleSet.open(Mails.table(folder.resolve("mails.csv"), 10), Settings.NONE));
        preview.watch(true);
        augment("flip");
        assertThat(preview.viewsProperty().get()).isEmpty();
        assertThat(preview.saysProperty().get()).contains("no augmentation of texts");
    }
}
