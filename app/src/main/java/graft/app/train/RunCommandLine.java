package graft.app.train;

import graft.app.jobs.JavaProgram;
import graft.cli.TrainArguments;
import graft.run.FineTuningPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The child process of a run: this JVM's own program and class path, the command a user could type. */
final class RunCommandLine {
    private RunCommandLine() {}

    static List<String> train(FineTuningPlan plan, Path project) {
        return command(TrainArguments.of(plan), project);
    }

    static List<String> resume(Path run, Path project) {
        return command(List.of("resume", run.toString()), project);
    }

    /** @param epochs in all */
    static List<String> extend(Path run, int epochs, Path project) {
        return command(List.of("resume", run.toString(), "--epochs=" + epochs), project);
    }

    private static List<String> command(List<String> arguments, Path project) {
        List<String> out = new ArrayList<>(arguments);
        out.addAll(List.of("--json", "--events", "--control", "--project=" + project));
        // A crash is told by the window.
        return JavaProgram.command(
                "graft.cli.Main", List.of("-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash"), out);
    }
}
