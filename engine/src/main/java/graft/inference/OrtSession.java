package graft.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import graft.Refusal;
import graft.guard.NativeWords;
import graft.onnx.ElementType;
import graft.onnx.FlatGraph;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.onnx.WeightsApart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A model loaded into ONNX Runtime. Closed by whoever opened it. */
public final class OrtSession implements AutoCloseable {
    /** What ONNX Runtime takes to compute constants grows with the square of the nodes: 13 s for 20,000, 1 s without. */
    private static final int NODES_TO_FOLD = 10_000;

    private final String name;
    private final ai.onnxruntime.OrtSession session;
    private final SessionOptions options;

    private OrtSession(String name, ai.onnxruntime.OrtSession session, SessionOptions options) {
        this.name = name;
        this.session = session;
        this.options = options;
    }

    /** Opens a file as it is on disk. {@code threads} 0 = one per core. The caller closes it. */
    public static OrtSession open(Path file, int threads) {
        return open(file.toString(), threads, OptLevel.ALL_OPT, options -> {
            if (!reachesNativeCode(file)) {
                return RuntimeStart.environment().createSession(OnnxFile.toBytes(OnnxFile.read(file)), options);
            }
            try {
                return RuntimeStart.environment().createSession(file.toString(), options);
            } catch (OrtException e) {
                if (!reason(e).contains("two nodes with same node name")) {
                    refuseOtherNumbers(file, reason(e), e);
                    throw e;
                }
                // Reading the file gives every node a name of its own, and changes nothing else.
                return RuntimeStart.environment().createSession(OnnxFile.toBytes(OnnxFile.read(file)), options);
            }
        });
    }

    /** ONNX Runtime computes all operators in fp32, and many in nothing else. */
    private static void refuseOtherNumbers(Path file, String reason, OrtException e) {
        boolean ofType = Stream.of("Could not find an implementation", "(bfloat16)", "(double)", "(float16)")
                .anyMatch(reason::contains);
        if (!ofType) {
            return;
        }
        Graph graph = FlatGraph.of(OnnxFile.read(file).graph());
        Stream.concat(
                        graph.inputs().stream().flatMap(input -> input.type().stream()),
                        graph.initializers().values().stream().map(Tensor::type))
                .filter(type -> type.isFloat() && type != ElementType.FLOAT)
                .findFirst()
                .ifPresent(type -> {
                    throw new Refusal(
                            "ONNX Runtime cannot open " + file + ": " + reason.replaceFirst("\\.$", "")
                                    + ". It does not compute that in " + type
                                    + ". Make an fp32 network of it with `graft convert " + file + " --out FILE`.",
                            e);
                });
    }

    /** JNI hands over letters beyond U+FFFF, and what is no UTF-8, as other bytes than those of the file's name. */
    private static boolean reachesNativeCode(Path file) {
        return file.toString().chars().noneMatch(letter -> Character.isSurrogate((char) letter) || letter == 0xfffd);
    }

    /** Opens a model held in memory. The caller closes it. */
    public static OrtSession open(Model model, int threads) {
        return open(model, threads, OptLevel.ALL_OPT);
    }

    /** Opens a model without graph optimisations: for running it once. The caller closes it. */
    public static OrtSession openPlain(Model model) {
        return open(model, 0, OptLevel.NO_OPT);
    }

    /**
     * Opens a model with its constants computed, unless it has very many nodes: what it then says of its outputs' shapes is all it
     * can. The caller closes it.
     */
    static OrtSession openFolded(Model model) {
        boolean quick = model.graph().nodes().size() <= NODES_TO_FOLD;
        return open(model, 0, quick ? OptLevel.BASIC_OPT : OptLevel.NO_OPT);
    }

    private static OrtSession open(Model model, int threads, OptLevel level) {
        return open("the network", threads, level, options -> {
            WeightsApart parts = WeightsApart.of(model);
            if (parts.weights().isEmpty()) {
                return RuntimeStart.environment().createSession(parts.bytes(), options);
            }
            try (LentWeights weights = new LentWeights(parts.weights())) {
                weights.lendTo(options);
                return RuntimeStart.environment().createSession(parts.bytes(), options);
            }
        });
    }

    private interface Creation {
        ai.onnxruntime.OrtSession create(SessionOptions options) throws OrtException;
    }

