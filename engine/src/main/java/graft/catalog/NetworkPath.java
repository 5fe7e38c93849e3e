package graft.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Networks as users name them: by their file, by the folder that a hub lays out, or by the name of one that came along or was
 * fetched.
 */
public final class NetworkPath {
    /** Names of the built-in networks. */
    public static final List<String> NAMES = List.of(BuiltInNetwork.NAME, MiniLm.NAME);

    private NetworkPath() {}

    /**
     * The file that is meant. What is none of these is handed back as it is, for the reader to refuse.
     *
     * @throws graft.Refusal where a built-in network is missing
     */
    public static Path of(Path given) {
        if (Files.isDirectory(given)) {
            return inFolder(given);
        }
        if (Files.exists(given) || given.getNameCount() != 1) {
            return given;
        }
        return switch (given.toString()) {
            case MiniLm.NAME -> MiniLm.file();
            case BuiltInNetwork.NAME -> BuiltInNetwork.file();
            default ->
                InstalledNetworks.ofHome()
                        .find(given.toString())
                        .map(InstalledNetwork::file)
                        .orElse(given);
        };
    }

    /** {@code model.onnx} in it or in its folder {@code onnx}, or the only such file. */
    private static Path inFolder(Path folder) {
        for (Path usual :
                List.of(folder.resolve("model.onnx"), folder.resolve("onnx").resolve("model.onnx"))) {
            if (Files.isRegularFile(usual)) {
                return usual;
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> networks = files.filter(
                            file -> file.getFileName().toString().endsWith(".onnx"))
                    .toList();
            return networks.size() == 1 ? networks.get(0) : folder;
        } catch (IOException e) {
            return folder; // reading it will say why it cannot be read
        }
    }
}
