package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graft.data.ClassNames;
import graft.files.Json;
import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user said of a foreign network's pictures and classes is in every file that is made from it. */
class NotesThatGoOnTest {
    private static final List<String> CLASSES = List.of("a", "b", "c", "d");
    private static final String[] PREPARED = {"--mean", "0.3,0.4,0.5", "--std", "0.25", "--channels", "bgr"};

    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndPictures() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Files.write(folder.resolve("labels.txt"), CLASSES);
        data = folder.resolve("data");
        Random random = new Random(3);
        for (String part : List.of("train", "val")) {
            for (String name : CLASSES) {
                Path into = Files.createDirectories(data.resolve(part).resolve(name));
                for (int i = 0; i < 6; i++) {
                    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                    picture.setRGB(0, 0, 8, 8, random.ints(64, 0, 1 << 24).toArray(), 0, 8);
                    ImageIO.write(picture, "png", into.resolve(i + ".png").toFile());
                }
            }
        }
    }

    private static JsonNode run(Stream<String> arguments) {
        Graft.Answer answer =
                Graft.run(Stream.concat(arguments, Stream.of("--json")).toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return Json.parse(answer.out());
    }

    private List<Double> probabilities(Path file, String... options) {
        List<Double> out = new ArrayList<>();
        run(Stream.concat(
                        Stream.of(
                                "predict",
                                "--network",
                                file.toString(),
                                data.resolve("val").toString(),
                                "--proba"),
                        Stream.of(options)))
                .get("answers")
                .forEach(answer -> answer.get("probabilities").forEach(each -> out.add(each.asDouble())));
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"calibrate --data", "ood --data", "quantize --calibrate"})
    void aFileThatIsMadeFromAForeignOneNeedsNoOptionsAgain(String command) throws IOException {
        String[] words = command.split(" ");
        Path made = Files.createDirectories(folder.resolve("made")).resolve("made.onnx");
        run(Stream.concat(
                Stream.of(
                        words[0], "--network", network.toString(), words[1], data.toString(), "--out", made.toString()),
                Stream.of(PREPARED)));
        assertThat(OnnxFile.read(made).metadata().get(ClassNames.KEY)).contains("a", "b", "c", "d");
        assertThat(probabilities(made))
                .isEqualTo(probabilities(made, PREPARED))
                .isNotEqualTo(probabilities(made, "--mean", "0", "--std", "1"));
    }
}
