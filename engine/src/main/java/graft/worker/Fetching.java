package graft.worker;

import graft.catalog.FetchedNetwork;
import graft.catalog.Hub;
import graft.catalog.InstalledNetworks;
import graft.catalog.NetworkFetcher;
import graft.online.Patience;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Brings a network onto this machine for the window, which opens no connections itself. */
public final class Fetching {
    /**
     * @param what as {@code graft fetch} takes it
     * @param networks the folder it goes into
     */
    public record Plan(String what, Path networks) implements Work.Plan {
        @Override
        public Path file() {
            return networks;
        }
    }

    private Fetching() {}

    static FetchedNetwork run(Plan plan, Progress progress) {
        return new NetworkFetcher(Hub.ofEnvironment(), new InstalledNetworks(plan.networks()), Patience.USUAL)
                .fetch(NetworkFetcher.Request.of(plan.what()), progress)
                .orElseThrow(CancellationException::new);
    }
}
