package graft.app.train;

import graft.cli.TrainArguments;
import graft.train.FineTuningPlan;
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

    private static List<String> command(List<String> arguments, Path project) {
        List<String> out = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmn32m", // as the start script has it
                "-XX:+SuppressFatalErrorMessage", // a crash is told by the window
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                "graft.cli.Main"));
        if (Runtime.version().feature() >= 22) {
            out.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        // Where the window's own start was given an archive of parsed classes.
        String classes = System.getProperty("graft.classes");
        if (classes != null) {
            out.addAll(
                    1,
                    List.of(
                            "-XX:SharedArchiveFile=" + classes,
                            "-XX:+UnlockDiagnosticVMOptions",
                            "-XX:ArchiveRelocationMode=0"));
        }
        out.addAll(arguments);
        out.addAll(List.of("--json", "--events", "--control", "--project=" + project));
        return out;
    }
}
