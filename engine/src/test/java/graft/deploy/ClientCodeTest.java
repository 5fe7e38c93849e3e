package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.image.Channels;
import graft.image.ImageData;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.progress.Progress;
import graft.testdata.Plans;
import graft.testdata.Shared;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs are run on the pictures that a network is judged by, and must say what Graft says. */
class ClientCodeTest {
    /** Decoders of JPEG round differently by one step of 255. */
    private static final double TOLERANCE = 0.01;

    @TempDir
    static Path folder;

    private static Path network;
    private static Predictions ours;
    private static List<Path> pictures;

    @BeforeAll
    static void train() {
        Path data = Shared.path("data/datasets/hymenoptera");
        Preprocessing how =
                new Preprocessing(224, 1, new float[] {0.5f}, new float[] {0.5f}, Channels.RGB, Layout.NCHW);
        FineTuner.run(
                Plans.of(Shared.network("mobilenetv2-0.35-imagenet.onnx"), data, folder.resolve("run"))
                        .preprocessing(how)
                        .build(),
                Progress.NONE);
        network = folder.resolve("run/network.onnx");
        DataSet set = ImageData.open(data, Optional.of(how), DataOptions.DEFAULT, Progress.NONE);
        try (Evaluator evaluator = Evaluator.open(network, 0)) {
            ours = evaluator.predict(set.classes(), set.val(), Progress.NONE);
        }
        pictures = ours.names().stream().map(data::resolve).toList();
    }

    @Test
    void javaSaysWhatGraftSays() throws Exception {
        Path source = folder.resolve("Classify.java");
        Files.writeString(source, ClientCode.of(network).byLanguage().get("Java"));
        String classes = System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), "-cp", classes, source.toString());
        assertThat(failed).isZero();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + System.getProperty("path.separator") + classes,
                "Classify"));
        assertSame(run(command));
    }

    @Test
    void pythonSaysWhatGraftSays() throws Exception {
        String python = Optional.ofNullable(System.getenv("GRAFT_TEST_PYTHON")).orElse("python3");
        boolean there = isThere(List.of(python, "-c", "import onnxruntime, PIL, numpy"));
        Assumptions.assumeTrue(
                there,
                "skipped: no python3 with onnxruntime, pillow and numpy; GRAFT_TEST_PYTHON names one that is not in PATH");
        Path program = folder.resolve("run/client.py");
        Files.writeString(program, ClientCode.of(network).byLanguage().get("Python"));
        assertSame(run(new ArrayList<>(List.of(python, program.toString()))));
    }

    @Test
    void javaScriptSaysWhatGraftSays() throws Exception {
        String modules = System.getenv("GRAFT_TEST_NODE_MODULES");
        Assumptions.assumeTrue(
                modules != null && isThere(List.of("node", "--version")),
                "skipped: GRAFT_TEST_NODE_MODULES names no node_modules with onnxruntime-node and sharp");
        Path program = folder.resolve("run/client.mjs");
        Files.writeString(program, ClientCode.of(network).byLanguage().get("JavaScript"));
        if (!Files.exists(folder.resolve("run/node_modules"))) {
            Files.createSymbolicLink(folder.resolve("run/node_modules"), Path.of(modules));
        }
        assertSame(run(new ArrayList<>(List.of("node", program.toString()))));
    }

    private static boolean isThere(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Where the network lies, with all pictures as arguments; what is printed, line by line. */
    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        pictures.forEach(picture -> command.add(picture.toString()));
        Path out = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(network.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }

    private static void assertSame(List<String> lines) {
        int same = 0;
        double difference = 0;
        int line = 0;
        for (int i = 0; i < pictures.size(); i++) {
            while (!lines.get(line).equals(pictures.get(i).toString())) {
                line++;
            }
            Map<String, Double> said = new HashMap<>();
            String first = lines.get(line + 1).strip().split("  ")[0];
            for (int c = 0; c < ours.classes().size(); c++) {
                String[] words = lines.get(++line).strip().split("  ");
                said.put(words[0], Double.parseDouble(words[1]));
            }
            assertThat(said).containsOnlyKeys(ours.classes());
            same += first.equals(ours.classes().get(ours.predicted()[i])) ? 1 : 0;
            for (int c = 0; c < ours.classes().size(); c++) {
                double off = Math.abs(said.get(ours.classes().get(c)) - ours.probabilities()[i][c]);
                difference = Math.max(difference, off);
            }
        }
        System.out.println(same + " of " + pictures.size() + " alike, probabilities differ by up to " + difference);
        assertThat(same).isGreaterThanOrEqualTo(pictures.size() - 1);
        assertThat(difference).isLessThan(TOLERANCE);
    }
}
