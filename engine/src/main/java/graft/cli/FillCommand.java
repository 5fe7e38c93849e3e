package graft.cli;

import graft.language.GapFiller;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft fill}. */
@Command(
        name = "fill",
        description = "Says what a network would put into the gaps of a text, and how sure it is.",
        sortOptions = false)
final class FillCommand extends GraftCommand<GapFiller.Filled> {
    private static final Option<Integer> TOP =
            OwnOptions.TOP.usually(5).says("So many of the likeliest tokens for each gap.");

    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file, its tokenizer beside it.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @CommandLine.Parameters(
            arity = "1",
            paramLabel = "TEXT",
            description = "The text, with [MASK] in the place of each word that is hidden.")
    private String text;

    @Override
    public List<Option<?>> options() {
        return List.of(TOP, PlanOptions.TOKENIZER, PlanOptions.THREADS);
    }

    @Override
    protected GapFiller.Filled run(Progress progress) {
        return GapFiller.fill(
                new GapFiller.Plan(
                        NetworkFile.at(network),
                        options.reading(),
                        settings().get(PlanOptions.TOKENIZER).map(Path::of),
                        text,
                        settings().get(TOP),
                        settings().get(PlanOptions.THREADS)),
                progress);
    }

    @Override
    protected int examplesAtOnce() {
        return 1;
    }

    @Override
    protected void print(GapFiller.Filled result, PrintWriter out) {
        result.gaps().forEach(gap -> {
            gap.candidates()
                    .forEach(each -> out.printf(Locale.ROOT, "%6.1f %%  %s%n", 100 * each.probability(), each.token()));
            out.println();
        });
        out.println(result.filled());
    }
}
