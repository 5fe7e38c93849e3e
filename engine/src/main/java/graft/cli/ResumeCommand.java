package graft.cli;

import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.train.FineTuner;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft resume}. */
@Command(name = "resume", description = "Goes on where a run stopped.")
final class ResumeCommand extends RunCommand {
    @Parameters(paramLabel = "RUN_DIR", description = "The folder given to train --out.")
    private Path folder;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Where the data are now, if they were moved; they must be the same.")
    private Optional<Path> data;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "How many epochs in all, where they are to be more than planned; the same as a run planned for them.")
    private Optional<Integer> epochs;

    /** The plan is read later. */
    @Override
    protected int examplesAtOnce() {
        return 256;
    }

    private Optional<Path> moved() {
        return data.map(path -> path.toAbsolutePath().normalize());
    }

    @Override
    protected FineTuningPlan plan(Progress progress) {
        epochs.ifPresent(all -> FineTuner.extend(folder.toAbsolutePath().normalize(), all));
        return FineTuner.plan(folder.toAbsolutePath().normalize(), moved());
    }

    @Override
    protected Path folder() {
        return folder;
    }

    @Override
    protected FineTuningResult train(FineTuningPlan plan, Progress progress) {
        return FineTuner.resume(folder.toAbsolutePath().normalize(), moved(), progress);
    }
}
