package graft.run;

import graft.Refusal;
import graft.files.AsideFile;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.ThinProduct;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run with thin matrices or inserted adapters learnt, without the network that it began with: these, the head, and the graph.
 * Together with that network it gives the file of the run again, byte for byte.
 */
public final class AdapterFile {
    /** What it is called in a run folder. */
    public static final String NAME = "adapter.safetensors";

    private static final String FORMAT = "graft.adapter";
    private static final String VERSION = "1";
    private static final String BASE = "base_sha256";
    private static final String RESULT = "network_sha256";
    private static final String PRODUCTS = "products";
    private static final String READING = "reading";
    private static final String ORDER = "initializers";
    /** The graph, of which these two kinds of tensors are left out: those of the base, and those that a product is added to. */
    private static final String GRAPH = "graph";

    private final SafeTensors content;

    private AdapterFile(SafeTensors content) {
        this.content = content;
    }

    /**
     * What was learnt, from the file that was written of it.
     *
     * @param plan of the run
     * @param file the network of the run, products merged
     * @param products of the thin matrices; none where what learnt stays in the graph
     * @param learnt values of what learnt, the thin matrices among them
     */
    public static AdapterFile of(
            FineTuningPlan plan, Path file, List<ThinProduct> products, Map<String, Tensor> learnt) {
        Model written = OnnxFile.read(file);
        Map<String, Tensor> base =
                Importer.open(plan.network(), plan.reading()).model().graph().initializers();
        GraphEditor editor = written.graph().edit();
        List<String> order = List.copyOf(editor.initializers().keySet());
        Set<String> merged = new HashSet<>();
        products.forEach(product -> merged.add(product.weight()));
        editor.initializers()
                .values()
                .removeIf(tensor -> merged.contains(tensor.name())
                        || base.containsKey(tensor.name())
                                && base.get(tensor.name()).sameAs(tensor));
        byte[] graph = OnnxFile.toBytes(written.withGraph(editor.build()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        products.forEach(
                product -> List.of(product.a(), product.b()).forEach(name -> tensors.put(name, learnt.get(name))));
        tensors.put(GRAPH, Tensor.ofBytes(GRAPH, ElementType.UINT8, new long[] {graph.length}, ByteBuffer.wrap(graph)));
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(FORMAT, VERSION);
        notes.put(BASE, Provenance.sha256(plan.network()));
        notes.put(RESULT, Provenance.sha256(file));
        notes.put(PRODUCTS, Json.write(products));
        notes.put(READING, Json.write(plan.reading()));
        notes.put(ORDER, Json.write(order));
        return new AdapterFile(new SafeTensors(notes, tensors));
    }

    public void write(Path file) {
        content.write(file);
    }

    /** @throws Refusal where a file is none, or is damaged */
    public static AdapterFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("There is no adapter " + file + ". A run with --lora or --adapter writes one: " + NAME
                    + " in its folder.");
        }
        try {
            SafeTensors content = SafeTensors.read(file);
            if (!VERSION.equals(content.notes().get(FORMAT))) {
                throw new Refusal(
                        file + " is no adapter of this version of Graft. A run with --lora or --adapter writes one: "
                                + NAME + " in its folder.");
            }
            return new AdapterFile(content);
        } catch (IOException e) {
            throw new Refusal("Cannot read the adapter " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** Whether it was learnt beside this network. */
    public boolean belongsTo(Path base) {
        return Provenance.sha256(base).equals(content.notes().get(BASE));
    }

    /** What an export says of the tensors of the file: those that a product was added to, and all. */
    public record Exported(Path network, int tensorsChanged, int tensors) {}

    /**
     * Writes the network of the run again.
     *
     * @throws Refusal where {@code base} is not the network that it was learnt beside
     */
    public Exported export(Path base, Path out) {
        if (!belongsTo(base)) {
            throw new Refusal(
                    base + " is not the network that this adapter was learnt beside. Name that one with --network.");
        }
        Reading reading = Json.read(content.notes().get(READING), Reading.class);
        Map<String, Tensor> known =
                new LinkedHashMap<>(Importer.open(base, reading).model().graph().initializers());
        List<ThinProduct> products = List.of(Json.read(content.notes().get(PRODUCTS), ThinProduct[].class));
        for (ThinProduct product : products) {
            Tensor own = known.get(product.weight());
            Tensor merged = product.merged(
                    own, content.tensors().get(product.a()), content.tensors().get(product.b()));
            known.put(product.weight(), own.withBytes(merged.bytes()));
        }
        Model graph = graph();
        known.putAll(graph.graph().initializers());
        GraphEditor editor = graph.graph().edit();
        editor.initializers().clear();
        List<String> order = List.of(Json.read(content.notes().get(ORDER), String[].class));
        order.forEach(name -> editor.put(known.get(name)));
        try (AsideFile aside = AsideFile.of(out)) {
            OnnxFile.write(graph.withGraph(editor.build()), aside);
            if (!Provenance.sha256(aside.path()).equals(content.notes().get(RESULT))) {
                throw new Refusal(
                        out + " was not written: it would not be the file that was proved when the adapter was learnt."
                                + " Export it with the version of Graft that made the adapter.");
            }
            aside.take();
        }
        return new Exported(out, products.size(), order.size());
    }

    private Model graph() {
        ByteBuffer bytes = content.tensors().get(GRAPH).bytes().duplicate();
        byte[] out = new byte[bytes.remaining()];
        bytes.get(out);
        try {
            return OnnxFile.ofBytes(out);
        } catch (IOException e) {
            throw new Refusal("The adapter's graph cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
    }
}
