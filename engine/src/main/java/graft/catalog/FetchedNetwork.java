package graft.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of fetching a network.
 *
 * @param name by which commands know it
 * @param network the {@code .onnx} file
 * @param from where
 * @param revision the commit, or ""
 */
public record FetchedNetwork(
        String name,
        Path network,
        String from,
        String revision,
        Optional<String> licence,
        long bytes,
        List<InstalledNetwork.File> files,
        double seconds) {
    static FetchedNetwork of(InstalledNetwork network, double seconds) {
        return new FetchedNetwork(
                network.name(),
                network.file(),
                network.from(),
                network.revision(),
                network.licence(),
                network.bytes(),
                network.files(),
                seconds);
    }
}
