package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.trust.Trust;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that says how far a network's answers can be trusted. */
abstract class TrustCommand<R> extends GraftCommand<R> {
    @Mixin
    private JudgedNetwork network;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(PlanOptions.THREADS);
    }

    /** The network, ready to be asked about the examples. */
    protected final Trust trust(Progress progress) {
        DataSet examples = network.open(progress);
        if (examples.classes().isEmpty()) {
            throw new Refusal(
                    network.source() + " has no classes: how sure a network is of one is what this command is about."
                            + " Its scores are told by `graft evaluate`.");
        }
        network.preparationLines().forEach(progress::note);
        Long seed = settings().get(JudgedNetwork.SEED);
        return new Trust(
                network.file(),
                network.reading(),
                examples,
                network.task(examples),
                seed == null ? 0 : seed,
                settings().get(PlanOptions.THREADS));
    }

    protected final Path network() {
        return network.path();
    }
}
