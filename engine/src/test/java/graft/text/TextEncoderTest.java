package graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.files.Json;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.sample.SampleMails;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEncoderTest {
    private static final Path NETWORK = TokenizerTest.MINILM.resolve("minilm.onnx");
    private static final TokenizerFile FILE = TokenizerFile.open(TokenizerTest.MINILM.resolve(TokenizerFile.NAME));

    private final Reading reading = new Reading();

    private static TextInputs minilm() {
        return TextInputs.of(OnnxFile.read(NETWORK).graph(), Set.of());
    }

    private static TextEncoder encoder(int maxLength) {
        return TextEncoder.of(minilm(), FILE, Optional.of(maxLength), Map.of());
    }

    /** A network of one embedding. */
    private static Graph network(int rows, ElementType type, Dim length, String... more) {
        GraphEditor editor = Model.create("test", 8, 13).graph().edit();
        editor.put(Tensor.ofFloats("words", new long[] {rows, 2}, new float[2 * rows]));
        List<ValueInfo> inputs = new java.util.ArrayList<>();
        inputs.add(ValueInfo.of("input_ids", type, Dim.free("N"), length));
        for (String name : more) {
            inputs.add(ValueInfo.of(name, type, Dim.free("N"), length));
        }
        editor.inputs(inputs);
        editor.nodes()
                .add(Node.of("Cast", "cast", List.of("input_ids"), List.of("numbers"))
                        .with("to", 7));
        editor.nodes().add(Node.of("Gather", "look", List.of("words", "numbers"), List.of("out")));
        editor.outputs(List.of(ValueInfo.ofType("out", ElementType.FLOAT)));
        return editor.build();
    }

    /** Features by mean over the tokens that are there; expected by ONNX Runtime from Python, one text at a time. */
    @Test
    void paddedBatchesGiveTheFeaturesOfTextsAlone() {
        JsonNode expected = TokenizerTest.resource("features.json");
        List<TextExample> texts = TokenizerTest.texts().stream()
                .limit(expected.size())
                .map(TokenizerTest::example)
                .toList();
        try (TextEncoder encoder = encoder(32);
                OrtSession session = OrtSession.open(NETWORK, 1)) {
            Map<String, Values> batch = encoder.batch(encoder.encode(texts, Progress.NONE));
            double[][] means = means(
                    session.run(batch).get("last_hidden_state"),
                    batch.get(encoder.mask().orElseThrow()));
            for (int text = 0; text < means.length; text++) {
                double norm = 0;
                for (int k = 0; k < means[text].length; k++) {
                    norm += means[text][k] * means[text][k];
                    if (k < 8) {
                        assertThat(means[text][k])
                                .isCloseTo(
                                        expected.get(text).get("first").get(k).asDouble(), within(1e-5));
                    }
                }
                assertThat(Math.sqrt(norm))
                        .isCloseTo(expected.get(text).get("norm").asDouble(), within(1e-4));
            }
        }
    }

    /** The numbers of the network after PyTorch's epoch; expected answers by PyTorch, one text at a time, in double precision. */
    @Test
    void aPaddedBatchGetsTheLogitsThatPyTorchGivesEachTextAlone() throws Exception {
        Path there = Path.of(getClass().getResource("/pytorch/text/net.onnx").toURI());
        Model network = OnnxFile.read(there);
        Map<String, Tensor> learnt =
                OnnxFile.read(there.resolveSibling("after-all.onnx")).graph().initializers();
        GraphEditor editor = network.graph().edit();
        learnt.values().stream()
                .filter(tensor -> network.graph().initializers().containsKey(tensor.name()))
                .forEach(editor::put);
        Model trained = network.withGraph(editor.build());
        DataSet data = TextDataSet.open(
                there.getParent(), there, network, TextOptions.DEFAULT, TextDataSet.Feeding.USUAL, reading.progress);
        JsonNode expected = Json.parse(Files.readString(there.resolveSibling("logits.json")));
        float[] weight = learnt.get("head.weight").toFloats();
        float[] bias = learnt.get("head.bias").toFloats();
        try (OrtSession session = OrtSession.open(trained, 1)) {
            Map<String, Values> batch =
                    data.val().inputs(IntStream.range(0, data.val().size()).toArray(), Examples.PLAIN);
            double[][] means = means(session.run(batch).get("last_hidden_state"), batch.get("attention_mask"));
            assertThat(means).hasNumberOfRows(expected.size());
            for (int text = 0; text < means.length; text++) {
                for (int c = 0; c < bias.length; c++) {
                    double logit = bias[c];
                    for (int k = 0; k < means[text].length; k++) {
                        logit += means[text][k] * weight[c * means[text].length + k];
                    }
                    assertThat(logit).isCloseTo(expected.get(text).get(c).asDouble(), within(1e-5));
                }
            }
        }
    }

    /** Over the tokens that are there. */
    private static double[][] means(Values states, Values attention) {
        int length = (int) states.shape()[1];
        int width = (int) states.shape()[2];
        FloatBuffer numbers = states.floats();
        LongBuffer mask = attention.data().asLongBuffer();
        double[][] out = new double[(int) states.shape()[0]][width];
        for (int text = 0; text < out.length; text++) {
            int count = 0;
            for (int token = 0; token < length; token++) {
                if (mask.get(text * length + token) == 1) {
                    count++;
                    for (int k = 0; k < width; k++) {
                        out[text][k] += numbers.get((text * length + token) * width + k);
                    }
                }
            }
            for (int k = 0; k < width; k++) {
                out[text][k] /= count;
            }
        }
        return out;
    }

    @Test
    void minilmIsUnderstoodFromItsGraph() {
        TextInputs inputs = minilm();
        assertThat(TextInputs.areOf(OnnxFile.read(NETWORK).graph())).isTrue();
        assertThat(inputs.embeddings()).isEqualTo(OptionalInt.of(30522));
        assertThat(inputs.positions()).isEqualTo(OptionalInt.of(512));
        assertThat(inputs.fixedLength()).isEmpty();
        try (TextEncoder encoder = TextEncoder.of(inputs, FILE, Optional.empty(), Map.of())) {
            assertThat(encoder.maxLength()).isEqualTo(128);
            assertThat(encoder.notes()).containsEntry(TextEncoder.MAX_LENGTH, "128");
        }
        assertThatThrownBy(() -> encoder(513)).isInstanceOf(Refusal.class).hasMessageContaining("512 positions");
    }

    /** RoBERTa counts the tokens that are no padding and adds the number of padding: of 40 rows 38 are positions, where that is 1. */
    @Test
    void positionsThatAreCountedBeginBehindTheNumberOfPadding() {
        GraphEditor editor = network(40000, ElementType.INT64, Dim.free("L"), "attention_mask")
                .edit();
        editor.put(Tensor.ofFloats("places", new long[] {40, 2}, new float[80]));
        editor.put(Tensor.ofLongs("axis", new long[0], 1));
        editor.put(Tensor.ofLongs("padding", new long[0], 1));
        editor.nodes()
                .addAll(List.of(
                        Node.of("CumSum", "count", List.of("attention_mask", "axis"), List.of("counted")),
                        Node.of("Mul", "mask", List.of("counted", "attention_mask"), List.of("masked")),
                        Node.of("Cast", "whole", List.of("masked"), List.of("cast"))
                                .with("to", 7),
                        Node.of("Add", "behind", List.of("cast", "padding"), List.of("at")),
                        Node.of("Gather", "place", List.of("places", "at"), List.of("placed")),
                        Node.of("Add", "both", List.of("out", "placed"), List.of("sum"))));
        editor.outputs(List.of(ValueInfo.ofType("sum", ElementType.FLOAT)));
        assertThat(TextInputs.of(editor.build(), Set.of()).positions()).isEqualTo(OptionalInt.of(38));
    }

    @Test
    void inputsAreFedByNameInTheirTypeAndLength() {
        TextInputs inputs =
                TextInputs.of(network(40000, ElementType.INT32, Dim.of(6), "attention_mask", "position_ids"), Set.of());
        try (TextEncoder encoder = TextEncoder.of(inputs, FILE, Optional.empty(), Map.of())) {
            assertThat(encoder.maxLength()).isEqualTo(6);
            Map<String, Values> batch = encoder.batch(encoder.encode(
                    List.of(TokenizerTest.example("hello"), TokenizerTest.example("one two three four five six")),
                    reading.progress));
            assertThat(batch.keySet()).containsExactlyInAnyOrder("input_ids", "attention_mask", "position_ids");
            Values ids = batch.get("input_ids");
            assertThat(ids.shape()).containsExactly(2, 6);
            assertThat(ids.type()).isEqualTo(ElementType.INT32);
            int[] numbers = new int[12];
            ids.data().asIntBuffer().get(numbers);
            // [CLS] hello [SEP] [PAD]…; [CLS] one two three four [SEP], by the vocabulary
            assertThat(numbers).containsExactly(101, 7592, 102, 0, 0, 0, 101, 2028, 2048, 2093, 2176, 102);
            assertThat(batch.get("attention_mask").data().asIntBuffer().get(3)).isZero();
            assertThat(batch.get("position_ids").data().asIntBuffer().get(5)).isEqualTo(5);
            assertThat(reading.said()).contains("1 of 2 texts are longer than 6 tokens", "--max-length");
        }
    }

    @Test
    void aTokenizerWithMoreTokensThanTheEmbeddingIsRefused() {
        TextInputs inputs = TextInputs.of(network(30521, ElementType.INT64, Dim.free("L")), Set.of());
        assertThatThrownBy(() -> TextEncoder.of(inputs, FILE, Optional.empty(), Map.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(
                        "30522 tokens", "30521 rows", FILE.file().toString());
    }

    @Test
    void whatIsNoNetworkOfTextsIsRefused() {
        GraphEditor editor = Model.create("test", 8, 13).graph().edit();
        editor.inputs(List.of(ValueInfo.of("image", ElementType.FLOAT, Dim.of(1), Dim.of(3), Dim.of(8), Dim.of(8))));
        Graph picture = editor.build();
        assertThat(TextInputs.areOf(picture)).isFalse();
        assertThatThrownBy(() -> TextInputs.of(picture, Set.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("image", "It is no network of texts");
        assertThatThrownBy(() -> TextInputs.of(network(9, ElementType.FLOAT, Dim.free("L")), Set.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("FLOAT", "whole numbers");
        Graph more = network(9, ElementType.INT64, Dim.free("L"), "pixel_values");
        assertThatThrownBy(() -> TextInputs.of(more, Set.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--input pixel_values=VALUE");
        assertThat(TextInputs.of(more, Set.of("pixel_values")).infos()).hasSize(1);
    }

    @Test
    void textsOfUnknownCharactersAreRemarked() {
        try (TextEncoder encoder = encoder(16)) {
            encoder.encode(
                    List.of(new TextExample("a.csv:3", "😀 😀", Optional.empty(), 0), TokenizerTest.example("fine")),
                    reading.progress);
            assertThat(reading.said()).contains("1 text consists only of characters", "a.csv:3");
        }
    }

    @Test
    void anotherLengthOrTokenizerHasAnotherFingerprint() {
        assertThat(IntStream.of(16, 32, 16)
                        .mapToObj(length -> {
                            try (TextEncoder encoder = encoder(length)) {
                                return encoder.fingerprint();
                            }
                        })
                        .distinct())
                .hasSize(2);
        assertThat(FILE.hash()).hasSize(64);
    }

    @Test
    void aDataSetIsFedAndItsTokenizerTravels(@TempDir Path folder) throws IOException {
        SampleMails.writeInto(folder.resolve("mails"));
        DataSet data = TextDataSet.open(
                folder.resolve("mails"),
                NETWORK,
                OnnxFile.read(NETWORK),
                TextOptions.DEFAULT,
                TextDataSet.Feeding.USUAL,
                reading.progress);
        Examples train = data.train();
        int[] order = train.bySize();
        assertThat(train.alike()).isFalse();
        Map<String, Values> first = train.inputs(new int[] {order[0], order[1]}, Examples.PLAIN);
        Map<String, Values> last = train.inputs(new int[] {order[order.length - 1]}, Examples.PLAIN);
        assertThat(first.get("input_ids").shape()[1])
                .isGreaterThan(last.get("input_ids").shape()[1]);
        assertThat(train.place(0))
                .isEqualTo(folder.resolve("mails").resolve("train.csv:2").toString());
        assertThat(train.key(0)).isNotEqualTo(train.key(1)).hasSize(64);
        List<ValueInfo> narrow = List.of(ValueInfo.of("x/input_ids", ElementType.INT32, Dim.free("N"), Dim.free("L")));
        assertThat(train.fedTo(NETWORK, narrow).inputs(new int[] {0}, Examples.PLAIN))
                .containsOnlyKeys("x/input_ids");

        Path shipped = Files.createDirectories(folder.resolve("run")).resolve("network.onnx");
        data.encoder().writeBeside(shipped);
        TokenizerFile beside =
                TokenizerFile.of(shipped, Optional.empty(), data.encoder().notes());
        assertThat(beside.content()).isEqualTo(FILE.content());
        Files.writeString(shipped.resolveSibling(TokenizerFile.NAME), Files.readString(FILE.file()) + "\n");
        data.encoder().writeBeside(shipped);
        assertThat(TokenizerFile.of(shipped, Optional.empty(), data.encoder().notes())
                        .file())
                .hasFileName("network.tokenizer.json");
    }
}
