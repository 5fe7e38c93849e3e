package graft.train;

import graft.data.Examples;
import graft.features.Frontier;
import graft.inference.BatchTrial;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether examples may go through a network together; found by trying a few of them. */
final class Company {
    private final Path file;
    private final Examples examples;
    private final Progress progress;
    /** What was found the same for examples together as for each alone: a new head changes nothing below it. */
    private final Set<List<String>> alike = new HashSet<>();

    Company(Path file, Examples examples, Progress progress) {
        this.file = file;
        this.examples = examples;
        this.progress = progress;
    }

    /** The network, freed of a batch of one in its constants, or else with a batch fixed at one, where the features need it. */
    Network decide(Network opened, String features) {
        if (opened.report().fixedBatch() > 0) {
            return opened;
        }
        Optional<String> difference = difference(opened, List.of(features));
        if (difference.isEmpty()) {
            alike.add(List.of(features));
            return opened;
        }
        Network freed = opened.withFreeReshapes();
        if (difference(freed, List.of(features)).isEmpty() && answersAlike(opened, freed, features)) {
            alike.add(List.of(features));
            progress.note("A batch of one is written into " + file.getFileName()
                    + "; it was made free, and gives the same for examples together as for each alone.");
            return freed;
        }
        return alone(opened, difference.get());
    }

    /** The network with a batch fixed at one where what crosses the frontier needs it. */
    Network decide(Network network, Frontier frontier) {
        List<String> tensors = frontier.computedBelow();
        if (network.report().fixedBatch() > 0 || tensors.isEmpty() || alike.contains(tensors)) {
            return network;
        }
        return difference(network, tensors).map(how -> alone(network, how)).orElse(network);
    }

    private Network alone(Network network, String how) {
        progress.note(
                "Examples go through " + file.getFileName() + " one by one, their gradients are added up: " + how);
        return network.withFixedBatch(1);
    }

    /** For the user: what was decided. */
    void tell(String sentence) {
        progress.note(sentence);
    }

    private Optional<String> difference(Network network, List<String> tensors) {
        try (OrtSession session = OrtSession.openPlain(below(network, tensors))) {
            return BatchTrial.of(session, tensors, examples, BatchTrial.TOLERANCE);
        }
    }

    private boolean answersAlike(Network one, Network other, String tensor) {
        Map<String, Values> first = examples.inputs(new int[] {0}, Examples.PLAIN);
        try (OrtSession a = OrtSession.openPlain(below(one, List.of(tensor)));
                OrtSession b = OrtSession.openPlain(below(other, List.of(tensor)))) {
            return a.run(a.taken(first))
                    .get(tensor)
                    .toTensor("")
                    .sameAs(b.run(b.taken(first)).get(tensor).toTensor(""));
        }
    }

    private static Model below(Network network, List<String> tensors) {
        return SubGraph.cut(network.model(), Set.of(), tensors, Map.of());
    }
}
