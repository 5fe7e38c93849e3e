package graft.cli;

import graft.conform.CaseResult;
import graft.conform.CaseResult.Status;
import graft.conform.Conformance;
import graft.conform.ConformanceRunner;
import graft.conform.ConformanceRunner.Engine;
import graft.ops.TorchEngine.Hardware;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "conform",
        description = "Runs operator cases whose answers are known: folders with model.onnx and test_data_set_0.")
final class ConformCommand extends GraftCommand<Conformance> {
    @Parameters(paramLabel = "CASES_DIR", description = "A folder of cases, also nested, or one case.")
    private Path cases;

    private static final Option<Engine> ENGINE = Option.choice(
            "engine",
            Engine.DJL,
            OwnOptions.GROUP,
            "Engine",
            "Who computes: djl, the executor that trains, or ort, ONNX Runtime.");
    private static final Option<Hardware> DEVICE =
            PlanOptions.DEVICE.says("Of djl: cpu or cuda.").in(OwnOptions.GROUP);

    @Override
    public List<Option<?>> options() {
        return List.of(ENGINE, DEVICE);
    }

    @Override
    protected Conformance run(Progress progress) {
        return new ConformanceRunner(settings().get(ENGINE), settings().get(DEVICE)).run(cases, progress);
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
