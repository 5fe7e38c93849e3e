package graft.app.network;

import graft.app.jobs.JobRunner;
import graft.network.HeadShape;
import graft.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes heads in the background; only the one that was asked for last arrives. */
final class HeadFitting {
    /** Where no data say how many classes there are, the layers below a head are found with a head of one. */
    private static final List<String> SOME_CLASS = List.of("class");

    private final JobRunner jobs;
    private int fittings;

    HeadFitting(JobRunner jobs) {
        this.jobs = jobs;
    }

    /**
     * @param classes empty while there are no data
     * @param failed gets what went wrong, in words for the user; {@code ""} where the user ended it
     */
    void fit(
            OpenedNetwork to,
            Optional<String> features,
            HeadShape shape,
            List<String> classes,
            Consumer<Network> fitted,
            Consumer<String> failed) {
        int mine = ++fittings;
        List<String> names = classes.isEmpty() ? SOME_CLASS : List.copyOf(classes);
        jobs.start(
                        Texts.of("network.fitting"),
                        progress -> to.withHead(features, shape, names, progress),
                        result -> {
                            if (mine == fittings) {
                                fitted.accept(result);
                            }
                        },
                        words -> {
                            if (mine == fittings) {
                                failed.accept(words);
                            }
                        })
                .whenCancelled(() -> {
                    if (mine == fittings) {
                        failed.accept("");
                    }
                });
    }
}
