package graft.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import graft.Refusal;
import graft.files.AsideFile;
import graft.files.AtomicFile;
import graft.guard.Guard;
import graft.onnx.check.SpecificationCheck;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongConsumer;

/** Models on disk. */
public final class OnnxFile {
    private static final long TWO_GIB = Integer.MAX_VALUE;
    private static final int PIECE = 1 << 16;
    /** What ONNX Runtime of this version reads. */
    private static final long NEWEST_IR = 13;

    private static final long NEWEST_OPSET = 26;
    private static final long FIRST_IR_WITH_OPSETS = 3;

    private OnnxFile() {}

    /**
     * Reads a file and checks that its graph can be followed (names defined once and before use, shapes that match their
     * data). Unknown operators are no error here.
     *
     * @throws Refusal naming the file, what is wrong in it and what to do
     */
    public static Model read(Path file) {
        byte[] bytes = bytes(file);
        ForeignFile.describe(bytes).ifPresent(what -> {
            throw new Refusal(file + " is " + what);
        });
        ModelProto proto;
        try {
            proto = parse(bytes);
        } catch (IOException e) {
            if (Nesting.stopped(e)) {
                throw new Refusal(file + ": " + Nesting.words(), e);
            }
            throw new Refusal(
                    ForeignFile.looksLikeTensorFlow(bytes)
                            ? file + " is " + ForeignFile.withoutGraph(bytes)
                            : Damage.describe(file, bytes),
                    e);
        }
        if (!proto.hasGraph() || proto.getIrVersion() <= 0 || proto.getGraph().getOutputCount() == 0) {
            throw new Refusal(file + " is " + ForeignFile.withoutGraph(bytes));
        }
        requireKnownVersions(proto, file);
        Path folder = file.toAbsolutePath().getParent();
        try {
            FunctionCheck.check(proto);
            GraphProto dense = SparseTensors.dense(proto.getGraph(), folder);
            boolean sparse = dense != proto.getGraph();
            Model model = GraphCheck.inOrder(
                    new Model(sparse ? proto.toBuilder().setGraph(dense).build() : proto, folder));
            SpecificationCheck.run(model);
            Guard.network(
                    model.graph().initializers().values().stream()
                            .mapToLong(tensor ->
                                    tensor.size() * Math.max(1, tensor.type().bytes()))
                            .sum(),
                    model.graph().nodes().size());
            return model;
        } catch (Refusal e) {
            throw new Refusal(file + ": " + e.getMessage(), e);
        }
    }

    /** Initializers share the array instead of being copied out of it. */
    private static ModelProto parse(byte[] bytes) throws IOException {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        in.enableAliasing(true);
        return ModelProto.parseFrom(in);
    }

    private static void requireKnownVersions(ModelProto proto, Path file) {
        if (proto.getIrVersion() > NEWEST_IR) {
            throw new Refusal(
                    file + " is written in version " + proto.getIrVersion() + " of the ONNX format; Graft reads up to "
                            + NEWEST_IR + ". Export it with an older ir_version, or use a newer Graft.");
        }
        if (proto.getOpsetImportCount() == 0 && proto.getIrVersion() >= FIRST_IR_WITH_OPSETS) {
            throw new Refusal(
                    file + " does not say in which operator set it is written (opset_import), so nobody knows what its"
                            + " operators mean. Export it again.");
        }
        proto.getOpsetImportList().stream()
                .filter(opset -> Model.canonicalDomain(opset.getDomain()).isEmpty())
                .filter(opset -> opset.getVersion() < 1 || opset.getVersion() > NEWEST_OPSET)
                .findFirst()
                .ifPresent(opset -> {
                    throw new Refusal(file + " is written in operator set " + opset.getVersion() + "; Graft knows 1 to "
                            + NEWEST_OPSET + ". Export it with an older opset_version, or use a newer Graft.");
                });
    }

    /**
     * A model as {@link #toBytes} wrote it. Nothing of it is checked: what is not in memory must have a checksum of its own.
     *
     * @throws IOException where these are no bytes of a model
     */
    public static Model ofBytes(byte[] bytes) throws IOException {
        return new Model(parse(bytes), null);
    }

    /**
     * Reads the initializers alone of a file, by name: files that carry tensors need no graph that can be followed.
     *
     * @throws Refusal naming the file and what is wrong in it
     */
    public static Map<String, Tensor> readInitializers(Path file) {
        byte[] bytes = bytes(file);
        try {
            Graph graph =
                    new Graph(parse(bytes).getGraph(), file.toAbsolutePath().getParent());
            graph.initializers().values().forEach(Tensor::checkLength);
            return graph.initializers();
        } catch (IOException e) {
            throw new Refusal(Damage.describe(file, bytes), e);
        }
    }

