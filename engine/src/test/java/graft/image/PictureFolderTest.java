package graft.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.UniformExamples;
import graft.progress.Event;
import graft.progress.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    private static final Preprocessing HOW = Preprocessing.ofSize(16);

    @TempDir
    Path folder;

    private void draw(String name) throws IOException {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 24 * 20; i++) {
            image.setRGB(i % 24, i / 24, random.nextInt());
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void drawEach(String form, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            draw(String.format(form, i));
        }
    }

    private DataSet open(DataOptions options, Progress progress) {
        return ImageData.open(folder, Optional.of(HOW), options, progress);
    }

    private DataSet open() {
        return open(DataOptions.DEFAULT, Progress.NONE);
    }

    private static List<String> names(Examples examples) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            out.add(examples.name(i));
        }
        return out;
    }

    private static byte[] view(Examples examples, int i, long view) {
        ByteBuffer into = ByteBuffer.allocate((int) examples.bytes());
        ((UniformExamples) examples).read(i, view, into);
        return into.array();
    }

    @Test
    void trainAndValFoldersAreTakenAsTheyAre() throws IOException {
        drawEach("train/bee/%d.png", 3);
        drawEach("train/ant/%d.png", 2);
        drawEach("val/bee/%d.png", 1);
        DataSet data = open();
        assertThat(data.classes()).containsExactly("ant", "bee");
        assertThat(names(data.train()))
                .containsExactly(
                        "train/ant/0.png", "train/ant/1.png", "train/bee/0.png", "train/bee/1.png", "train/bee/2.png");
        assertThat(names(data.val())).containsExactly("val/bee/0.png");
        assertThat(data.val().label(0)).isEqualTo(1);
        assertThat(data.skipped()).isEmpty();
    }

    @Test
    void folderWithoutSplitIsSplitFourToOneInEveryClass() throws IOException {
        drawEach("ant/%d.png", 10);
        drawEach("bee/%d.png", 5);
        drawEach("cat/%d.png", 2);
        drawEach("dog/%d.png", 1);
        DataSet data = open();
        int[] judged = new int[4];
        for (int i = 0; i < data.val().size(); i++) {
            judged[data.val().label(i)]++;
        }
        assertThat(judged).containsExactly(2, 1, 1, 0);
        assertThat(data.train().size()).isEqualTo(14);
        assertThat(names(open().val())).isEqualTo(names(data.val()));
        assertThat(names(open(new DataOptions(5, false), Progress.NONE).val())).isNotEqualTo(names(data.val()));
    }

    @Test
    void aPictureKeepsItsKeyAndItsViewsWhenOthersComeOrItIsRenamed() throws IOException {
        drawEach("ant/%d.png", 5);
        drawEach("bee/%d.png", 5);
        Augmentation all = Augmentation.parse("flip,crop,color,rotate");
        DataSet before = open();
        Map<String, byte[]> views = new HashMap<>();
        Examples train = ((PictureExamples) before.train()).augmented(all, 3);
        for (int i = 0; i < train.size(); i++) {
            views.put(train.key(i), view(train, i, 2));
        }
        draw("ant/00.png");
        Files.move(folder.resolve("bee/1.png"), folder.resolve("bee/z.png"));
        DataSet after = open();
        int met = 0;
        Examples grown = ((PictureExamples) after.train()).augmented(all, 3);
        for (int i = 0; i < grown.size(); i++) {
            if (views.containsKey(grown.key(i))) {
                assertThat(view(grown, i, 2)).isEqualTo(views.get(grown.key(i)));
                met++;
            }
        }
        assertThat(met).isGreaterThanOrEqualTo(6);
    }

    @Test
    void fingerprintChangesWithContentAndNamesOnly() throws IOException {
        drawEach("ant/%d.png", 3);
        drawEach("bee/%d.png", 3);
        String before = open().fingerprint();
        assertThat(open().fingerprint()).isEqualTo(before).hasSize(64);
        Files.move(folder.resolve("ant/0.png"), folder.resolve("ant/x.png"));
        assertThat(open().fingerprint()).isNotEqualTo(before);
        Files.move(folder.resolve("ant/x.png"), folder.resolve("ant/0.png"));
        assertThat(open().fingerprint()).isEqualTo(before);
        Files.copy(
                folder.resolve("ant/1.png"),
                folder.resolve("ant/0.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(open().fingerprint()).isNotEqualTo(before);
    }

    @Test
    void filesThatAreNoPicturesAreLeftOutWithAReason() throws IOException {
        drawEach("train/ant/%d.png", 2);
        drawEach("train/bee/%d.png", 2);
        drawEach("val/ant/%d.png", 1);
        Files.writeString(folder.resolve("train/ant/notes.txt"), "x");
        Files.writeString(folder.resolve("train/ant/.DS_Store"), "x");
        Files.writeString(folder.resolve("train/bee/Thumbs.db"), "x");
        Files.createDirectories(folder.resolve("train/bee/more"));
        List<Event> events = new ArrayList<>();
        DataSet data = open(DataOptions.DEFAULT, events::add);
        assertThat(data.skipped())
                .extracting(bad -> bad.file().getFileName().toString())
                .containsExactly(".DS_Store", "notes.txt", "Thumbs.db", "more");
        assertThat(events).anyMatch(e -> e.kind().equals("note") && e.line().contains("Thumbs.db"));
        assertThat(events).anyMatch(e -> e.kind().equals("stage"));
    }

    @Test
    void unreadablePicturesAreRefusedByName() throws IOException {
        drawEach("ant/%d.png", 12);
        drawEach("bee/%d.png", 3);
        for (int i = 0; i < 7; i++) {
            Path file = folder.resolve("ant/" + i + ".png");
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 200));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("7 of 15 pictures cannot be read")
                .hasMessageContaining("0.png (it ends early)")
                .hasMessageContaining("and 2 more")
                .hasMessageContaining("--skip-unreadable");
        DataSet data = open(new DataOptions(1, true), Progress.NONE);
        assertThat(data.train().size() + data.val().size()).isEqualTo(8);
        assertThat(data.skipped()).hasSize(7);
    }

    @Test
    void textNamedAsAPictureIsUnreadable() throws IOException {
        drawEach("ant/%d.png", 2);
        drawEach("bee/%d.png", 2);
        Files.writeString(folder.resolve("bee/9.jpg"), "this is no picture");
        assertThatThrownBy(this::open).hasMessageContaining("9.jpg (it is no picture but a text)");
    }

    @Test
    void samePictureOnBothSidesIsReported() throws IOException {
        drawEach("train/ant/%d.png", 2);
        drawEach("train/bee/%d.png", 2);
        Files.createDirectories(folder.resolve("val/ant"));
        Files.copy(folder.resolve("train/ant/1.png"), folder.resolve("val/ant/copy.png"));
        List<Event> events = new ArrayList<>();
        open(DataOptions.DEFAULT, events::add);
        assertThat(events).anyMatch(e -> e.line().contains("also among those to learn from, such as val/ant/copy.png"));
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() throws IOException {
        assertThatThrownBy(() ->
                        ImageData.open(folder.resolve("nowhere"), Optional.of(HOW), DataOptions.DEFAULT, Progress.NONE))
                .hasMessageContaining("There is no ");
        assertThatThrownBy(() -> ImageData.open(folder, Optional.empty(), DataOptions.DEFAULT, Progress.NONE))
                .hasMessageContaining("--size");
        assertThatThrownBy(this::open).hasMessageContaining("holds no pictures in class folders");
        drawEach("ant/%d.png", 3);
        assertThatThrownBy(this::open).hasMessageContaining("one class only (ant)");
        draw("bee/0.png");
        assertThat(open().classes()).hasSize(2);
    }

    @Test
    void halfASplitIsRefused() throws IOException {
        drawEach("train/ant/%d.png", 2);
        drawEach("train/bee/%d.png", 2);
        assertThatThrownBy(this::open).hasMessageContaining("has a folder train but none called val");
        Files.createDirectories(folder.resolve("val/ant"));
        assertThatThrownBy(this::open).hasMessageContaining("val holds no pictures");
        draw("val/cat/0.png");
        assertThatThrownBy(this::open).hasMessageContaining("The class cat has pictures in");
    }

    @Test
    void readingCanBeCancelled() throws IOException {
        drawEach("ant/%d.png", 3);
        drawEach("bee/%d.png", 3);
        Progress cancelled = new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> open(DataOptions.DEFAULT, cancelled)).isInstanceOf(CancellationException.class);
    }

    @Test
    void augmentedViewsDependOnSeedExampleAndViewAlone() throws IOException {
        drawEach("ant/%d.png", 4);
        drawEach("bee/%d.png", 4);
        Augmentation everything = Augmentation.parse("flip,crop,color,rotate:30,affine");
        PictureExamples plain = (PictureExamples) open().train();
        PictureExamples varied = plain.augmented(everything, 3);
        assertThat(view(varied, 2, Examples.PLAIN)).isEqualTo(view(plain, 2, Examples.PLAIN));
        byte[] first = view(varied, 2, 1);
        assertThat(view(varied, 2, 2)).isNotEqualTo(first);
        assertThat(view(varied, 1, 1)).isNotEqualTo(first);
        assertThat(view(plain.augmented(everything, 4), 2, 1)).isNotEqualTo(first);
        assertThat(view(((PictureExamples) open().train()).augmented(everything, 3), 2, 1))
                .isEqualTo(first);
        assertThat(view(varied.augmented(Augmentation.NONE, 3), 2, 1)).isEqualTo(view(plain, 2, 0));
    }

    @Test
    void flippedViewsAreThePictureOrItsMirrorImage() throws IOException {
        drawEach("ant/%d.png", 4);
        drawEach("bee/%d.png", 4);
        PictureExamples plain = (PictureExamples) open().train();
        Examples flipped = plain.augmented(Augmentation.parse("flip"), 1);
        byte[] asIs = view(plain, 0, 0);
        byte[] mirrored = new byte[asIs.length];
        for (int i = 0; i < asIs.length / 4; i++) {
            System.arraycopy(asIs, 4 * i, mirrored, 4 * (i / 16 * 16 + 15 - i % 16), 4);
        }
        int turned = 0;
        for (int k = 1; k <= 40; k++) {
            byte[] seen = view(flipped, 0, k);
            assertThat(Arrays.equals(seen, asIs) || Arrays.equals(seen, mirrored))
                    .isTrue();
            turned += Arrays.equals(seen, mirrored) ? 1 : 0;
        }
        assertThat(turned).isBetween(10, 30);
    }
}
