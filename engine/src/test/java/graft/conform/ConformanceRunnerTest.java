package graft.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.conform.CaseResult.Status;
import graft.conform.Conformance.Gradients;
import graft.conform.ConformanceRunner.Engine;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.ops.TorchEngine.Hardware;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The case is y = x · w; with x = (1, 2), w = (3, 4) and the cotangent (5, 6), dw = (5, 12) and dx = (15, 24). */
class ConformanceRunnerTest {
    private static final long[] TWO = {2};

    @TempDir
    private Path folder;

    @Test
    void rightOutputsAndGradientsPass() {
        write("mul", 8f, 12f);
        Conformance found = run(Engine.DJL);
        assertThat(found.cases()).extracting(CaseResult::message).containsExactly("");
        assertThat(found.passed()).isEqualTo(1);
        assertThat(found.gradients()).isEqualTo(new Gradients(1, 0));
    }

    @Test
    void spoiledOutputFailsInBothEngines() {
        write("mul", 8.01f, 12f);
        for (Engine engine : Engine.values()) {
            CaseResult result = run(engine).cases().get(0);
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.message()).contains("output y, element 1, is 8.0 instead of 8.01");
            assertThat(result.maxAbsError().orElseThrow()).isBetween(0.0099, 0.0101);
        }
    }

    @Test
    void spoiledGradientFailsAlthoughTheOutputAgrees() {
        write("mul", 8f, 12.1f);
        Conformance found = run(Engine.DJL);
        assertThat(found.failed()).isEqualTo(1);
        assertThat(found.gradients()).isEqualTo(new Gradients(0, 1));
        assertThat(found.cases().get(0).message()).contains("gradient of w, element 1, is 12.0 instead of 12.1");
    }

    @Test
    void gradientOfANameThatTheGraphLacksFails() {
        Path set = write("mul", 8f, 12f);
        tensors(set.resolve("gradients.onnx"), Tensor.ofFloats("weight", TWO, 5, 12));
        Conformance found = run(Engine.DJL);
        assertThat(found.gradients()).isEqualTo(new Gradients(0, 1));
        assertThat(found.cases().get(0).message()).isEqualTo("no gradient reached weight");
    }

    @Test
    void outputOfAnotherTypeOrShapeFails() {
        Path set = write("mul", 8f, 12f);
        tensor(set.resolve("output_0.pb"), Tensor.ofFloats("y", new long[] {1, 2}, 3, 8));
        assertThat(run(Engine.DJL).cases().get(0).message()).isEqualTo("output y has the shape [2] instead of [1, 2]");
        tensor(set.resolve("output_0.pb"), Tensor.ofLongs("y", TWO, 3, 8));
        assertThat(run(Engine.DJL).cases().get(0).message()).isEqualTo("output y is FLOAT instead of INT64");
    }

    @Test
    void unknownOperatorIsUnsupportedAndTheOtherCasesStillRun() {
        write("good", 8f, 12f);
        Path set = write("bad", 8f, 12f);
        model(set.getParent(), Node.of("NoSuchOperator", "", List.of("x", "w"), List.of("y")));
        Conformance found = run(Engine.DJL);
        assertThat(found.passed()).isEqualTo(1);
        assertThat(found.unsupported()).isEqualTo(1);
        assertThat(found.cases().get(0).message()).contains("NoSuchOperator");
    }

    @Test
    void elementTypesThatWouldEndTheProcessAreUnsupported() {
        for (ElementType type : List.of(ElementType.BFLOAT16, ElementType.INT16, ElementType.UINT64)) {
            Path set = write(type.toString(), 8f, 12f);
            Tensor x = Tensor.ofBytes("x", type, TWO, java.nio.ByteBuffer.allocate(2 * type.bytes()));
            tensor(set.resolve("input_0.pb"), x);
        }
        assertThat(run(Engine.DJL).cases()).extracting(CaseResult::status).containsOnly(Status.UNSUPPORTED);
    }

    @Test
    void aSingleCaseMayBeNamed() {
        Path set = write("mul", 8f, 12f);
        Conformance found = new ConformanceRunner(Engine.DJL, Hardware.CPU).run(set.getParent(), Progress.NONE);
        assertThat(found.cases()).extracting(CaseResult::name).containsExactly("mul");
    }

    @Test
    void foldersWithoutCasesAreRefused() {
        assertThatThrownBy(() -> run(Engine.DJL))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("There is no case in " + folder);
        assertThatThrownBy(() ->
                        new ConformanceRunner(Engine.DJL, Hardware.CPU).run(folder.resolve("absent"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("absent is not a folder");
    }

    @Test
    void executorRunsWithoutOnnxRuntime() throws IOException, InterruptedException {
        write("mul", 8f, 12f);
        assertThat(classesLoadedBy("djl")).doesNotContain("ai.onnxruntime.").contains("ai.djl.");
        assertThat(classesLoadedBy("ort")).contains("ai.onnxruntime.").doesNotContain("ai.djl.pytorch.");
    }

    private String classesLoadedBy(String engine) throws IOException, InterruptedException {
        Path log = folder.resolve(engine + ".log");
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Dai.djl.offline=true",
                        "graft.cli.Main",
                        "conform",
                        folder.toString(),
                        "--engine",
                        engine)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(engine + ".out").toFile());
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = child.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(log);
    }

    private Conformance run(Engine engine) {
        return new ConformanceRunner(engine, Hardware.CPU).run(folder, Progress.NONE);
    }

    /** Writes the case with these numbers as the last of the outputs and of the gradients of w; returns its data set. */
    private Path write(String name, float lastOutput, float lastGradient) {
        try {
            Path set = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
            model(set.getParent(), Node.of("Mul", "", List.of("x", "w"), List.of("y")));
            tensor(set.resolve("input_0.pb"), Tensor.ofFloats("x", TWO, 1, 2));
            tensor(set.resolve("output_0.pb"), Tensor.ofFloats("y", TWO, 3, lastOutput));
            tensor(set.resolve("cotangent_0.pb"), Tensor.ofFloats("", TWO, 5, 6));
            tensors(
                    set.resolve("gradients.onnx"),
                    Tensor.ofFloats("w", TWO, 5, lastGradient),
                    Tensor.ofFloats("x", TWO, 15, 24));
            return set;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void model(Path target, Node node) {
        Model empty = Model.create("test", 8, 17);
        GraphEditor editor = empty.graph().edit();
        editor.nodes().add(node);
        editor.put(Tensor.ofFloats("w", TWO, 3, 4));
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, ValueInfo.Dim.of(2))));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, ValueInfo.Dim.of(2))));
        OnnxFile.write(empty.withGraph(editor.build()), target.resolve("model.onnx"));
    }

    private static void tensor(Path file, Tensor tensor) {
        OnnxFile.writeTensor(tensor, file);
    }

    private static void tensors(Path file, Tensor... tensors) {
        Model empty = Model.create("test", 8, 17);
        GraphEditor editor = empty.graph().edit();
        for (Tensor tensor : tensors) {
            editor.put(tensor);
        }
        OnnxFile.write(empty.withGraph(editor.build()), file);
    }
}
