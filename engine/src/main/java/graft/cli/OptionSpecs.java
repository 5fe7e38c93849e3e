package graft.cli;

import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.task.Task;
import graft.task.TaskTable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Options of a table as picocli's, and what was given to them. */
final class OptionSpecs {
    /** Values that a table of names holds, for the shell to complete; the options lie below those tables. */
    private static final Map<Option<?>, Supplier<List<String>>> NAMES = Map.of(
            PlanOptions.TASK, () -> TaskTable.all().stream().map(Task::name).toList());

    private OptionSpecs() {}

    /** Gives every command of {@code line} the options that it offers. */
    static void addTo(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        parts(spec)
                .map(CommandSpec::userObject)
                .filter(Offering.class::isInstance)
                .flatMap(part -> ((Offering) part).options().stream())
                .forEach(option -> spec.addOption(of(option)));
        line.getSubcommands().values().forEach(OptionSpecs::addTo);
    }

    /** A command and everything mixed into it. */
    private static Stream<CommandSpec> parts(CommandSpec spec) {
        return Stream.concat(Stream.of(spec), spec.mixins().values().stream().flatMap(OptionSpecs::parts));
    }

    private static OptionSpec of(Option<?> option) {
        OptionSpec.Builder out =
                OptionSpec.builder(option.name()).userObject(option).description(help(option));
        if (option.isFlag()) {
            return out.type(boolean.class).arity("0").build();
        }
        ITypeConverter<Object> converter = text -> parse(option, text);
        List<String> choices =
                NAMES.getOrDefault(option, option.kind()::choices).get();
        return out.type(Object.class)
                .arity("1")
                .paramLabel(option.label())
                .completionCandidates(choices.isEmpty() ? null : choices)
                .converters(converter)
                .build();
    }

    private static Object parse(Option<?> option, String text) {
        try {
            return option.kind().parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    private static <T> String help(Option<T> option) {
        return words(option).replace("%", "%%");
    }

    /** Its sentence with the value that it usually has: "Passes over the examples (default: 10).". */
    private static <T> String words(Option<T> option) {
        String help = option.help();
        if (option.isFlag()) {
            return option.name().equals("--" + option.key())
                    ? help
                    : "Switches off that " + Character.toLowerCase(help.charAt(0)) + help.substring(1);
        }
        String usual = option.usual() == null ? "" : option.kind().text(option.usual());
        return usual.isEmpty() ? help : help.replaceFirst("\\.$", " (default: " + usual + ").");
    }

    /** The option that a command has from a table; null for those of its fields. */
    static Option<?> of(CommandLine.Model.ArgSpec arg) {
        return arg.userObject() instanceof Option<?> option ? option : null;
    }

    /** What was given to the options that {@code spec} has from tables. */
    static Settings given(CommandSpec spec) {
        Settings out = Settings.NONE;
        for (OptionSpec arg : spec.options()) {
            Option<?> option = of(arg);
            if (option != null && arg.getValue() != null && !Boolean.FALSE.equals(arg.getValue())) {
                out = given(out, option, arg.getValue());
            }
        }
        return out;
    }

    @SuppressWarnings("unchecked") // its own kind made the value
    private static <T> Settings given(Settings settings, Option<T> option, Object value) {
        return settings.with(option, option.isFlag() ? option.given("") : (T) value);
    }
}
