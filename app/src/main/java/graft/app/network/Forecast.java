package graft.app.network;

import graft.app.controls.Numbers;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.network.Cost;
import graft.network.Network;
import graft.worker.Timing;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * About how much memory a step takes, and how long an epoch: from the shapes of what learns, and how fast this machine is with
 * the network, which is measured once for each.
 */
final class Forecast {
    /** Examples a step, as runs have them that say nothing of it. */
    private static final int BATCH = 32;

    private final NetworkViewModel networks;
    private final JobRunner jobs;
    private final Worker worker;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private final Map<Path, Timing.Pace> paces = new HashMap<>();
    private Path measuring;

    Forecast(NetworkViewModel networks, JobRunner jobs, Worker worker) {
        this.networks = networks;
        this.jobs = jobs;
        this.worker = worker;
        networks.networkProperty().addListener((observable, before, now) -> tell());
        networks.examples().addListener((observable, before, now) -> tell());
        tell();
    }

    /** "a step: about 0.2 GB · an epoch: about 4 s"; the part that is not known is left out. */
    ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    private void tell() {
        Network network = networks.networkProperty().get();
        if (network == null || network.trainable().isEmpty()) {
            words.set("");
            return;
        }
        Cost cost = Cost.of(network, tensor -> networks.shape(tensor).orElse(null));
        String memory = Texts.of("network.forecast.memory", Texts.bytes((long) cost.stepBytes(BATCH)));
        long examples = networks.trainCount();
        Path file = networks.fileProperty().get();
        if (examples == 0) {
            words.set(memory);
            return;
        }
        Timing.Pace pace = paces.get(file);
        if (pace == null) {
            words.set(memory);
            measure(file);
            return;
        }
        double seconds = cost.epochSeconds(examples, pace.seconds(), true);
        words.set(memory + " · "
                + (seconds < 1
                        ? Texts.of("network.forecast.moment")
                        : Texts.of("network.forecast.time", duration(seconds))));
    }

    private void measure(Path file) {
        OpenedNetwork opened = networks.opened();
        if (file.equals(measuring) || !opened.file().equals(file)) {
            return;
        }
        measuring = file;
        jobs.start(
                Texts.of("network.measuring"),
                progress -> worker.ask(Works.PACE, new Timing.Plan(file, opened.reading()), progress),
                pace -> {
                    paces.put(file, pace);
                    tell();
                },
                // Whatever hinders it is said where the network is opened; there is only no forecast of time.
                hindrance -> {});
    }

    /** "4.2 s", "12 s", "3 min", "2.5 h". */
    private static String duration(double seconds) {
        if (seconds < 10) {
            return Numbers.format("%.1f\u00a0s", seconds);
        }
        if (seconds < 90) {
            return Numbers.format("%.0f\u00a0s", seconds);
        }
        return seconds < 5400
                ? Numbers.format("%.0f\u00a0min", seconds / 60)
                : Numbers.format("%.1f\u00a0h", seconds / 3600);
    }
}
