package graft.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a command cannot be called with ends in one paragraph, how it is called, and exit code 2. */
final class BadUsage {
    private static final int CODE = 2;

    private BadUsage() {}

    /** Has {@code line} refuse values beyond their limits, and say so. */
    static void refusedBy(CommandLine line) {
        line.setParameterExceptionHandler((error, arguments) -> explain(error)).setExecutionStrategy(parsed -> {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            OptionValues.check(parsed);
            return new RunLast().execute(parsed);
        });
    }

    private static int explain(ParameterException error) {
        CommandLine line = error.getCommandLine();
        CommandSpec spec = line.getCommandSpec();
        String name = spec.qualifiedName();
        String message = message(error).replaceAll("\\s*\\R\\s*", " ").strip();
        boolean hasCommands = !line.getSubcommands().isEmpty();
        line.getErr()
                .println("graft: " + message + (message.matches("(?s).*[.!?]") ? "" : ".") + " Usage: "
                        + (hasCommands ? name + " COMMAND" : HelpText.synopsis(spec)) + "; `" + name + " --help` lists "
                        + (hasCommands ? "the commands." : "the options."));
        line.getErr().flush();
        return CODE;
    }

    /** What is misspelt goes before what is missing: often it is the same thing. */
    private static String message(ParameterException error) {
        CommandLine line = error.getCommandLine();
        List<String> unmatched = line.getUnmatchedArguments();
        if (error instanceof UnmatchedArgumentException misspelt) {
            unmatched = misspelt.getUnmatched();
        } else if (!(error instanceof MissingParameterException) || unmatched.isEmpty()) {
            return String.valueOf(error.getMessage());
        }
        UnmatchedArgumentException unknown = new UnmatchedArgumentException(line, unmatched);
        String word = unmatched.get(0);
        String what = unknown.isUnknownOption()
                ? "Unknown option '" + word.replaceFirst("=.*", "") + "'"
                : line.getSubcommands().isEmpty()
                        ? "'" + word + "' is one argument too many"
                        : "There is no command '" + word + "'";
        Optional<String> similar = Spelling.nearest(
                word.replaceFirst("=.*", ""),
                unknown.isUnknownOption()
                        ? line.getCommandSpec().optionsMap().keySet()
                        : line.getSubcommands().keySet());
        return what + similar.map(name -> "; did you mean " + name + "?").orElse("");
    }
}
