package graft.cli;

import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code graft help COMMAND}: what {@code graft COMMAND --help} prints. */
@Command(name = "help", description = "Shows the help of a command.", mixinStandardHelpOptions = true)
final class HelpCommand implements Runnable {
    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command; none lists all.",
            completionCandidates = Names.class)
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine asked = spec.parent().commandLine();
        for (String word : words) {
            CommandLine inner = asked.getSubcommands().get(word);
            if (inner == null) {
                throw new UnmatchedArgumentException(asked, List.of(word));
            }
            asked = inner;
        }
        asked.usage(spec.commandLine().getOut());
    }

    /** For the shell to complete. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Commands.names().iterator();
        }
    }
}
