package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunExport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft runs export}. */
@Command(name = "export", description = "Writes what was measured during a run, for other tools.")
final class RunsExportCommand extends OfRun<RunsExportCommand.Exported> {
    enum Format {
        CSV,
        TENSORBOARD
    }

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv (epochs.csv and steps.csv) or tensorboard (an event file). Default: csv.")
    private Format format;

    record Exported(List<Path> files) {}

    @Override
    protected Exported run(ProjectFolder folder, RunEntry run, Progress progress) {
        return new Exported(
                format == Format.CSV
                        ? RunExport.csv(folder, run, out)
                        : List.of(RunExport.tensorBoard(folder, run, out)));
    }

    @Override
    protected void print(Exported result, PrintWriter out) {
        result.files().forEach(file -> out.println("Written: " + file));
    }
}
