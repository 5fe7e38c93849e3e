package graft.cli;

import graft.language.Choice;
import graft.language.Generator;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft generate}. */
@Command(
        name = "generate",
        description = {
            "Lets a network of language write on from a prompt.",
            "What it writes is printed as it comes, without the prompt; the same seed gives the same text."
        },
        sortOptions = false)
final class GenerateCommand extends GraftCommand<Generator.Generated> {
    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file, its tokenizer beside it.")
    private Path network;

    @CommandLine.Option(
            names = "--prompt",
            required = true,
            paramLabel = "TEXT",
            description = "The text to go on from.")
    private String prompt;

    @CommandLine.Option(
            names = "--no-cache",
            description =
                    "Read the whole text anew for each token, also where the network's file can keep what earlier ones"
                            + " left behind.")
    private boolean noCache;

    @Mixin
    private NetworkOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public List<Option<?>> options() {
        return List.of(
                OwnOptions.MAX_TOKENS,
                OwnOptions.TEMPERATURE,
                OwnOptions.TOP_K,
                OwnOptions.TOP_P,
                OwnOptions.REPETITION_PENALTY,
                PlanOptions.SEED,
                PlanOptions.TOKENIZER,
                PlanOptions.THREADS);
    }

    @Override
    protected Generator.Generated run(Progress progress) {
        PrintWriter out = spec.commandLine().getOut();
        Generator.Plan plan = new Generator.Plan(
                NetworkFile.at(network),
                options.reading(),
                settings().get(PlanOptions.TOKENIZER).map(Path::of),
                prompt,
                settings().get(OwnOptions.MAX_TOKENS),
                new Choice(
                        settings().get(OwnOptions.TEMPERATURE),
                        settings().get(OwnOptions.TOP_K),
                        settings().get(OwnOptions.TOP_P),
                        settings().get(OwnOptions.REPETITION_PENALTY),
                        settings().get(PlanOptions.SEED)),
                !noCache,
                settings().get(PlanOptions.THREADS));
        return Generator.write(
                plan,
                piece -> {
                    if (!isJson()) {
                        out.print(piece);
                        out.flush();
                    }
                },
                progress);
    }

    @Override
    protected int examplesAtOnce() {
        return 1;
    }

    @Override
    protected void print(Generator.Generated result, PrintWriter out) {
        out.println();
    }

    @Override
    protected int exitCode(Generator.Generated result) {
        return result.stopped().equals("cancelled") ? Interrupts.EXIT_CODE : 0;
    }
}
