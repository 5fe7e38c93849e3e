package graft.cli;

import graft.Refusal;
import graft.catalog.InstalledNetworks;
import graft.catalog.KnownNetwork;
import graft.catalog.KnownNetworks;
import graft.data.DataSet;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.rank.Ranked;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import graft.text.TextInputs;
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
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description =
                    "A network; given once for each of them (default: all of graft networks --here that take such data).")
    private List<Path> networks = new ArrayList<>();

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
        for (Path path : networks.isEmpty() ? here(given) : networks) {
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
            data.preparationLines().forEach(line -> progress.note(path.getFileName() + ": " + line));
            found.add(Ranked.of(
                    file,
                    reading,
                    examples,
                    settings().get(PlanOptions.SEED),
                    settings().get(PlanOptions.THREADS),
                    progress));
        }
        found.sort(Comparator.comparingDouble(Ranked::logMe).reversed());
        return new Ranking(data.source(), List.copyOf(found));
    }

    /** Those that have a name and lie on this machine, as far as the data go into them. */
    private List<Path> here(Settings given) {
        List<Path> out = new ArrayList<>();
        for (KnownNetwork known : KnownNetworks.in(InstalledNetworks.ofHome())) {
            known.network()
                    .filter(path -> {
                        Model model = NetworkFile.at(path).model();
                        boolean pictures = JudgedData.task(data.source(), model, given)
                                .reading()
                                .takesPictures(data.source());
                        return TextInputs.areOf(model.graph()) != pictures;
                    })
                    .ifPresent(out::add);
        }
        if (out.isEmpty()) {
            throw new Refusal("No network on this machine takes " + data.source()
                    + ". Fetch some (graft networks lists them), or name files with --network.");
        }
        return out;
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
