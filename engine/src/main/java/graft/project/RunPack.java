package graft.project;

import com.fasterxml.jackson.databind.JsonNode;
import graft.data.Fingerprint;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.files.OutputPlace;
import graft.judge.Showing;
import graft.run.FineTuningPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A run as one file, {@code .graft}: a zip with what it takes to show the run, to use its network and, with the same data, to
 * repeat it. {@code graft.json} comes first and says what is in it; {@link OpenedPack} reads it.
 */
public final class RunPack {
    static final int FORMAT = 1;
    static final String MANIFEST = "graft.json";
    static final String PLAN = "plan.json";
    static final String RESULT = "result.json";
    static final String METRICS = "metrics.json";
    /** The network that the run began with. */
    static final String START = "start.onnx";

    /** Of the run folder, as far as they are there. The checkpoint is not among them: it is as large as all the rest. */
    static final List<String> OF_FOLDER =
            List.of("network.onnx", "tokenizer.json", "examples.json", "curves.png", "confusion.csv", "confusion.png");

    private RunPack() {}

    /** What came of packing: {@code files} by name, with their sizes. */
    public record Packed(Path file, long bytes, Map<String, Long> files) {}

    /** How large a packed file is, and its hash. */
    record Entry(long bytes, String sha256) {}

    /**
     * What the file says of itself.
     *
     * @param graft the version that wrote it
     * @param data name of the data, which are not in it
     * @param provenance hashes of the network and the data, versions
     */
    record Manifest(
            int format,
            String graft,
            String name,
            String note,
            String tags,
            String created,
            String status,
            String network,
            String data,
            Map<String, String> provenance,
            Map<String, Entry> files) {}

    /** Everything that was measured. */
    record Measured(
            RunStart start,
            List<ProjectFolder.Metric> metrics,
            List<RunConfusions.Matrix> confusions,
            List<Showing.Sample> samples) {}

    /**
     * Writes a run of a project.
     *
     * @param withStart whether the network that it began with goes along, so that the run can be repeated anywhere; one that keeps
     *     its weights in other files never does
     */
    public static Packed write(ProjectFolder project, RunEntry run, Path file, Source source) {
        OutputPlace.checkFile(file, RunPack::isPack, Path.of(run.network()));
        Path folder = Path.of(run.folder());
        FineTuningPlan plan = Json.convert(run.plan(), FineTuningPlan.class);
        Map<String, byte[]> texts = new LinkedHashMap<>();
        // Where things were on this machine is nobody's business elsewhere.
        texts.put(
                PLAN,
                json(new FineTuningPlan(
                        Path.of(source == Source.WITH_START ? START : name(run.network())),
                        Path.of(name(run.data())),
                        Path.of("."),
                        plan.settings(),
                        plan.preprocessing(),
                        plan.reading())));
        project.result(run.id()).ifPresent(result -> texts.put(RESULT, json(withoutPlaces(result))));
        texts.put(
                METRICS,
                json(new Measured(
                        project.start(run.id()).orElse(null),
                        project.metrics(run.id()),
                        project.confusions(run.id()),
                        project.samples(run.id()))));
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : OF_FOLDER) {
            if (Files.isRegularFile(folder.resolve(name))) {
                files.put(name, folder.resolve(name));
            }
        }
        if (source == Source.WITH_START) {
            files.put(START, Path.of(run.network()));
        }
        AtomicFile.write(file, out -> write(out, project, run, texts, files));
        Map<String, Long> sizes = new TreeMap<>();
        texts.forEach((name, content) -> sizes.put(name, (long) content.length));
        files.forEach((name, path) -> sizes.put(name, path.toFile().length()));
        return new Packed(file, file.toFile().length(), sizes);
    }

    private static boolean isPack(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(MANIFEST) != null;
        } catch (IOException e) {
            return false; // no zip file, so none of these
        }
    }

    /** Whether the network that a run began with goes along. */
    public enum Source {
        WITH_START,
        WITHOUT_START;

        /** With it where it is a single file that is there. */
        public static Source of(RunEntry run) {
            Path network = Path.of(run.network());
            return Files.isRegularFile(network)
                            && !Files.exists(network.resolveSibling(network.getFileName() + ".data"))
                    ? WITH_START
                    : WITHOUT_START;
        }
    }

    private static void write(
            OutputStream out, ProjectFolder project, RunEntry run, Map<String, byte[]> texts, Map<String, Path> files)
            throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        texts.forEach((name, content) -> entries.put(name, new Entry(content.length, hash(content))));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            entries.put(file.getKey(), new Entry(Files.size(file.getValue()), hash(file.getValue())));
        }
        Manifest manifest = new Manifest(
                FORMAT,
                String.valueOf(project.provenance(run.id()).getOrDefault("graft", "")),
                run.name(),
                run.note(),
                run.tags(),
                run.created(),
                run.status(),
                name(run.network()),
                name(run.data()),
                project.provenance(run.id()),
                entries);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        add(zip, MANIFEST, json(manifest));
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            add(zip, text.getKey(), text.getValue());
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            zip.putNextEntry(entry(file.getKey()));
            Files.copy(file.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** The same run gives the same bytes whenever it is packed. */
    private static ZipEntry entry(String name) {
        ZipEntry out = new ZipEntry(name);
        out.setTime(0);
        return out;
    }

    private static JsonNode withoutPlaces(JsonNode result) {
        com.fasterxml.jackson.databind.node.ObjectNode out = result.deepCopy();
        if (out.hasNonNull("network")) {
            out.put("network", "network.onnx");
        }
        return out;
    }

    private static byte[] json(Object value) {
        return Json.write(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String name(String path) {
        Path name = Path.of(path).getFileName();
        return name == null ? path : name.toString();
    }

    static String hash(byte[] content) {
        return HexFormat.of().formatHex(Fingerprint.sha256().digest(content));
    }

    static String hash(Path file) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
