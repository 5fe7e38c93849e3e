package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.image.ImageData;
import graft.progress.Progress;
import graft.testdata.Shared;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in network is as good as {@code docs/built-in-network.md} says, on pictures it never saw. */
class BuiltInNetworkOnCifarTest {
    /** By {@code graft evaluate} on all 10,000 test pictures. */
    private static final double DOCUMENTED = 0.8031;

    private static final int PER_CLASS = 100;
    /** Three standard deviations of a share near 0.8 counted on 1,000 pictures. */
    private static final double SAMPLING = 0.038;

    @TempDir
    Path folder;

    @Test
    void judgesCifarPicturesAsDocumented() throws IOException {
        unpackTestPictures(Shared.path("data/datasets/cifar10-images.tar.gz"));
        DataSet data = ImageData.open(
                folder, Optional.of(ResidualNetwork.preprocessing()), DataOptions.DEFAULT, Progress.NONE);
        assertThat(data.val().size()).isEqualTo(10 * PER_CLASS);
        ClassEvaluation evaluation;
        try (Evaluator evaluator = Evaluator.open(BuiltInNetwork.file(), 0)) {
            evaluation = evaluator.evaluate(data, Progress.NONE);
        }
        assertThat(evaluation.accuracy()).isCloseTo(DOCUMENTED, within(SAMPLING));
    }

    /** The first pictures of each class under test/, as val/; one each of them as train/, without which no folder opens. */
    private void unpackTestPictures(Path archive) throws IOException {
        Map<Path, Integer> counts = new HashMap<>();
        byte[] header = new byte[512];
        try (InputStream file = Files.newInputStream(archive);
                DataInputStream tar = new DataInputStream(new BufferedInputStream(new GZIPInputStream(file)))) {
            while (true) {
                tar.readFully(header);
                String name = text(header, 0, 100);
                if (name.isEmpty()) {
                    return;
                }
                int size = Integer.parseInt(text(header, 124, 12), 8);
                byte[] content = new byte[size];
                tar.readFully(content);
                tar.skipNBytes((512 - size % 512) % 512);
                Path path = Path.of(name);
                if (name.startsWith("test/") && name.endsWith(".jpg")) {
                    Path inClass = path.subpath(1, 3);
                    int before = counts.merge(inClass.getName(0), 1, Integer::sum);
                    if (before <= PER_CLASS) {
                        put("val", inClass, content);
                    }
                    if (before == 1) {
                        put("train", inClass, content);
                    }
                }
            }
        } catch (EOFException end) {
            assertThat(counts).hasSize(10);
        }
    }

    private void put(String part, Path file, byte[] content) throws IOException {
        Path to = folder.resolve(part).resolve(file);
        Files.createDirectories(to.getParent());
        Files.write(to, content);
    }

    private static String text(byte[] header, int from, int length) {
        return new String(header, from, length, StandardCharsets.US_ASCII)
                .replace("\0", "")
                .strip();
    }
}
