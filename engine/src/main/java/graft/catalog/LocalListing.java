package graft.catalog;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A network's folder on this machine, as a hub would list it: what lies beside the file, and its pooling. */
final class LocalListing {
    private LocalListing() {}

    static HubListing of(Path network) {
        Path folder = network.toAbsolutePath().getParent();
        List<HubFile> files = new ArrayList<>();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path each : inside.filter(Files::isRegularFile).toList()) {
                if (HubChoice.belongsTo(
                        network.getFileName().toString(), each.getFileName().toString())) {
                    files.add(new HubFile(
                            each.getFileName().toString(), OptionalLong.of(Files.size(each)), Optional.empty()));
                }
            }
            Path pooling = folder.resolve("1_Pooling").resolve("config.json");
            if (Files.isRegularFile(pooling)) {
                files.add(new HubFile("1_Pooling/config.json", OptionalLong.of(Files.size(pooling)), Optional.empty()));
            }
        } catch (IOException e) {
            throw new Refusal(folder + " cannot be read: " + AtomicFile.reason(e) + ".", e);
        }
        return new HubListing(new HubName("local", "folder", "main"), "", Optional.empty(), files);
    }
}
