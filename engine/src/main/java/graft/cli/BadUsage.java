package graft.cli;

import java.math.BigInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

/** What a command cannot be called with ends in one paragraph, how it is called, and exit code 2. */
final class BadUsage {
    private static final int CODE = 2;

    private BadUsage() {}

    /** Has {@code line} refuse values beyond their limits, and say so. */
    static void refusedBy(CommandLine line) {
        ITypeConverter<Integer> ints = text -> whole(text, Integer::valueOf);
        ITypeConverter<Long> longs = text -> whole(text, Long::valueOf);
        ITypeConverter<Double> doubles = text -> number(text, Double::valueOf);
        ITypeConverter<Float> floats = text -> number(text, Float::valueOf);
        line.registerConverter(Integer.class, ints)
                .registerConverter(int.class, ints)
                .registerConverter(Long.class, longs)
                .registerConverter(long.class, longs)
                .registerConverter(Double.class, doubles)
                .registerConverter(double.class, doubles)
                .registerConverter(Float.class, floats)
                .registerConverter(float.class, floats)
                .setParameterExceptionHandler((error, arguments) -> explain(error))
                .setExecutionStrategy(parsed -> {
                    OptionValues.check(parsed);
                    return new RunLast().execute(parsed);
                });
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private static <T> T whole(String text, Parser<T> parser) {
        try {
            return parser.parse(text.strip());
        } catch (NumberFormatException e) {
            String why = text.strip().matches("[+-]?\\d+") && new BigInteger(text.strip()).bitLength() > 31
                    ? "' has too many digits"
                    : "' is no whole number";
            throw new TypeConversionException("'" + text + why);
        }
    }

    private static <T> T number(String text, Parser<T> parser) {
        try {
            return parser.parse(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number");
        }
    }

    private static int explain(ParameterException error) {
        CommandLine line = error.getCommandLine();
        CommandSpec spec = line.getCommandSpec();
        String name = spec.qualifiedName();
        String message = String.valueOf(error.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
        boolean hasCommands = !line.getSubcommands().isEmpty();
        line.getErr()
                .println("graft: " + message + (message.matches("(?s).*[.!?]") ? "" : ".") + " Usage: "
                        + (hasCommands ? name + " COMMAND" : synopsis(spec)) + "; `" + name + " --help` lists "
                        + (hasCommands ? "the commands." : "the options."));
        line.getErr().flush();
        return CODE;
    }

    /** The command with what it cannot do without. */
    private static String synopsis(CommandSpec spec) {
        return Stream.of(
                        Stream.of(spec.qualifiedName()),
                        spec.positionalParameters().stream().map(parameter -> parameter.paramLabel()),
                        spec.options().stream()
                                .filter(option -> option.required())
                                .map(option -> option.longestName() + " " + option.paramLabel()),
                        Stream.of("[options]"))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }
}
