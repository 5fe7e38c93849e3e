package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunPack;
import graft.project.RunPack.Packed;
import graft.project.RunPack.Source;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft runs pack}. */
@Command(
        name = "pack",
        description =
                "Writes a run as one .graft file: plan, fingerprints, versions, what was measured, its network and the one"
                        + " that it began with. The data are not in it.")
final class RunsPackCommand extends OfRun<Packed> {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .graft file to write.")
    private Path out;

    @Option(
            names = "--without-start",
            description =
                    "Leaves out the network that the run began with: a smaller file; the run can be looked at and used,"
                            + " but not repeated from it alone.")
    private boolean withoutStart;

    @Override
    protected Packed run(ProjectFolder folder, RunEntry run, Progress progress) {
        return RunPack.write(folder, run, out, withoutStart ? Source.WITHOUT_START : Source.of(run));
    }

    @Override
    protected void print(Packed result, PrintWriter out) {
        out.println("Written: " + result.file() + " (" + result.bytes() + " bytes: "
                + String.join(", ", result.files().keySet()) + ").");
    }
}
