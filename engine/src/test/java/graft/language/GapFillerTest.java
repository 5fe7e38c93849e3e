package graft.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.language.GapFiller.Candidate;
import graft.meaning.Reading;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network whose scores are those of its own token and the sum of those of all, so that a gap is filled by hand. */
class GapFillerTest {
    private static final int WORDS = 40;
    private static final int MASK = 3;

    @TempDir
    Path folder;

    private final float[] table = new float[WORDS * WORDS];
    private Path network;

    @BeforeEach
    void write() throws Exception {
        Random random = new Random(4);
        IntStream.range(0, table.length).forEach(i -> table[i] = (float) random.nextGaussian());
        Model empty = Model.create("test", 8, 13);
        var graph = empty.graph()
                .edit()
                .inputs(List.of(ValueInfo.of("input_ids", ElementType.INT64, Dim.free("N"), Dim.free("T"))))
                .outputs(List.of(
                        ValueInfo.of("logits", ElementType.FLOAT, Dim.free("N"), Dim.free("T"), Dim.of(WORDS))));
        graph.put(Tensor.ofFloats("table", new long[] {WORDS, WORDS}, table));
        graph.put(Tensor.ofLongs("tokens", new long[] {1}, 1));
        graph.nodes()
                .addAll(List.of(
                        Node.of("Gather", "", List.of("table", "input_ids"), List.of("own")),
                        Node.of("ReduceSum", "", List.of("own", "tokens"), List.of("all"))
                                .with("keepdims", 1L),
                        Node.of("Add", "", List.of("own", "all"), List.of("logits"))));
        network = folder.resolve("gaps.onnx");
        OnnxFile.write(empty.withGraph(graph.build()), network);
        Files.copy(
                Path.of(getClass()
                        .getResource("/pytorch/language/tokenizer.json")
                        .toURI()),
                folder.resolve("tokenizer.json"));
    }

    private GapFiller.Filled fill(String text) {
        return GapFiller.fill(
                new GapFiller.Plan(NetworkFile.at(network), Reading.USUAL, Optional.empty(), text, 3, 1),
                Progress.NONE);
    }

    /** Of the fixture: four special tokens, then b, d, f, … with a, e, i, o. */
    private static int number(String word) {
        return 4 + 4 * "bdfgklmnp".indexOf(word.charAt(0)) + "aeio".indexOf(word.charAt(1));
    }

    private static String word(int number) {
        return List.of("[PAD]", "[UNK]", "<|endoftext|>", "[MASK]").stream()
                .skip(Math.min(number, 4))
                .findFirst()
                .filter(special -> number < 4)
                .orElseGet(() -> "" + "bdfgklmnp".charAt((number - 4) / 4) + "aeio".charAt((number - 4) % 4));
    }

    @Test
    void candidatesAndTheirProbabilitiesAreThoseOfTheScores() {
        GapFiller.Filled filled = fill("be [MASK] go");
        double[] scores = IntStream.range(0, WORDS)
                .mapToDouble(i -> 2.0 * table[MASK * WORDS + i]
                        + table[number("be") * WORDS + i]
                        + table[number("go") * WORDS + i])
                .toArray();
        double all =
                IntStream.range(0, WORDS).mapToDouble(i -> Math.exp(scores[i])).sum();
        int best = IntStream.range(0, WORDS)
                .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                .orElseThrow();
        assertThat(filled.gaps()).hasSize(1);
        List<Candidate> candidates = filled.gaps().get(0).candidates();
        assertThat(candidates).hasSize(3);
        assertThat(candidates.get(0).probability()).isCloseTo(Math.exp(scores[best]) / all, within(1e-5));
        assertThat(candidates.get(1).probability())
                .isLessThanOrEqualTo(candidates.get(0).probability());
        if (best >= 4) { // special tokens are decoded to nothing
            assertThat(candidates.get(0).token()).isEqualTo(word(best));
            assertThat(filled.filled()).isEqualTo("be " + word(best) + " go");
        }
        assertThat(fill("[MASK] be [MASK]").gaps()).hasSize(2);
    }

    @Test
    void aTextWithoutGapsAndANetworkThatReadsToTheRightAreRefused() throws Exception {
        assertThatThrownBy(() -> fill("be go"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("has no gap to be filled. Write [MASK]");
        network = Path.of(getClass().getResource("/pytorch/language/net.onnx").toURI());
        assertThatThrownBy(() -> fill("be [MASK]")).isInstanceOf(Refusal.class).hasMessageContaining("fills no gaps");
    }
}
