package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.rank.Ranked;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft rank}. */
@Command(
        name = "rank",
        description =
                "Tells which of several networks suits the data, before any of them is fine-tuned: by what their features of"
                        + " 1,000 examples say of the labels.",
        sortOptions = false)
final class RankCommand extends GraftCommand<RankCommand.Ranking> {
    @CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "A network; given once for each of them.")
    private List<Path> networks;

    @Mixin
    private DataArguments data;

    @Spec
    private CommandSpec command;

    /**
     * Networks in the order of how well they suit.
     *
     * @param data what was looked at
     * @param ranking the best first, by LogME
     */
    record Ranking(Path data, List<Ranked> ranking) {}

    @Override
    public List<Option<?>> options() {
        return List.of(
                PlanOptions.SKIP_UNREADABLE,
                PlanOptions.SEED,
                PlanOptions.TASK,
                PlanOptions.TEXT,
                PlanOptions.TEXT_PAIR,
                PlanOptions.LABEL,
                PlanOptions.TOKENIZER,
                PlanOptions.MAX_LENGTH,
                PlanOptions.THREADS);
    }

    @Override
    protected Ranking run(Progress progress) {
        Settings given = OptionSpecs.given(command);
        List<Ranked> found = new ArrayList<>();
        for (Path path : networks) {
            NetworkFile file = NetworkFile.at(path);
            Reading reading = Reading.USUAL;
            DataSet examples = JudgedData.open(
                    data.source(),
                    path,
                    file.model(),
                    () -> data.preprocessing(file, reading, given),
                    given,
                    reading.inputs().keySet(),
                    progress);
            if (examples.classes().isEmpty()) {
                throw new Refusal(
                        data.source()
                                + " has no classes, by which networks are ranked. Give pictures or texts in folders of classes.");
            }
            found.add(Ranked.of(
                    file,
                    reading,
                    examples,
                    settings().get(PlanOptions.SEED),
                    settings().get(PlanOptions.THREADS),
                    progress));
        }
        data.preparationLines().forEach(progress::note);
        found.sort(Comparator.comparingDouble(Ranked::logMe).reversed());
        return new Ranking(data.source(), List.copyOf(found));
    }

    @Override
    protected void print(Ranking result, PrintWriter out) {
        out.println("   LogME  linear probe (95 %)      one example  size         network");
        result.ranking()
                .forEach(each -> out.printf(
                        Locale.ROOT,
                        "%8.4f  %5.1f %% (%4.1f ... %5.1f)  %8.2f ms  %8.1f MB  %s%n",
                        each.logMe(),
                        100 * each.probeAccuracy(),
                        100 * each.interval()[0],
                        100 * each.interval()[1],
                        each.p50Ms(),
                        each.bytes() / 1e6,
                        each.network()));
        out.printf(
                Locale.ROOT,
                "Higher is better; the probe is a linear head, asked about examples that it did not learn from (%d in all).%n",
                result.ranking().get(0).n());
    }
}
