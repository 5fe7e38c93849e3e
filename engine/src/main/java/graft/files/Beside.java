package graft.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies beside a network and says how it is used: in its folder, or in the one above where a hub's layout keeps networks in a
 * folder {@code onnx} of their own.
 */
public final class Beside {
    private static final String OF_NETWORKS = "onnx";

    private Beside() {}

    /** The file of this name that belongs to {@code network}. */
    public static Optional<Path> file(Path network, String name) {
        Path folder = network.toAbsolutePath().getParent();
        Path own = folder.resolve(name);
        if (Files.isRegularFile(own)) {
            return Optional.of(own);
        }
        return Optional.ofNullable(folder.endsWith(OF_NETWORKS) ? folder.getParent() : null)
                .map(above -> above.resolve(name))
                .filter(Files::isRegularFile);
    }
}
