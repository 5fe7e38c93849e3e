package graft.onnx;

import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.OperatorSetIdProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An {@code .onnx} file: a graph, the operator sets it is written in, and notes (metadata). Immutable. */
public final class Model {
    private final ModelProto proto;
    private final Path folder;
    private Graph graph;

    Model(ModelProto proto, Path folder) {
        this.proto = proto;
        this.folder = folder;
    }

    /** An empty model of operator set {@code opset} and the file format version that goes with it. */
    public static Model create(String producer, long irVersion, long opset) {
        return new Model(
                ModelProto.newBuilder()
                        .setIrVersion(irVersion)
                        .setProducerName(producer)
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                        .build(),
                null);
    }

    public Graph graph() {
        if (graph == null) {
            graph = new Graph(proto.getGraph(), folder);
        }
        return graph;
    }

    /**
     * The same network without functions of its own: each node that calls one is replaced by the function's nodes; and
     * without sequences of parts of a tensor. The model itself where it has none.
     *
     * @throws graft.Refusal where functions call each other in a circle
     */
    public Model inlined() {
        Model inlined = withoutFunctions();
        Graph flat = SplitSequences.flattened(inlined.graph());
        return flat == inlined.graph() ? inlined : inlined.withGraph(flat);
    }

    /**
     * The same network without functions of its own: each node that calls one is replaced by the function's nodes. The
     * model itself where it has none.
     */
    public Model withoutFunctions() {
        if (proto.getFunctionsCount() == 0) {
            return this;
        }
        Model inlined = new Functions(proto).inline(this);
        return inlined.withGraph(NodeNames.distinct(inlined.graph()));
    }

    public long irVersion() {
        return proto.getIrVersion();
    }

    /** Version of the operator set of {@code domain} ("" is ai.onnx); 0 where the file does not import it. */
    public long opset(String domain) {
        return opsets().getOrDefault(canonicalDomain(domain), 0L);
    }

    /** Operator sets by domain, the default domain as "". */
    public Map<String, Long> opsets() {
        Map<String, Long> out = new LinkedHashMap<>();
        for (OperatorSetIdProto opset : proto.getOpsetImportList()) {
            out.put(canonicalDomain(opset.getDomain()), opset.getVersion());
        }
        return out;
    }

    public String producer() {
        return (proto.getProducerName() + " " + proto.getProducerVersion()).strip();
    }

    public Map<String, String> metadata() {
        Map<String, String> out = new LinkedHashMap<>();
        proto.getMetadataPropsList().forEach(entry -> out.put(entry.getKey(), entry.getValue()));
        return out;
    }

    public Model withGraph(Graph graph) {
        return new Model(proto.toBuilder().setGraph(graph.proto()).build(), folder == null ? graph.folder() : folder);
    }

    /** Sets notes; the others stay as they are. */
    public Model withMetadata(Map<String, String> notes) {
        ModelProto.Builder builder = proto.toBuilder().clearMetadataProps();
        for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
            if (!notes.containsKey(entry.getKey())) {
                builder.addMetadataProps(entry);
            }
        }
        notes.forEach((key, value) -> builder.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return new Model(builder.build(), folder);
    }

    /** The same without a note. */
    public Model withoutMetadata(String key) {
        if (!metadata().containsKey(key)) {
            return this;
        }
        ModelProto.Builder builder = proto.toBuilder().clearMetadataProps();
        proto.getMetadataPropsList().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .forEach(builder::addMetadataProps);
        return new Model(builder.build(), folder);
    }

    /** Raises the file format version to at least {@code version}: what an edit needs may not exist in an older one. */
    public Model withIrVersionAtLeast(long version) {
        return irVersion() >= version
                ? this
                : new Model(proto.toBuilder().setIrVersion(version).build(), folder);
    }

    public Model withOpset(String domain, long version) {
        ModelProto.Builder builder = proto.toBuilder().clearOpsetImport();
        for (OperatorSetIdProto opset : proto.getOpsetImportList()) {
            if (!canonicalDomain(opset.getDomain()).equals(canonicalDomain(domain))) {
                builder.addOpsetImport(opset);
            }
        }
        builder.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
        return new Model(builder.build(), folder);
    }

    static String canonicalDomain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    ModelProto proto() {
        return proto;
    }

    Path folder() {
        return folder;
    }
}
