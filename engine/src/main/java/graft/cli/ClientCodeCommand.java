package graft.cli;

import graft.Refusal;
import graft.deploy.ClientCode;
import graft.deploy.ClientFolder;
import graft.options.Option;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft client-code}. */
@Command(
        name = "client-code",
        description =
                "Prints a program that prepares pictures or texts, asks a network and prints each class with its probability.")
final class ClientCodeCommand extends GraftCommand<ClientCodeCommand.Program> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file that is shipped.")
    private Path network;

    @picocli.CommandLine.Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a folder with the network, its classes, the programs in all languages and how to run them.")
    private Optional<Path> out;

    /** The languages there are programs in. */
    enum Language {
        PYTHON("Python"),
        JAVA("Java"),
        JAVASCRIPT("JavaScript");

        private final String word;

        Language(String word) {
            this.word = word;
        }
    }

    private static final Option<Language> LANGUAGE = Option.choice(
            "language",
            Language.PYTHON,
            OwnOptions.GROUP,
            "Language",
            "python, java (Classify.java) or, for pictures, javascript (an .mjs file).");

    @Override
    public List<Option<?>> options() {
        return List.of(LANGUAGE);
    }

    /** @param folder what was written with --out */
    record Program(Map<String, String> code, String shown, Optional<ClientFolder> folder) {}

    @Override
    protected Program run(Progress progress) {
        Map<String, String> code = ClientCode.of(network).byLanguage();
        String language = settings().get(LANGUAGE).word;
        if (!code.containsKey(language)) {
            throw new Refusal("There is no program in " + language + " for " + network + ", but in "
                    + String.join(" and ", code.keySet()) + ". Choose one of these.");
        }
        return new Program(code, code.get(language), out.map(folder -> ClientFolder.write(network, folder)));
    }

    @Override
    protected void print(Program result, PrintWriter out) {
        result.folder()
                .ifPresentOrElse(
                        made -> {
                            out.println("Written to " + made.folder() + ": " + String.join(", ", made.files()) + ".");
                            out.println("Try it there: " + made.example());
                        },
                        () -> out.print(result.shown()));
    }
}
