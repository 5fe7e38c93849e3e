package graft.transfer;

import graft.Refusal;
import graft.features.LabelledFeatures;
import graft.network.Network;
import graft.objective.Adversary;
import graft.objective.CovarianceDistance;
import graft.objective.MeanDiscrepancy;
import graft.objective.Objective;
import graft.objective.Streams;
import graft.options.Settings;
import graft.problem.ExampleStream;
import graft.problem.Problem;
import graft.problem.Sampling;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.run.TransferOptions.Adaptation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Features of a target domain, of which nobody knows the classes, become like those of the source. They are what the head's last
 * linear layer stands on. Source and target go through the network apart from each other; batch norms that learn keep the statistics
 * of the target, for which the network is meant.
 */
public final class DomainAdaptation {
    static final Technique TECHNIQUE = new Technique(
            "domain adaptation",
            "Labelled examples of one domain, and others without labels of the domain that the network is for: pictures of another"
                    + " camera, scanner or season, texts of another source.",
            List.of(
                    TransferOptions.ADAPT,
                    TransferOptions.TARGET,
                    TransferOptions.ADAPT_WEIGHT,
                    TransferOptions.BASELINE),
            DomainAdaptation::applied,
            DomainAdaptation::taps);

    private static final String STREAM = "target";
    private static final double CORAL_WEIGHT = 1000;
    /** With 1 what is gained where domains are far apart is lost where they are near (docs/domain-adaptation.md). */
    private static final double DANN_WEIGHT = 0.3;

    private DomainAdaptation() {}

    private static boolean isAsked(Settings settings) {
        return settings.get(TransferOptions.ADAPT) != Adaptation.NONE;
    }

    private static Set<String> taps(Network network, Settings settings) {
        return isAsked(settings)
                        && settings.get(TransferOptions.ADAPT) != Adaptation.CORAL_CLOSED
                        && LastLayer.of(network).featuresLearn()
                ? Set.of(LastLayer.of(network).features())
                : Set.of();
    }

    private static Problem applied(Problem plain, Settings settings) {
        Optional<LabelledFeatures> target = plain.sources().target();
        if (!isAsked(settings) || target.isEmpty() || !acts(plain.network(), settings)) {
            return plain;
        }
        Adaptation how = settings.get(TransferOptions.ADAPT);
        if (how == Adaptation.CORAL_CLOSED) {
            return plain.with(Recolouring.of(plain.train(), target.get(), settings.get(PlanOptions.THREADS)));
        }
        long seed = settings.get(PlanOptions.SEED);
        LastLayer layer = LastLayer.of(plain.network());
        String features = layer.features();
        String others = Streams.of(STREAM, features);
        int width = layer.width();
        Objective alike =
                switch (how) {
                    case DANN -> Adversary.between(features, others, width, seed);
                    case CORAL -> CovarianceDistance.between(features, others, width);
                    case MMD -> MeanDiscrepancy.between(features, others);
                    case NONE, CORAL_CLOSED -> throw new IllegalStateException(how + " is no objective");
                };
        // Another order than that of the source, where both have as many examples.
        Sampling order = settings.get(PlanOptions.SHUFFLE)
                ? Sampling.bySize(
                        target.get().sizes(),
                        settings.get(PlanOptions.BATCH) * settings.get(PlanOptions.ACCUMULATE),
                        Sampling.mix(seed, 0, STREAM.length()))
                : Sampling.inOrder(target.get().size());
        return plain.with(plain.objective().plus(weight(settings), alike))
                .with(new ExampleStream(STREAM, target.get(), order, true));
    }

    private static double weight(Settings settings) {
        double said = settings.get(TransferOptions.ADAPT_WEIGHT);
        if (said > 0) {
            return said;
        }
        return switch (settings.get(TransferOptions.ADAPT)) {
            case CORAL -> CORAL_WEIGHT;
            case DANN -> DANN_WEIGHT;
            case MMD, NONE, CORAL_CLOSED -> 1;
        };
    }

    private static boolean acts(Network network, Settings settings) {
        boolean closed = settings.get(TransferOptions.ADAPT) == Adaptation.CORAL_CLOSED;
        return closed != LastLayer.of(network).featuresLearn();
    }

    /**
     * Before anything is read or learnt.
     *
     * @param stages networks with what learns in each stage
     * @param settings of the stages
     * @throws Refusal where there is nothing to adapt to, or none of the stages could
     */
    static void refuseIdle(List<Network> stages, List<Settings> settings) {
        Settings any = settings.get(0);
        if (!isAsked(any)) {
            return;
        }
        String said = "--adapt " + TransferOptions.ADAPT.kind().text(any.get(TransferOptions.ADAPT));
        if (any.get(TransferOptions.TARGET).isEmpty()) {
            throw new Refusal(said + " makes features of another domain like those of the examples to learn from."
                    + " Name a folder of its examples with --target.");
        }
        Network first = stages.get(0);
        LastLayer layer = LastLayer.of(first);
        if (!layer.isLinear()) {
            throw new Refusal(
                    said + " stands on the input of a linear layer at the end of the head, and this head ends in "
                            + layer.node() + ". Train without --adapt.");
        }
        boolean some = false;
        for (int i = 0; i < stages.size(); i++) {
            some |= acts(stages.get(i), settings.get(i));
        }
        if (!some) {
            throw new Refusal(
                    any.get(TransferOptions.ADAPT) == Adaptation.CORAL_CLOSED
                            ? said + " re-colours features that do not change, and here they learn. Choose --trainable"
                                    + " head, or adapt by --adapt coral while they learn."
                            : said
                                    + " changes the layers that make the features, and none of them learns here. Let some"
                                    + " of them learn (--trainable all or last:N), or choose --adapt coral-closed for the"
                                    + " head alone.");
        }
        refuseSingles(said, first, any);
    }

    private static void refuseSingles(String said, Network network, Settings settings) {
        Adaptation how = settings.get(TransferOptions.ADAPT);
        boolean compares = how == Adaptation.CORAL || how == Adaptation.MMD;
        boolean fixed = network.report().fixedBatch() == 1;
        if (compares && (fixed || settings.get(PlanOptions.BATCH) == 1)) {
            throw new Refusal(said
                    + " compares several examples of each domain that go through the network together, and "
                    + (fixed ? "this network takes them one by one" : "--batch is 1")
                    + ". " + (fixed ? "Choose --adapt dann" : "Use a larger --batch, or choose --adapt dann") + ".");
        }
    }
}
