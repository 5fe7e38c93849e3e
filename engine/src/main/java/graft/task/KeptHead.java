package graft.task;

import graft.data.DataSet;
import graft.network.FeatureFinder;
import graft.network.Head;
import graft.network.HeadEnd;
import graft.network.Network;
import graft.network.OwnHead;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The head that a network has already for a task, as another tool put it on: it goes on learning. Else, or where the user says
 * something of a head, a new one.
 *
 * @param own finds the tensor that the own head scores with
 */
record KeptHead(Finder own, Heading fresh) implements Heading {
    /** Finds it; empty where a network's own head is none for the data. */
    interface Finder {
        Optional<String> scores(Path file, Network network, DataSet data);
    }

    @Override
    public Head on(Path file, Network body, String features, DataSet data, HeadChoice choice) {
        // A plan says all of its options: what is as usual was not asked for.
        boolean wanted = !choice.init().equals(PlanOptions.HEAD_INIT.usual())
                || !choice.get(PlanOptions.HEAD_SHAPE).equals(PlanOptions.HEAD_SHAPE.usual());
        Optional<String> scores =
                choice.get(PlanOptions.FEATURES).isPresent() ? Optional.empty() : own.scores(file, body, data);
        Optional<Head> kept = wanted ? Optional.empty() : scores.flatMap(tensor -> OwnHead.of(body, tensor));
        kept.ifPresent(head -> choice.told()
                .accept("The network keeps its own head ("
                        + head.outputs().get(0).name()
                        + "), which answers for this task already. --head-init zeros puts on a new one."));
        return kept.orElseGet(() -> fresh.on(
                file,
                body,
                scores.flatMap(tensor -> FeatureFinder.below(body, tensor)).orElse(features),
                data,
                choice));
    }

    @Override
    public Head on(Path file, Network body, String features, long[] shape, HeadEnd end, HeadChoice choice) {
        return fresh.on(file, body, features, shape, end, choice);
    }
}
