package graft.cli;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.CannotWrite;
import graft.guard.PlainText;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever ends a command, in one paragraph that names the user's file. */
final class Failure {
    private static final List<String> OUTPUTS = List.of("--out", "--project");

    private static final String NETWORK = "--network";

    private Failure() {}

    /** The files that a command was given to work on, the network first. */
    static List<Path> subjects(CommandSpec command) {
        List<Path> networks = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (ArgSpec arg : command.args()) {
            boolean output = arg instanceof OptionSpec option && OUTPUTS.contains(option.longestName());
            Object value = arg.getValue() instanceof Optional<?> optional ? optional.orElse(null) : arg.getValue();
            List<?> given =
                    value instanceof Collection<?> several ? List.copyOf(several) : Collections.singletonList(value);
            for (Object each : given) {
                if (!output && each instanceof Path path) {
                    (isNetwork(command, arg) ? networks : others).add(path);
                }
            }
        }
        networks.addAll(others);
        return List.copyOf(networks);
    }

    /** Where no option names the network, an argument does. */
    private static boolean isNetwork(CommandSpec command, ArgSpec arg) {
        return arg.isPositional()
                ? command.findOption(NETWORK) == null
                : ((OptionSpec) arg).longestName().equals(NETWORK);
    }

    static String words(Throwable error, List<Path> subjects) {
        // What cannot be written is named already: the file that was read is not to blame.
        return PlainText.line(error instanceof CannotWrite ? reason(error) : named(reason(error), subjects));
    }

    /** Many refusals tell of a layer or a tensor alone; whoever reads them in a log wants to know of which file. */
    private static String named(String reason, List<Path> subjects) {
        boolean names = subjects.stream()
                .map(path -> path.getFileName() == null ? path : path.getFileName())
                .anyMatch(name -> reason.contains(name.toString()));
        return names || subjects.isEmpty() ? reason : subjects.get(0) + ": " + reason;
    }

    private static String reason(Throwable error) {
        if (error instanceof Refusal) {
            return String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        }
        if (error instanceof OutOfMemoryError) {
            return "there is not enough memory for this: Java's part of it, "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB, is full. Use a smaller --batch, or give Java more"
                    + " with JAVA_TOOL_OPTIONS=-Xmx8g.";
        }
        if (error instanceof StackOverflowError) {
            return "it is nested too deeply to be followed. The file is damaged, or was made to be so: export it again.";
        }
        if (error instanceof ArithmeticException) {
            // Sizes are multiplied by exact arithmetic everywhere, so that a file cannot make a number wrap round.
            return "a size in it is 0 or beyond anything that can be computed. The file is damaged: export it again.";
        }
        if (error instanceof UncheckedIOException e) {
            return "reading or writing failed: " + AtomicFile.reason(e.getCause())
                    + ". Check that the files are there, may be read, and that the disk has room.";
        }
        if (error instanceof LinkageError && error.getCause() instanceof Exception cause) {
            // Libraries unpack into Java's folder for temporary files as they are loaded.
            return "a library cannot be loaded: " + cause.getMessage() + ". Check that the folder for temporary files, "
                    + System.getProperty("java.io.tmpdir") + ", has room and may be written to.";
        }
        if (error instanceof LinkageError) {
            return "a part of Graft is missing or does not fit (" + error.getMessage()
                    + "). Build or install Graft again.";
        }
        if (error instanceof InternalError) {
            return "a file was cut short or became unreadable while it was read. Check the disk and try again.";
        }
        return "something went wrong inside Graft: " + error
                + ". Run the command again with --verbose and report what it prints.";
    }
}
