package graft.cli;

import graft.deploy.ClientCode;
import graft.options.Option;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft client-code}. */
@Command(
        name = "client-code",
        description =
                "Prints a program that prepares pictures, asks a network and prints each class with its probability.")
final class ClientCodeCommand extends GraftCommand<ClientCodeCommand.Program> {
    @Parameters(paramLabel = "NET", converter = NetworkArgument.class, description = "The .onnx file that is shipped.")
    private Path network;

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
            "python, java (Classify.java) or javascript (an .mjs file).");

    @Override
    public List<Option<?>> options() {
        return List.of(LANGUAGE);
    }

    record Program(Map<String, String> code, String shown) {}

    @Override
    protected Program run(Progress progress) {
        Map<String, String> code = ClientCode.of(network).byLanguage();
        return new Program(code, code.get(settings().get(LANGUAGE).word));
    }

    @Override
    protected void print(Program result, PrintWriter out) {
        out.print(result.shown());
    }
}
