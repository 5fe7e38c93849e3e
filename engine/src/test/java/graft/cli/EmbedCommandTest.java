package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.onnx.OnnxFile;
import graft.testdata.TinyNetworks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of sentences are those of sentence-transformers' Pooling and Normalize, computed by ONNX Runtime in
 * {@code pytorch/sentences/make_expected.py}.
 */
class EmbedCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path network;
    private Path texts;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        Path from =
                Path.of(getClass().getResource("/pytorch/sentences/net.onnx").toURI());
        network = Files.copy(from, folder.resolve("net.onnx"));
        Files.copy(from.resolveSibling("tokenizer.json"), folder.resolve("tokenizer.json"));
        texts = Files.copy(from.resolveSibling("val.tsv"), folder.resolve("val.tsv"));
    }

    private JsonNode expected(String how) throws Exception {
        return JSON.readTree(getClass().getResource("/pytorch/sentences/embeddings.json"))
                .get(how);
    }

    private Graft.Answer embed(String... more) {
        List<String> words = new ArrayList<>(List.of("embed", "--network", network.toString(), "--data"));
        words.add(texts.toString());
        words.addAll(List.of(more));
        return Graft.run(words.toArray(String[]::new));
    }

    /** As NumPy reads it: magic, version, length of the header, header, numbers. */
    private static float[][] array(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.get() & 0xff).isEqualTo(0x93);
        byte[] word = new byte[5];
        bytes.get(word);
        assertThat(new String(word, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
        assertThat(bytes.getShort()).isEqualTo((short) 1); // version 1.0
        byte[] header = new byte[bytes.getShort()];
        bytes.get(header);
        assertThat(bytes.position() % 64).isZero();
        String keys = new String(header, StandardCharsets.US_ASCII);
        assertThat(keys).contains("'descr': '<f4'", "'fortran_order': False").endsWith("\n");
        String[] shape = keys.replaceAll("(?s).*\\(([^)]*)\\).*", "$1").split(", ");
        float[][] out = new float[Integer.parseInt(shape[0])][Integer.parseInt(shape[1])];
        for (float[] row : out) {
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + Float.BYTES * row.length);
        }
        assertThat(bytes.hasRemaining()).isFalse();
        return out;
    }

    private void assertRows(float[][] rows, String how) throws Exception {
        JsonNode expected = expected(how);
        assertThat(rows).hasNumberOfRows(expected.size());
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < rows[i].length; k++) {
                assertThat(rows[i][k])
                        .as("number %d of text %d", k, i)
                        .isCloseTo((float) expected.get(i).get(k).asDouble(), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"auto, auto, mean", "cls, yes, cls", "mean, no, as_they_are"})
    void rowsAreThoseOfSentenceTransformers(String pooling, String normalize, String how) throws Exception {
        Path out = folder.resolve("rows.npy");
        Graft.Answer said = embed("--out", out.toString(), "--pooling", pooling, "--normalize", normalize, "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        JsonNode told = JSON.readTree(said.out());
        assertThat(told.get("n").asInt()).isEqualTo(6);
        assertThat(told.get("width").asInt()).isEqualTo(12);
        assertThat(told.get("normalized").asBoolean()).isEqualTo(!normalize.equals("no"));
        assertRows(array(out), how);
    }

    @Test
    void filesOfSentenceTransformersBesideTheNetworkDecide() throws Exception {
        Files.createDirectory(folder.resolve("1_Pooling"));
        Files.writeString(
                folder.resolve("1_Pooling/config.json"),
                "{\"pooling_mode_cls_token\": false, \"pooling_mode_mean_tokens\": true}");
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"idx\": 0, \"type\": \"sentence_transformers.models.Transformer\"},"
                        + " {\"idx\": 1, \"type\": \"sentence_transformers.models.Pooling\"}]");
        Path out = folder.resolve("rows.npy");
        Graft.Answer said = embed("--out", out.toString());
        assertRows(array(out), "as_they_are");
        assertThat(said.err()).contains("Rows keep their length, as", "modules.json", "1_Pooling");
        // Graft's own file may be written again; a stranger's is not touched.
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"idx\": 0, \"type\": \"sentence_transformers.models.Pooling\"},"
                        + " {\"idx\": 1, \"type\": \"sentence_transformers.models.Normalize\"}]");
        assertThat(embed("--out", out.toString()).exitCode()).isZero();
        assertRows(array(out), "mean");
        Path strange = folder.resolve("strange.npy");
        Files.write(strange, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 5, 0, '{', '\'', 'd', 'e', '}'});
        Graft.Answer refused = embed("--out", strange.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("strange.npy exists already");
    }

    @Test
    void aTableHasNamesAndTextsAndWhatCannotBeReadIsNamed() throws Exception {
        Path broken = folder.resolve("broken.txt");
        Files.write(broken, new byte[] {'a', (byte) 0xff, (byte) 0xfe, 'b', 0, 1});
        Path out = folder.resolve("rows.csv");
        Graft.Answer said = Graft.run(
                "embed",
                "--network",
                network.toString(),
                "--data",
                texts.toString(),
                broken.toString(),
                "--out",
                out.toString());
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("1 could not be read and have no row", "broken.txt");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).startsWith("input,text,e1,e2,").endsWith(",e12");
        String[] cells = lines.get(1).split(",");
        assertThat(cells[0]).isEqualTo(texts + ":2");
        assertThat(Double.parseDouble(cells[2]))
                .isCloseTo(expected("mean").get(0).get(0).asDouble(), within(1e-5));
    }

    @Test
    void neighboursAreThoseOfTheLargestCosines() throws Exception {
        JsonNode rows = expected("mean");
        double most = -1;
        int nearest = 0;
        for (int i = 1; i < rows.size(); i++) {
            double cosine = 0;
            for (int k = 0; k < rows.get(i).size(); k++) {
                cosine += rows.get(0).get(k).asDouble() * rows.get(i).get(k).asDouble();
            }
            if (cosine > most) {
                most = cosine;
                nearest = i;
            }
        }
        String first = Files.readAllLines(texts).get(1).split("\t")[0];
        JsonNode asExample = neighbours("val.tsv:2").get("queries").get(0);
        JsonNode best = asExample.get("nearest").get(0);
        assertThat(best.get("name").asText()).isEqualTo("val.tsv:" + (nearest + 2));
        assertThat(best.get("similarity").asDouble()).isCloseTo(most, within(1e-5));
        assertThat(best.get("class").asText()).isIn("a", "b", "c");
        // The same as words, which are no example: the one that has these words is its own nearest.
        JsonNode asWords = neighbours(first).get("queries").get(0);
        assertThat(asWords.get("nearest").get(0).get("name").asText()).isEqualTo("val.tsv:2");
        assertThat(asWords.get("nearest").get(0).get("similarity").asDouble()).isCloseTo(1, within(1e-5));
        assertThat(asWords.get("nearest").get(1)).isEqualTo(best);
    }

    private JsonNode neighbours(String query) throws Exception {
        Graft.Answer said = Graft.run(
                "neighbours",
                "--network",
                network.toString(),
                "--data",
                texts.toString(),
                "--query",
                query,
                "--nearest",
                "2",
                "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        return JSON.readTree(said.out());
    }

    @Test
    void picturesHaveNeighboursToo() throws Exception {
        Path pictures = folder.resolve("pictures");
        int[][] colours = {{0xff0000, 0xee0808, 0xf81010}, {0x0000ff, 0x0808ee, 0x1010f8}};
        for (int c = 0; c < colours.length; c++) {
            for (int i = 0; i < 3; i++) {
                for (String part : List.of("train", "val")) {
                    Path file = pictures.resolve(part + "/" + (c == 0 ? "red" : "blue") + "/" + part + i + ".png");
                    Files.createDirectories(file.getParent());
                    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
                    for (int at = 0; at < 32 * 32; at++) {
                        image.setRGB(at % 32, at / 32, colours[c][i] + (part.equals("val") ? 0x000500 : 0));
                    }
                    ImageIO.write(image, "png", file.toFile());
                }
            }
        }
        Path network = folder.resolve("pictures.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Graft.Answer said = Graft.run(
                "neighbours",
                "--network",
                network.toString(),
                "--data",
                pictures.toString(),
                "--query",
                "train/red/train0.png",
                "--nearest",
                "5",
                "--size",
                "8",
                "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        JsonNode nearest = JSON.readTree(said.out()).get("queries").get(0).get("nearest");
        assertThat(nearest).hasSize(5);
        nearest.forEach(each -> assertThat(each.get("class").asText()).isEqualTo("red"));
    }
}
