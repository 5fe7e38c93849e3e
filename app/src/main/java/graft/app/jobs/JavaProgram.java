package graft.app.jobs;

import graft.files.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of this program in a JVM of its own: the same Java, class path and archive of parsed classes. */
public final class JavaProgram {
    private static final Path NICE = Path.of("/usr/bin/nice");

    private JavaProgram() {}

    /** @param options further options of the JVM */
    public static List<String> command(String mainClass, List<String> options, List<String> arguments) {
        List<String> out = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 22) {
            out.add("--enable-native-access=ALL-UNNAMED");
        }
        // Where the window's own start was given an archive of parsed classes.
        String classes = System.getProperty("graft.classes");
        if (classes != null) {
            out.addAll(List.of(
                    "-XX:SharedArchiveFile=" + classes,
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0"));
        }
        // What the start scripts give to a command: its file is named to the window by the script that started it.
        String file = System.getProperty("graft.options");
        out.addAll(file == null ? List.of("-Djava.awt.headless=true", "-Dai.djl.offline=true") : List.of("@" + file));
        out.addAll(Installation.handedOn());
        out.addAll(options);
        out.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        out.addAll(arguments);
        return out;
    }

    /** The same at a lower priority: what takes every core must leave the window the first to be served. */
    static List<String> behindTheWindow(List<String> command) {
        if (!Files.isExecutable(NICE)) {
            return command;
        }
        List<String> out = new ArrayList<>(List.of(NICE.toString(), "-n", "5"));
        out.addAll(command);
        return out;
    }
}
