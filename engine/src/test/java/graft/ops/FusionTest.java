package graft.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of nodes computed at once, against the same nodes one by one. */
class FusionTest {
    private static final String GELU = "e=Div x root; f=Erf e; g=Add f one; ";
    private static final String TANH =
            "p=Pow x three; c=Mul p cubic; s=Add x c; r=Mul s slope; t=Tanh r; g=Add one t; ";
    private static final String CENTRED = "u=ReduceMean x; d=Sub x u; ";
    private static final String NORMALISED = "v=ReduceMean q; r=Add v small; s=Sqrt r; n=Div d s; m=Mul n scale; ";
    private static final String LAST = "u=ReduceMean x last; d=Sub x u; ";
    private static final String NORMALISED_LAST = NORMALISED.replace("ReduceMean q", "ReduceMean q last");
    private static final String SCORES = "x=Mul w z; k=Transpose z; s=MatMul x k; ";
    private static final Map<String, String> PATTERNS = Map.ofEntries(
            Map.entry("gelu, halved after", GELU + "m=Mul x g; y=Mul m half"),
            Map.entry("gelu, halved before", "h=Mul x half; " + GELU + "y=Mul h g"),
            Map.entry("gelu, halved between", GELU + "m=Mul half g; y=Mul x m"),
            Map.entry("gelu by tanh", "h=Mul half x; " + TANH + "y=Mul h g"),
            Map.entry("silu", "s=Sigmoid x; y=Mul x s"),
            Map.entry("layer norm", CENTRED + "q=Pow d two; " + NORMALISED + "y=Add m bias"),
            Map.entry("layer norm by a product", CENTRED + "q=Mul d d; " + NORMALISED + "y=Add bias m"),
            Map.entry("layer norm, axes as input", LAST + "q=Pow d two; " + NORMALISED_LAST + "y=Add m bias"),
            Map.entry("linear layer", "m=MatMul x weight; y=Add bias m"),
            Map.entry("attention", SCORES + "a=Softmax s; y=MatMul a x"),
            Map.entry("scaled attention", SCORES + "d=Div s root; a=Softmax d; y=MatMul a z"),
            Map.entry("masked attention", SCORES + "d=Mul s half; b=Add d mask; a=Softmax b; y=MatMul a z"),
            Map.entry(
                    "masked attention by cast weights",
                    SCORES + "d=Mul s half; b=Add d mask; a=Softmax b; c=Cast a; y=MatMul c z"),
            Map.entry("masked attention that is not scaled", SCORES + "b=Add mask s; a=Softmax b; y=MatMul a z"));

