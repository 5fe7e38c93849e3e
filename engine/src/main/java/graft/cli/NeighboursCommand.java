package graft.cli;

import graft.data.DataSet;
import graft.embed.NearestExamples.Near;
import graft.embed.Neighbours;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft neighbours}. */
@Command(
        name = "neighbours",
        description = {
            "Finds the examples that are most alike to a network: by the cosine of what it makes of them before its last layer.",
            "What was computed is kept, so that asking again takes moments."
        },
        sortOptions = false)
final class NeighboursCommand extends GraftCommand<Neighbours> {
    private static final Option<Integer> NEAREST = Option.whole(
                    "nearest", 1, 10_000, 5, OwnOptions.GROUP, "Nearest", "So many of the nearest.")
            .labelled("K");

    private static final int SHOWN = 90;

    @Mixin
    private JudgedNetwork network;

    @CommandLine.Option(
            names = "--query",
            paramLabel = "TEXT|FILE",
            description =
                    "What examples are to be like: the name of one of them, a file, or words. Given several times: of each."
                            + " Without it: of each example.")
    private List<String> queries = new ArrayList<>();

    @Override
    public List<Option<?>> options() {
        return List.of(
                NEAREST,
                PlanOptions.POOLING,
                PlanOptions.FEATURES.says("The tensor that is compared; the last layer's input where none is named."),
                PlanOptions.THREADS);
    }

    @Override
    protected Neighbours run(Progress progress) {
        DataSet data = network.open(progress);
        network.preparationLines().forEach(progress::note);
        Neighbours found = Neighbours.of(
                network.file(),
                network.reading(),
                data,
                queries,
                settings().get(NEAREST),
                new graft.task.Reading.How(
                        network.file().model(),
                        network::preprocessing,
                        settings().only(PlanOptions.ALL),
                        network.reading().inputs().keySet()),
                settings().get(PlanOptions.THREADS),
                progress);
        found.remarks().forEach(progress::note);
        return found;
    }

    @Override
    protected void print(Neighbours result, PrintWriter out) {
        result.queries().forEach(each -> {
            out.println(cut(each.query()));
            each.nearest().forEach(near -> out.println(line(near)));
        });
        out.printf(
                Locale.ROOT,
                "Cosines of %d numbers (%s), among %d examples.%n",
                result.width(),
                result.layer(),
                result.n());
    }

    private static String line(Near near) {
        return String.format(
                Locale.ROOT,
                "  %7.4f  %s%s%s",
                near.similarity(),
                near.name(),
                near.className() == null ? "" : "  [" + near.className() + "]",
                near.text() == null ? "" : "  " + cut(near.text()));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN - 1) + "…" : line;
    }
}
