package graft.cli;

import graft.options.Group;
import graft.options.Option;
import graft.testdata.GeneratedPage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsPageTest {
    @Test
    void thePageOfOptionsSaysWhatTheTablesSay() throws IOException {
        GeneratedPage.check("docs/options.md", text(), getClass());
    }

    private static String text() {
        StringBuilder text = new StringBuilder("""
                # Options

                What can be set, with the values that it may have; everything else ends a command with exit code 2 and one line. The
                commands also take what their `--help` lists first: files, folders, and how a result is printed. A run's `plan.json` holds
                the groups below `train` by the names in brackets.

                This page is written from the tables in the code.
                """);
        options().forEach((command, options) -> {
            text.append("\n## graft ").append(command).append("\n");
            Map<Group, List<Option<?>>> groups = new LinkedHashMap<>();
            options.forEach(option -> groups.computeIfAbsent(option.group(), any -> new java.util.ArrayList<>())
                    .add(option));
            groups.forEach((group, members) -> {
                text.append("\n");
                if (!group.equals(OwnOptions.GROUP)) {
                    text.append("**").append(group.words()).append("**");
                    text.append(command.equals("train") ? " (`" + group.key() + "`)\n\n" : "\n\n");
                }
                text.append("| option | values | usually | |\n|---|---|---|---|\n");
                members.forEach(option -> text.append(row(option)));
            });
        });
        return text.toString();
    }

    private static <T> String row(Option<T> option) {
        String usual = option.usual() == null
                ? ""
                : option.isFlag()
                        ? (Boolean.TRUE.equals(option.usual()) ? "on" : "off")
                        : option.kind().text(option.usual());
        String when = option.applies().words();
        return "| `" + option.name()
                + (option.isFlag() ? "" : " " + option.label().replace("|", "\\|")) + "` | "
                + option.kind().words() + " | " + usual + " | "
                + option.help().replace("|", "\\|")
                + (when.isEmpty() ? "" : " Counts " + when + ".") + " |\n";
    }

    /** By command, in the order of the help. */
    private static Map<String, List<Option<?>>> options() {
        Map<String, List<Option<?>>> out = new LinkedHashMap<>();
        below("", Main.line(), out);
        return out;
    }

    private static void below(String name, CommandLine line, Map<String, List<Option<?>>> out) {
        List<Option<?>> options = line.getCommandSpec().options().stream()
                .<Option<?>>flatMap(spec -> Stream.ofNullable(OptionSpecs.of(spec)))
                .toList();
        if (!options.isEmpty()) {
            out.put(name, options);
        }
        line.getSubcommands().forEach((word, inner) -> below((name + " " + word).strip(), inner, out));
    }
}
