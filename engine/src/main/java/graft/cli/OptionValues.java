package graft.cli;

import graft.options.Option;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Whether what was given to options lies within their limits; asked for all commands, before any begins. */
final class OptionValues {
    private OptionValues() {}

    /** @throws ParameterException naming the first option whose value is beyond its limits */
    static void check(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        for (ArgSpec arg : innermost.commandSpec().args()) {
            Object value = arg.getValue();
            Object given = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (value instanceof Optional<?> && given == null && OptionSpecs.of(arg) != null) {
                throw new ParameterException(
                        innermost.commandSpec().commandLine(), ((OptionSpec) arg).longestName() + " is empty");
            }
            if (given != null) {
                Optional<String> complaint = complaint(arg, given);
                if (complaint.isPresent()) {
                    throw new ParameterException(innermost.commandSpec().commandLine(), complaint.get());
                }
            }
        }
    }

    private static Optional<String> complaint(ArgSpec arg, Object given) {
        String shown = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
        if ((given instanceof Path || given instanceof String)
                && given.toString().isBlank()) {
            return Optional.of(shown + " is empty");
        }
        Option<?> option = OptionSpecs.of(arg);
        return option == null
                ? Optional.empty()
                : limits(option, given)
                        .map(words -> words.startsWith("must ") ? shown + " " + words : shown + ": " + words)
                        .map(words -> words.replaceFirst("\\.$", ""));
    }

    @SuppressWarnings("unchecked") // its own kind made the value
    private static <T> Optional<String> limits(Option<T> option, Object given) {
        // Of a flag picocli knows only that it was given.
        return option.isFlag() ? Optional.empty() : option.kind().complaint((T) given);
    }
}
