package graft.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script that has bash and zsh complete commands and options.",
            "For this shell: source <(graft completion). For every shell of bash: graft completion >"
                    + " ~/.local/share/bash-completion/completions/graft."
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandSpec root = spec.root();
        // Its line ends are those of a shell, whatever the system's.
        spec.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
        spec.commandLine().getOut().flush();
    }
}
