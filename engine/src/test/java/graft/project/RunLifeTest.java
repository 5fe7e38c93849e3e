package graft.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.files.Json;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.FineTuner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run after it was trained. */
class RunLifeTest {
    @TempDir
    Path folder;

    private ProjectFolder project;

    @BeforeEach
    void open() {
        project = ProjectFolder.open(folder.resolve("project"));
    }

    @AfterEach
    void close() {
        project.close();
    }

    private FineTuningPlan plan(Path out, long seed) throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 20);
        return Plans.of(network, data, out).epochs(2).build().with(PlanOptions.SEED, seed);
    }

    private RunEntry trained(long seed) throws IOException {
        FineTuningPlan plan = plan(RunFolders.next(project.path()), seed);
        RunRecorder recorder = project.record(plan, Progress.NONE);
        recorder.ended(FineTuner.run(plan, recorder));
        return project.runs().get(0);
    }

    @Test
    void theMatrixOfEachEpochIsRemembered() throws IOException {
        RunEntry run = trained(1);
        List<RunConfusions.Matrix> matrices = project.confusions(run.id());
        assertThat(matrices).extracting(RunConfusions.Matrix::epoch).containsExactly(1, 2);
        FineTuningResult result = RunFolder.open(Path.of(run.folder())).result().orElseThrow();
        assertThat(matrices.get(result.bestEpoch() - 1).counts())
                .as("as the file answers, which holds the best epoch")
                .isDeepEqualTo(result.confusion());
        assertThat(project.start(run.id()))
                .hasValueSatisfying(start -> assertThat(start.stepsPerEpoch()).isEqualTo(3)) // 40 in batches of 16
                .hasValueSatisfying(
                        start -> assertThat(start.validationExamples()).isEqualTo(20));
    }

    @Test
    void aRunIsFoundByItsNumberItsNameItsFolderAndTheFoldersName() throws IOException {
        RunEntry run = trained(1);
        project.marks().rename(run.id(), "the good one");
        assertThat(List.of(Long.toString(run.id()), "the good one", run.folder(), "0001"))
                .allSatisfy(words -> assertThat(project.run(words).id()).isEqualTo(run.id()));
        assertThatThrownBy(() -> project.run("another"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no run \"another\"");
    }

    @Test
    void aDeletedRunComesBackWithEverythingAndItsNumberIsNotGivenAway() throws IOException {
        RunEntry run = trained(1);
        byte[] network = Files.readAllBytes(Path.of(run.folder(), "network.onnx"));
        project.marks().star(run.id(), true);
        project.trash().delete(run);
        assertThat(project.runs()).isEmpty();
        assertThat(Path.of(run.folder())).doesNotExist();
        assertThat(RunFolders.next(project.path()).getFileName()).hasToString("0002");
        project.trash().restore(project.trash().run(Long.toString(run.id())));
        RunEntry back = project.runs().get(0);
        assertThat(back.folder()).isEqualTo(run.folder());
        assertThat(back.starred()).isTrue();
        assertThat(Path.of(run.folder(), "network.onnx")).hasBinaryContent(network);
        assertThat(project.metric(run.id(), "val_accuracy")).hasSize(2);
    }

    @Test
    void aProjectThatWasMovedFindsItsRunsAndGoesOnWithThem() throws IOException {
        RunEntry run = trained(1);
        RunEntry gone = trained(2);
        project.trash().delete(gone);
        project.close();
        Path moved = folder.resolve("elsewhere/renamed");
        Files.createDirectories(moved.getParent());
        Files.move(folder.resolve("project"), moved);
        project = ProjectFolder.open(moved);
        RunEntry found = project.runs().get(0);
        assertThat(Path.of(found.folder())).isEqualTo(moved.resolve("runs/0001"));
        assertThat(found.plan().path("out").asText()).isEqualTo(found.folder());
        assertThat(found.network()).isEqualTo(run.network()); // it did not lie in the project
        try (RunFolder opened = RunFolder.open(Path.of(found.folder()))) {
            assertThat(opened.result().orElseThrow().network()).isEqualTo(moved.resolve("runs/0001/network.onnx"));
        }
        FineTuner.extend(Path.of(found.folder()), 3);
        assertThat(FineTuner.resume(Path.of(found.folder()), Optional.empty(), Progress.NONE)
                        .epochs())
                .hasSize(3);
        assertThat(folder.resolve("project")).doesNotExist();
        project.trash().restore(project.trash().run(Long.toString(gone.id())));
        assertThat(moved.resolve("runs/0002/network.onnx")).exists();
    }

    /** As 0.1 wrote it: whole paths. */
    @Test
    void aProjectOfAnEarlierVersionIsFoundWhereItWasMoved() throws Exception {
        RunEntry run = trained(1);
        project.close();
        Path before = folder.resolve("project");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + before.resolve("runs.db"));
                Statement statement = old.createStatement()) {
            statement.execute("UPDATE runs SET folder = '" + run.folder() + "'");
        }
        Path moved = Files.move(before, folder.resolve("moved"));
        project = ProjectFolder.open(moved);
        assertThat(project.runs().get(0).folder())
                .isEqualTo(moved.resolve("runs/0001").toString());
        project.close();
        project = ProjectFolder.open(Files.move(moved, folder.resolve("again")));
        assertThat(Path.of(project.runs().get(0).folder(), "network.onnx")).exists();
    }

    @Test
    void theFolderOfARunElsewhereStaysWhereItsUserPutIt() throws IOException {
        FineTuningPlan plan = plan(folder.resolve("mine"), 1);
        RunRecorder recorder = project.record(plan, Progress.NONE);
        recorder.ended(FineTuner.run(plan, recorder));
        project.trash().delete(project.runs().get(0));
        assertThat(folder.resolve("mine/network.onnx")).exists();
        assertThat(project.trash().empty(Duration.ofDays(1)))
                .as("it was deleted just now")
                .isZero();
        assertThat(project.trash().empty(Duration.ZERO)).isEqualTo(1);
        assertThat(folder.resolve("mine/network.onnx")).exists();
    }

    @Test
    void aRunUnderWayIsNotDeleted() throws IOException {
        RunEntry run = trained(1);
        try (RunFolder held = RunFolder.open(Path.of(run.folder()))) {
            assertThatThrownBy(() -> project.trash().delete(run))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("Another process is working");
        }
        assertThat(project.runs()).hasSize(1);
    }

    @Test
    void whatIsThrownAwayIsGone() throws IOException {
        RunEntry run = trained(1);
        project.trash().delete(run);
        Path waiting = Path.of(project.trash().runs().get(0).folder());
        assertThat(waiting).isDirectory();
        assertThat(project.trash().empty(Duration.ZERO)).isEqualTo(1);
        assertThat(waiting).doesNotExist();
        assertThat(project.trash().runs()).isEmpty();
    }

    @Test
    void aComparisonNamesWhatDiffersAndNothingElse() throws IOException {
        RunComparison compared = project.compare(trained(1), trained(7));
        assertThat(compared.settings()).containsExactly(new RunComparison.Difference("Seed", "1", "7"));
        assertThat(compared.sameData()).isTrue();
        assertThat(compared.sameNetwork()).isTrue();
        assertThat(compared.examples()).isEmpty();
        double a = compared.first().valAccuracy();
        double b = compared.second().valAccuracy();
        assertThat(compared.chance())
                .as("the normal approximation for two shares of 20")
                .isCloseTo(
                        1.96 * Math.sqrt(a * (1 - a) / 20 + b * (1 - b) / 20),
                        org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void tablesHaveARowPerEpochAndAStepPerStep() throws IOException {
        RunExport.csv(project, trained(1), folder.resolve("out"));
        assertThat(Files.readAllLines(folder.resolve("out/epochs.csv")))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("epoch,")
                .contains("val_accuracy");
        assertThat(Files.readAllLines(folder.resolve("out/steps.csv"))).hasSize(1 + 2 * 3);
    }

    /** CRC-32C of "123456789" is 0xe3069283 (RFC 3720); TensorFlow rotates it by 15 bits and adds 0xa282ead8. */
    @Test
    void recordsOfTensorBoardHaveTheChecksumsOfTensorFlow() throws IOException {
        Path file = RunExport.tensorBoard(project, trained(1), folder.resolve("board"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int records = 0;
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(masked(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(masked(data));
            if (records++ == 0) {
                assertThat(new String(data, StandardCharsets.ISO_8859_1)).endsWith("brain.Event:2");
            }
        }
        assertThat(records)
                .as("the version, six losses, five figures of two epochs")
                .isEqualTo(1 + 6 + 2 * 5);
    }

    /** By the polynomial, bit by bit. */
    private static int masked(byte[] bytes) {
        int crc = ~0;
        for (byte each : bytes) {
            crc ^= each & 0xff;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    @Test
    void aPackedRunOpensInAnotherProjectAndCanBeRepeatedThere() throws IOException {
        RunEntry run = trained(3);
        project.marks().rename(run.id(), "to share");
        Path file = folder.resolve("run.graft");
        RunPack.write(project, project.run("to share"), file, RunPack.Source.of(run));
        assertThat(new String(entry(file, "plan.json"), StandardCharsets.UTF_8))
                .as("where things were is nobody's business elsewhere")
                .doesNotContain(folder.toString());
        try (ProjectFolder other = ProjectFolder.open(folder.resolve("elsewhere"))) {
            RunEntry opened = OpenedPack.open(other, file);
            assertThat(opened.name()).isEqualTo("to share");
            assertThat(opened.valAccuracy()).isEqualTo(run.valAccuracy());
            assertThat(opened.created()).isEqualTo(run.created());
            assertThat(other.confusions(opened.id())).hasSize(2);
            assertThat(other.metric(opened.id(), "loss")).hasSize(6);
            assertThat(Path.of(opened.folder(), "network.onnx"))
                    .hasSameBinaryContentAs(Path.of(run.folder(), "network.onnx"));
            assertThat(Path.of(opened.network()))
                    .as("the network that it began with keeps its name")
                    .isEqualTo(Path.of(opened.folder(), "net.onnx"));
            try (RunFolder there = RunFolder.open(Path.of(opened.folder()))) {
                assertThat(there.plan().data()).isEqualTo(Path.of("data.npz"));
            }
            other.relocate(Json.convert(opened.plan(), FineTuningPlan.class).withData(folder.resolve("data.npz")));
            assertThat(other.runs().get(0).data())
                    .isEqualTo(folder.resolve("data.npz").toString());
            FineTuningPlan again;
            try (RunFolder there = RunFolder.open(Path.of(opened.folder()))) {
                again = there.plan().withOut(folder.resolve("again"));
            }
            assertThat(again.data()).isEqualTo(folder.resolve("data.npz"));
            FineTuner.run(again, Progress.NONE);
            assertThat(weights(folder.resolve("again/network.onnx")))
                    .isEqualTo(weights(Path.of(run.folder(), "network.onnx")));
        }
    }

    private static Map<String, List<Byte>> weights(Path file) {
        Map<String, List<Byte>> out = new LinkedHashMap<>();
        OnnxFile.read(file).graph().initializers().forEach((name, tensor) -> {
            ByteBuffer bytes = tensor.bytes().duplicate();
            List<Byte> all = new ArrayList<>();
            while (bytes.hasRemaining()) {
                all.add(bytes.get());
            }
            out.put(name, all);
        });
        return out;
    }

    private static byte[] entry(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    @Test
    void whatWasMadeToMisleadIsRefusedAndLeavesNothing() throws IOException {
        RunEntry run = trained(1);
        Path good = folder.resolve("run.graft");
        RunPack.write(project, run, good, RunPack.Source.of(run));
        Path elsewhere = folder.resolve("elsewhere");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("slip", "belongs to no run");
        bad.put("altered", "network.onnx is not what was packed");
        bad.put("longer", "is longer than it says");
        bad.put("bomb", "MiB");
        bad.put("newer", "newer version");
        bad.put("cut", "damaged");
        bad.put("text", "damaged");
        bad.put("other", "holds no graft.json");
        try (ProjectFolder other = ProjectFolder.open(elsewhere)) {
            bad.forEach((kind, words) -> {
                Path file = broken(kind, good);
                assertThatThrownBy(() -> OpenedPack.open(other, file))
                        .as(kind)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining(words);
            });
            assertThat(other.runs()).isEmpty();
        }
        assertThat(elsewhere.resolve("runs")).isEmptyDirectory();
        assertThat(folder.resolve("slipped.txt")).doesNotExist();
    }

    private Path broken(String kind, Path good) {
        Path file = folder.resolve(kind + ".graft");
        try {
            if (kind.equals("cut")) {
                byte[] all = Files.readAllBytes(good);
                Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
            } else if (kind.equals("text")) {
                Files.writeString(file, "no zip at all");
            } else {
                rewrite(kind, good, file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return file;
    }

    private static void rewrite(String kind, Path good, Path file) throws IOException {
        try (ZipFile in = new ZipFile(good.toFile());
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            List<ZipEntry> entries = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> all = in.entries(); all.hasMoreElements(); ) {
                entries.add(all.nextElement());
            }
            for (ZipEntry each : entries) {
                byte[] content = in.getInputStream(each).readAllBytes();
                String name = each.getName();
                if (name.equals("graft.json")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    content = switch (kind) {
                        case "newer" ->
                            text.replaceFirst("\"format\":1", "\"format\":9").getBytes(StandardCharsets.UTF_8);
                        case "longer" ->
                            text.replaceFirst("(\"network.onnx\":\\{\"bytes\":)\\d+", "$1" + 12)
                                    .getBytes(StandardCharsets.UTF_8);
                        case "bomb" ->
                            text.replaceFirst("(\"network.onnx\":\\{\"bytes\":)\\d+", "$1999999999999")
                                    .getBytes(StandardCharsets.UTF_8);
                        default -> content;
                    };
                    if (kind.equals("other")) {
                        continue;
                    }
                } else if (name.equals("network.onnx") && kind.equals("altered")) {
                    content[content.length / 2] ^= 1;
                }
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
            }
            if (kind.equals("slip")) {
                zip.putNextEntry(new ZipEntry("../../slipped.txt"));
                zip.write(1);
            }
        }
    }
}
