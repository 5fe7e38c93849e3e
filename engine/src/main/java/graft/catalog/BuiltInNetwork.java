package graft.catalog;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The network that Graft brings along, so that a first run needs no download: a {@link ResidualNetwork} that Graft itself
 * trained on CIFAR-10. {@code docs/built-in-network.md} tells how, and how well it does.
 */
public final class BuiltInNetwork {
    public static final String NAME = "graft-resnet";

    private static final String RESOURCE = NAME + ".onnx";

    private BuiltInNetwork() {}

    /**
     * The network as a file, {@code GRAFT_HOME/networks/graft-resnet.onnx}, written if it is not there or another.
     *
     * @throws Refusal where it cannot be written
     */
    public static Path file() {
        return writeInto(Home.folder().resolve("networks"));
    }

    static Path writeInto(Path folder) {
        Path file = folder.resolve(RESOURCE);
        byte[] content = content();
        try {
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
                return file;
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot put the built-in network into " + folder + ": " + AtomicFile.reason(e)
                            + ". Set GRAFT_HOME to a folder that you may write to.",
                    e);
        }
        AtomicFile.write(file, out -> out.write(content));
        return file;
    }

    private static byte[] content() {
        try (InputStream in = BuiltInNetwork.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is part of every build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Refusal("Cannot read Graft's own files: " + AtomicFile.reason(e) + ". Install Graft again.", e);
        }
    }
}