    private static Model model(String pattern, String... alsoOutput) {
        Random random = new Random(5);
        // From version 18 on axes are an input.
        Model model = Model.create("graft tests", 8, pattern.contains(" last") ? 18 : 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("z", ElementType.FLOAT, Dim.of(2), Dim.of(3), Dim.of(4), Dim.of(5))));
        Map<String, Float> numbers = Map.of(
                "root",
                (float) Math.sqrt(2),
                "small",
                1e-5f,
                "two",
                2f,
                "one",
                1f,
                "half",
                0.5f,
                "three",
                3f,
                "cubic",
                0.044715f,
                "slope",
                (float) Math.sqrt(2 / Math.PI));
        numbers.forEach((name, value) -> editor.put(Tensor.ofFloats(name, new long[0], value)));
        editor.put(floats(random, "w", 5));
        editor.put(floats(random, "weight", 5, 5));
        editor.put(floats(random, "bias", 5));
        editor.put(floats(random, "scale", 5));
        editor.put(Tensor.ofLongs("last", new long[] {1}, -1));
        editor.put(floats(random, "mask", 2, 1, 4, 4));
        List<Node> nodes = new ArrayList<>();
        String text = pattern.startsWith("x=") ? pattern : "x=Mul z w; " + pattern;
        for (String line : text.split("; ")) {
            String[] words = line.split("[= ]");
            Node node = Node.of(words[1], words[0], List.of(words).subList(2, words.length), List.of(words[0]));
            nodes.add(
                    switch (words[1]) {
                        case "Transpose" -> node.with("perm", 0L, 1L, 3L, 2L);
                        case "Softmax" -> node.with("axis", -1L);
                        case "Cast" -> node.with("to", 1L);
                        case "ReduceMean" -> words.length == 3 ? node.with("axes", new long[] {-1}) : node;
                        default -> node;
                    });
        }
        editor.nodes().addAll(nodes);
        List<ValueInfo> outputs = new ArrayList<>(List.of(ValueInfo.ofName("y")));
        List.of(alsoOutput).forEach(name -> outputs.add(ValueInfo.ofName(name)));
        editor.outputs(outputs);
        return model.withGraph(editor.build());
    }

    private static Tensor floats(Random random, String name, long... shape) {
        int size = 1;
        for (long extent : shape) {
            size *= (int) extent;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.ofFloats(name, shape, values);
    }

    /** The output, and the gradients of what learns. */
    private static Map<String, float[]> results(NDManager manager, Executor executor, Set<String> learning) {
        Map<String, float[]> out = new LinkedHashMap<>();
        try (NDManager step = manager.newSubManager()) {
            TorchEngine.recordGradients(true);
            NDArray z = ArrayTensors.toArray(step, floats(new Random(9), "z", 2, 3, 4, 5));
            NDArray y = executor.run(step, Map.of("z", z), Mode.INFERENCE).get("y");
            out.put("y", y.toFloatArray());
            TorchEngine.backward(y.mul(y).sum());
            learning.forEach(name ->
                    executor.gradient(step, name).ifPresent(gradient -> out.put(name, gradient.toFloatArray())));
            TorchEngine.recordGradients(false);
        }
        return out;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gelu, halved after | w",
                "gelu, halved before | w",
                "gelu, halved between | w",
                "gelu by tanh | w",
                "silu | w",
                "layer norm | w,scale,bias",
                "layer norm by a product | w,scale,bias",
                "layer norm, axes as input | w,scale,bias",
                "linear layer | w,weight,bias",
                "attention | w",
                "scaled attention | w",
                "masked attention | w",
                "masked attention | w,mask",
                "masked attention by cast weights | w",
                "masked attention that is not scaled | w"
            })
    void atOnceEqualsNodeByNodeInOutputsAndGradients(String pattern, String names) {
        Model model = model(PATTERNS.get(pattern));
        Set<String> learning = Set.of(names.split(","));
        try (NDManager manager = TorchEngine.start(1);
                Executor fused = new Executor(model, manager, learning);
                Executor plain = Executor.nodeByNode(model, manager, learning)) {
            // The product that feeds the pattern, the transposed keys of attention, and the pattern.
            assertThat(fused.size()).isEqualTo(pattern.contains("attention") ? 3 : 2);
            assertThat(plain.size()).isGreaterThan(fused.size());
            Map<String, float[]> wanted = results(manager, plain, learning);
            assertThat(wanted).containsKeys(names.split(","));
            Map<String, float[]> found = results(manager, fused, learning);
            wanted.forEach((name, values) -> assertThat(found.get(name))
                    .as(name)
                    .containsExactly(values, within(2e-6f * Math.max(1, largest(values)))));
        }
    }

    /** Every value between the first and the last node, one at a time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gelu, halved after | e,f,g,m",
                "gelu, halved before | h,e,f,g",
                "gelu, halved between | e,f,g,m",
                "gelu by tanh | h,p,c,s,r,t,g",
                "silu | s",
                "layer norm | u,d,q,v,r,s,n,m",
                "linear layer | m",
                "scaled attention | s,d,a",
                "masked attention | s,d,b,a"
            })
    void whatIsReadElsewhereStays(String pattern, String inner) {
        try (NDManager manager = TorchEngine.start(1)) {
            for (String name : inner.split(",")) {
                Model asOutput = model(PATTERNS.get(pattern), name);
                Model readTwice = model(PATTERNS.get(pattern) + "; other=Neg " + name, "other");
                for (Model model : List.of(asOutput, readTwice)) {
                    try (Executor fused = new Executor(model, manager, Set.of("w"));
                            Executor plain = Executor.nodeByNode(model, manager, Set.of("w"))) {
                        // The scores and their mask may still be one call, but never hide what is read.
                        assertThat(fused.size()).as(name).isGreaterThan(2);
                        Map<String, float[]> wanted = results(manager, plain, Set.of("w"));
                        Map<String, float[]> found = results(manager, fused, Set.of("w"));
                        assertThat(found.get("y")).containsExactly(wanted.get("y"), within(1e-5f));
                    }
                }
            }
        }
    }

    /** A number that learns is no constant of the pattern. */
    @ParameterizedTest
    @CsvSource({"root", "one", "half"})
    void aNumberThatLearnsStaysANumber(String learning) {
        Model model = model(PATTERNS.get("gelu, halved after"));
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model, manager, Set.of("w", learning))) {
            assertThat(executor.size()).isEqualTo(6);
            assertThat(results(manager, executor, Set.of("w", learning))).containsKey(learning);
        }
    }

    /** A damaged file's node that lacks an input is named when it runs, as it is node by node. */
    @ParameterizedTest
    @ValueSource(
            strings = {"s=MatMul z; a=Softmax s; y=MatMul a z", "e=Div z; f=Erf e; y=Mul z f", "s=Sub z; y=Sqrt s"})
    void whatLacksAnInputIsNamed(String pattern) {
        Model model = model(pattern);
        String lacking = pattern.substring(0, 1);
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model, manager, Set.of())) {
            NDArray z = ArrayTensors.toArray(manager, floats(new Random(9), "z", 2, 3, 4, 5));
            assertThatThrownBy(() -> executor.run(manager, Map.of("z", z), Mode.INFERENCE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("\"" + lacking + "\" lacks its input 1");
        }
    }
}
