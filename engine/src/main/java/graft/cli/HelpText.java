package graft.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} prints: what a command cannot do without, then its options under headings. */
final class HelpText {
    static final String OWN = "Options";

    private HelpText() {}

    /** Has {@code line} and the commands below it explain themselves so. */
    static void explains(CommandLine line) {
        Map<String, CommandLine.IHelpSectionRenderer> sections = new LinkedHashMap<>();
        line.getHelpSectionMap().forEach(sections::put);
        if (line.getSubcommands().isEmpty()) {
            sections.put(
                    UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                    help -> synopsis(help.commandSpec()) + System.lineSeparator());
        }
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
        line.setHelpSectionMap(sections);
        line.getSubcommands().values().forEach(HelpText::explains);
    }

    /** The command with what it cannot do without. */
    static String synopsis(CommandSpec spec) {
        return Stream.of(
                        Stream.of(spec.qualifiedName()),
                        spec.positionalParameters().stream()
                                .map(parameter -> parameter.required()
                                        ? parameter.paramLabel()
                                                + (parameter.arity().max() > 1 ? "..." : "")
                                        : "[" + parameter.paramLabel() + "]"),
                        spec.options().stream()
                                .filter(OptionSpec::required)
                                .map(option -> option.longestName() + " " + option.paramLabel()),
                        Stream.of("[options]"))
                .flatMap(words -> words)
                .collect(joining(" "));
    }

    private static String options(Help help) {
        Map<String, List<OptionSpec>> byHeading = new LinkedHashMap<>();
        byHeading.put(OWN, new ArrayList<>()); // first, whatever it was declared behind
        for (OptionSpec option : help.commandSpec().options()) {
            byHeading.computeIfAbsent(heading(option), any -> new ArrayList<>()).add(option);
        }
        List<OptionSpec> output = byHeading.remove(OutputOptions.HEADING);
        if (output != null) {
            byHeading.put(OutputOptions.HEADING, output); // last, for every command has them
        }
        byHeading.values().removeIf(List::isEmpty);
        return byHeading.entrySet().stream()
                .map(section -> System.lineSeparator() + section.getKey() + ":" + System.lineSeparator()
                        + list(help, section.getValue()))
                .collect(joining());
    }

    private static String list(Help help, List<OptionSpec> options) {
        // The columns are as wide as all options of the command need.
        Help.Layout layout = help.createDefaultLayout(
                help.commandSpec().options(), help.commandSpec().positionalParameters(), help.colorScheme());
        layout.addOptions(options.stream().filter(o -> !o.hidden()).collect(toList()), help.parameterLabelRenderer());
        return layout.toString();
    }

    private static String heading(OptionSpec option) {
        if (OptionSpecs.of(option) != null) {
            return OptionSpecs.of(option).group().words();
        }
        if (option.userObject() instanceof Member field) {
            Heading heading = field.getDeclaringClass().getAnnotation(Heading.class);
            return heading == null ? OWN : heading.value();
        }
        return OWN;
    }
}
