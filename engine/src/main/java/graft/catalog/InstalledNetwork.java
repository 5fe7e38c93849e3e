package graft.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network that was fetched, as the note {@code graft-network.json} in its folder says.
 *
 * @param name of its folder, by which commands know it
 * @param from where, for a person
 * @param revision the commit, or ""
 * @param network the {@code .onnx} file's path in the folder
 * @param folder where it lies; not kept in the note, so that folders can be moved
 */
public record InstalledNetwork(
        String name,
        String from,
        String revision,
        Optional<String> licence,
        String network,
        List<File> files,
        @JsonIgnore Path folder) {
    /** @param path in the folder, parted by "/" */
    public record File(String path, long bytes, String sha256) {}

    public InstalledNetwork {
        files = List.copyOf(files);
    }

    InstalledNetwork in(Path place) {
        return new InstalledNetwork(name, from, revision, licence, network, files, place);
    }

    /** The {@code .onnx} file. */
    public Path file() {
        return folder.resolve(network);
    }

    public long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }
}
