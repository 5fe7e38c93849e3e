package graft.cli;

import graft.deploy.ClientCode;
import graft.progress.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--language",
            defaultValue = "python",
            description = "python (default), java (Classify.java) or javascript (an .mjs file).")
    private Language language;

    record Program(Map<String, String> code, String shown) {}

    @Override
    protected Program run(Progress progress) {
        Map<String, String> code = ClientCode.of(network).byLanguage();
        return new Program(code, code.get(language.word));
    }

    @Override
    protected void print(Program result, PrintWriter out) {
        out.print(result.shown());
    }
}