    /**
     * Reads a file that holds a single tensor ({@code .pb}).
     *
     * @throws Refusal naming the file and what is wrong in it
     */
    public static Tensor readTensor(Path file) {
        byte[] bytes = bytes(file);
        try {
            Tensor tensor = new Tensor(
                    TensorProto.parseFrom(bytes), file.toAbsolutePath().getParent());
            tensor.checkLength();
            return tensor;
        } catch (IOException e) {
            throw new Refusal(file + " is not a tensor: " + e.getMessage() + " Make the case again.", e);
        }
    }

    /** Writes a file that holds a single tensor ({@code .pb}). */
    public static void writeTensor(Tensor tensor, Path file) {
        AtomicFile.write(file, out -> out.write(tensor.selfContained().toByteArray()));
    }

    /** A model as the bytes of a file that needs no other: external data is brought in. */
    public static byte[] toBytes(Model model) {
        return selfContained(model).toByteArray();
    }

    /** What {@link #toBytes} gives, piece by piece, after their number: for whoever need not keep them. */
    public static void pass(Model model, LongConsumer length, OutputStream out) throws IOException {
        ModelProto proto = selfContained(model);
        length.accept(proto.getSerializedSize());
        CodedOutputStream coded = CodedOutputStream.newInstance(out, PIECE);
        proto.writeTo(coded);
        coded.flush();
    }

    /**
     * Writes a model so that the file has either its old or its new content, whatever happens meanwhile. External data
     * is brought into the file.
     */
    public static void write(Model model, Path file) {
        AtomicFile.write(file, content(model));
    }

    /** Writes a model, as {@link #write(Model, Path)}, to a file that gets its name later. */
    public static void write(Model model, AsideFile file) {
        file.write(content(model));
    }

    private static AtomicFile.Content content(Model model) {
        ModelProto proto = selfContained(model);
        return out -> {
            CodedOutputStream coded = CodedOutputStream.newInstance(out, 1 << 20);
            proto.writeTo(coded);
            coded.flush();
        };
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new Refusal(file + " does not exist. Check the path.");
            }
            if (Files.isDirectory(file)) {
                throw new Refusal(file
                        + (Files.exists(file.resolve("saved_model.pb"))
                                ? " is a TensorFlow SavedModel. Convert it with tf2onnx in Python."
                                : " is a folder. Name the .onnx file in it."));
            }
            if (!Files.isRegularFile(file)) {
                throw new Refusal(file + " is a device or a pipe. Name a file exported as .onnx.");
            }
            long size = Files.size(file);
            if (size == 0) {
                throw new Refusal(file + " is empty. Download or export the network again.");
            }
            if (size > TWO_GIB) {
                throw new Refusal(file + " is larger than 2 GiB. Export the network with external data"
                        + " (its weights in a file beside the .onnx).");
            }
            return bytes(file, (int) size);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ". Check that you may read it.", e);
        }
    }

    /** In pieces: Java reads through a buffer outside its heap that is as large as the piece, and keeps it. */
    private static byte[] bytes(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        try (InputStream in = Files.newInputStream(file)) {
            int at = 0;
            while (at < size) {
                int read = in.read(bytes, at, Math.min(PIECE, size - at));
                if (read < 0) {
                    return Arrays.copyOf(bytes, at);
                }
                at += read;
            }
        }
        return bytes;
    }

    private static ModelProto selfContained(Model model) {
        ModelProto proto = model.proto();
        GraphProto graph = selfContained(proto.getGraph(), model.folder());
        return graph == proto.getGraph()
                ? proto
                : proto.toBuilder().setGraph(graph).build();
    }

    /** The graph itself where neither it nor a graph in it keeps anything outside. */
    private static GraphProto selfContained(GraphProto graph, Path folder) {
        GraphProto.Builder builder = null;
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (isExternal(graph.getInitializer(i))) {
                builder = builder == null ? graph.toBuilder() : builder;
                builder.setInitializer(i, new Tensor(graph.getInitializer(i), folder).selfContained());
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = selfContained(graph.getNode(i), folder);
            if (node != graph.getNode(i)) {
                builder = builder == null ? graph.toBuilder() : builder;
                builder.setNode(i, node);
            }
        }
        return builder == null ? graph : builder.build();
    }

    private static NodeProto selfContained(NodeProto node, Path folder) {
        NodeProto.Builder builder = null;
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto attribute = node.getAttribute(i);
            GraphProto body = attribute.hasG() ? selfContained(attribute.getG(), folder) : null;
            boolean tensor = attribute.hasT() && isExternal(attribute.getT());
            if (tensor || body != null && body != attribute.getG()) {
                builder = builder == null ? node.toBuilder() : builder;
                AttributeProto.Builder changed = builder.getAttributeBuilder(i);
                if (tensor) {
                    changed.setT(new Tensor(attribute.getT(), folder).selfContained());
                }
                if (body != null) {
                    changed.setG(body);
                }
            }
        }
        return builder == null ? node : builder.build();
    }

    private static boolean isExternal(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL && !WeightsApart.isElsewhere(tensor);
    }
}
