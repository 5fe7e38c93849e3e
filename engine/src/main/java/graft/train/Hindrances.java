package graft.train;

import graft.Refusal;
import graft.features.Frontier;
import graft.inference.OrtSession;
import graft.network.FeatureFinder;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.NonFinite;
import graft.onnx.RandomNumbers;
import graft.onnx.SubGraph;
import graft.ops.MissingOperator;
import graft.ops.OpTable;
import graft.rewrite.NumberFormat;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What keeps a network from being trained as a plan wants it, said before anything learns. */
final class Hindrances {
    private Hindrances() {}

    /** @throws Refusal where the network cannot learn, before its data are read */
    static void refuse(Network network, FineTuningPlan plan) {
        refuseIfNotFp32(network, plan);
        refuseIfRandom(network, plan);
        refuseIfNobodyRunsIt(network, plan);
        refuseIfUntrainable(network, plan);
    }

    static void refuseBrokenWeights(Network network, FineTuningPlan plan) {
        Set<String> used = new HashSet<>(network.weights());
        used.addAll(network.state());
        NonFinite.in(network.model().graph(), used::contains).ifPresent(where -> {
            throw new Refusal(plan.network() + " cannot be trained: weights are no finite numbers: " + where
                    + ". Take an earlier version of the file, or choose a tensor below them with --features.");
        });
    }

    private static void refuseIfNotFp32(Network network, FineTuningPlan plan) {
        NumberFormat.hindrance(network.model().graph()).ifPresent(how -> {
            throw new Refusal(
                    plan.network() + " " + how + " and cannot be trained as it is. Convert it with `graft convert "
                            + plan.network() + " --out FILE` and train that file.");
        });
    }

    /** Nothing could be proved of what is another network at each look. */
    private static void refuseIfRandom(Network network, FineTuningPlan plan) {
        RandomNumbers.in(keptBelowHead(network, plan).graph()).ifPresent(which -> {
            throw new Refusal(
                    plan.network() + " cannot be trained: below the new head it draws random numbers (" + which
                            + "), so that it answers otherwise each time. Export it in inference mode (model.eval() in PyTorch), or"
                            + " stand the head on a tensor further down with --features.");
        });
    }

    /** An operator that the engine lacks may be frozen, but then ONNX Runtime must have it. */
    private static void refuseIfNobodyRunsIt(Network network, FineTuningPlan plan) {
        Model kept = keptBelowHead(network, plan);
        List<MissingOperator> missing = OpTable.ALL.missing(kept);
        if (missing.isEmpty()) {
            return;
        }
        try (OrtSession session = OrtSession.openPlain(kept)) {
            return;
        } catch (Refusal e) {
            String below = kept.graph().nodes().stream()
                    .filter(node ->
                            !OpTable.ALL.knows(node, kept) && !node.input(0).isEmpty())
                    .map(node -> " or stand the head below them, for example with --features " + node.input(0))
                    .findFirst()
                    .orElse("");
            throw new Refusal(
                    plan.network()
                            + " cannot be trained: neither Graft nor ONNX Runtime can run what lies below the new"
                            + " head (" + MissingOperator.list(missing)
                            + "). Export the network without these operators" + below + ".",
                    e);
        }
    }

    /** What is left once the new head has taken the place of the old one: what was cut off hinders nobody. */
    private static Model keptBelowHead(Network network, FineTuningPlan plan) {
        return SubGraph.cut(
                network.model(),
                Set.of(),
                List.of(FeatureFinder.find(network, plan.get(PlanOptions.FEATURES))),
                Map.of());
    }

    /** With everything learning, an operator that no gradient passes is in the way wherever it stands above a weight. */
    private static void refuseIfUntrainable(Network network, FineTuningPlan plan) {
        if (plan.stages().stream()
                .noneMatch(stage -> stage.get(PlanOptions.TRAINABLE).strip().equals("all"))) {
            return;
        }
        Model kept = keptBelowHead(network, plan);
        Set<String> made = kept.graph().producers().keySet();
        List<Node> reached = network.withTrainable(network.weights()).trainablePart();
        if (reached.stream()
                .filter(node -> node.outputs().stream().anyMatch(made::contains))
                .anyMatch(node -> !OpTable.ALL.knows(node, network.model()))) {
            throw new Refusal(plan.network() + " cannot be trained as a whole: "
                    + MissingOperator.list(OpTable.ALL.missing(kept))
                    + " cannot be trained through. Train what lies above them with --trainable head or last:N.");
        }
    }

    static void refuseMissingAbove(Frontier frontier, Network network) {
        List<MissingOperator> missing = OpTable.ALL.missing(frontier.trainable());
        if (!missing.isEmpty()) {
            throw new Refusal("The chosen layers cannot learn: their gradient would have to pass "
                    + MissingOperator.list(missing) + ". Choose layers above, such as --trainable head.");
        }
    }
}