    private static OrtSession open(String name, int threads, OptLevel level, Creation creation) {
        try {
            SessionOptions options = new SessionOptions();
            try {
                options.setOptimizationLevel(level);
                options.setIntraOpNumThreads(threads);
                // What goes wrong comes back as an exception; there is no need to log it too.
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
                return new OrtSession(name, creation.create(options), options);
            } catch (OrtException | RuntimeException e) {
                options.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new Refusal("ONNX Runtime cannot open " + name + ": " + reason(e), e);
        }
    }

    public Set<String> inputNames() {
        return session.getInputNames();
    }

    /** Of what a whole network is fed, what this part of it takes. */
    public Map<String, Values> taken(Map<String, Values> fed) {
        Map<String, Values> out = new LinkedHashMap<>(fed);
        out.keySet().retainAll(inputNames());
        return out;
    }

    /** Output names in the order of the graph. */
    public List<String> outputNames() {
        return List.copyOf(session.getOutputNames());
    }

    /** Outputs as ONNX Runtime infers them: type and shape of each tensor; nothing but the name of any other value. */
    public Map<String, ValueInfo> outputs() {
        try {
            Map<String, ValueInfo> out = new LinkedHashMap<>();
            session.getOutputInfo().forEach((output, info) -> out.put(output, describe(output, info)));
            return out;
        } catch (OrtException e) {
            throw new Refusal("ONNX Runtime cannot describe the outputs of " + name + ": " + reason(e), e);
        }
    }

    /**
     * Shapes of the outputs as ONNX Runtime infers them; those with a free axis are missing, and so are scalars, for which it
     * answers as for a tensor of which it knows nothing.
     */
    Map<String, long[]> inferredShapes() {
        Map<String, long[]> out = new LinkedHashMap<>();
        outputs().forEach((output, info) -> info.shape()
                .filter(dims -> !dims.isEmpty() && dims.stream().allMatch(ValueInfo.Dim::isFixed))
                .ifPresent(dims -> out.put(
                        output, dims.stream().mapToLong(ValueInfo.Dim::size).toArray())));
        return out;
    }

    private static ValueInfo describe(String output, NodeInfo info) {
        if (!(info.getInfo() instanceof TensorInfo tensor)) {
            return ValueInfo.ofName(output);
        }
        ValueInfo.Dim[] dims = Arrays.stream(tensor.getShape())
                .mapToObj(size -> size < 0 ? ValueInfo.Dim.free("") : ValueInfo.Dim.of(size))
                .toArray(ValueInfo.Dim[]::new);
        boolean words = tensor.onnxType == TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING;
        return ValueInfo.of(output, words ? ElementType.STRING : OrtTensors.elementType(tensor.onnxType), dims);
    }

    private static long[] shape(NodeInfo info) {
        return info.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
    }

    /**
     * Runs the model.
     *
     * @param inputs by name; each is copied
     * @return every output by name, copied out of native memory
     */
    public Map<String, Values> run(Map<String, Values> inputs) {
        return run(inputs, session.getOutputNames(), OrtTensors::values);
    }

    /** Runs the whole model; of what it answers, tensors of numbers are copied, and labels in words and maps are not. */
    public Map<String, Values> runForNumbers(Map<String, Values> inputs) {
        Map<String, ValueInfo> all = outputs();
        Set<String> numbers = new HashSet<>(all.keySet());
        numbers.removeIf(output ->
                all.get(output).type().isEmpty() || all.get(output).type().get() == ElementType.STRING);
        Map<String, Values> out = new LinkedHashMap<>();
        read(inputs, all.keySet(), (output, value) -> {
            if (numbers.contains(output)) {
                out.put(output, OrtTensors.values((OnnxTensor) value));
            }
        });
        return out;
    }

    /** Runs the model for some of its outputs. */
    public Map<String, Values> run(Map<String, Values> inputs, Set<String> outputs) {
        return run(inputs, outputs, OrtTensors::values);
    }

    /** Runs the model for one of its outputs; the others may be labels in words, or no tensors. */
    public Values run(Map<String, Values> inputs, String output) {
        return run(inputs, Set.of(output), OrtTensors::values).get(output);
    }

    /** Runs the model for the shapes of its outputs, which are not copied. */
    public Map<String, long[]> shapes(Map<String, Values> inputs) {
        return run(inputs, session.getOutputNames(), tensor -> tensor.getInfo().getShape());
    }

    private interface Reading<T> {
        T of(OnnxTensor tensor) throws OrtException;
    }

    private interface Reader {
        void read(String output, OnnxValue value) throws OrtException;
    }

    private <T> Map<String, T> run(Map<String, Values> inputs, Set<String> outputs, Reading<T> reading) {
        Map<String, T> out = new LinkedHashMap<>();
        read(inputs, outputs, (output, value) -> {
            if (!(value instanceof OnnxTensor tensor)) {
                throw new Refusal(
                        "The output " + output + " of " + name + " is no tensor; Graft works with tensors only.");
            }
            out.put(output, reading.of(tensor));
        });
        return out;
    }

    private void read(Map<String, Values> inputs, Set<String> outputs, Reader reader) {
        Map<String, OnnxTensorLike> feed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Values> input : inputs.entrySet()) {
                feed.put(input.getKey(), OrtTensors.of(input.getValue()));
            }
            try (Result result = session.run(feed, outputs)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    reader.read(output.getKey(), output.getValue());
                }
            }
        } catch (OrtException e) {
            throw new Refusal("ONNX Runtime cannot run " + name + ": " + reason(e), e);
        } finally {
            feed.values().forEach(OnnxTensorLike::close);
        }
    }

    private static String reason(OrtException e) {
        return NativeWords.of(e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close its session", e);
        } finally {
            options.close();
        }
    }
}
