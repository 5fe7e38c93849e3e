package graft.cli;

import graft.conform.CaseResult;
import graft.conform.CaseResult.Status;
import graft.conform.Conformance;
import graft.conform.ConformanceRunner;
import graft.conform.ConformanceRunner.Engine;
import graft.ops.TorchEngine.Hardware;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "conform",
        description = "Runs operator cases whose answers are known: folders with model.onnx and test_data_set_0.")
final class ConformCommand extends GraftCommand<Conformance> {
    @Parameters(paramLabel = "CASES_DIR", description = "A folder of cases, also nested, or one case.")
    private Path cases;

    @Option(
            names = "--engine",
            description = "Who computes: djl, the executor that trains (default), or ort, ONNX Runtime.")
    private Engine engine = Engine.DJL;

    @Option(names = "--device", defaultValue = "cpu", description = "Of djl: cpu (default) or cuda.")
    private Hardware device;

    @Override
    protected Conformance run(Progress progress) {
        return new ConformanceRunner(engine, device).run(cases, progress);
    }

    @Override
    protected void print(Conformance result, PrintWriter out) {
        for (CaseResult one : result.cases()) {
            if (one.status() != Status.PASSED) {
                out.println(one.name() + ": " + one.status().name().toLowerCase(java.util.Locale.ROOT) + ": "
                        + one.message());
            }
        }
        out.println(result.passed() + " passed, " + result.failed() + " failed, " + result.unsupported()
                + " unsupported; gradients: " + result.gradients().passed() + " passed, "
                + result.gradients().failed() + " failed");
    }
}
