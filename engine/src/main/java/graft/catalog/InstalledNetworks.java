package graft.catalog;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.CannotWrite;
import graft.files.Home;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of networks that were fetched: one folder for each, with a note of what it is. The same on a machine without a connection,
 * where the folder was carried.
 */
public final class InstalledNetworks {
    static final String NOTE = "graft-network.json";

    private final Path root;

    public InstalledNetworks(Path root) {
        this.root = root;
    }

    /** {@code GRAFT_HOME/networks}. */
    public static InstalledNetworks ofHome() {
        return new InstalledNetworks(Home.folder().resolve("networks"));
    }

    public Path root() {
        return root;
    }

    /** Those whose fetching ended, by name. */
    public List<InstalledNetwork> list() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            List<InstalledNetwork> out = new ArrayList<>();
            for (Path folder : folders.sorted().toList()) {
                if (Files.isRegularFile(folder.resolve(NOTE))) {
                    out.add(Json.read(folder.resolve(NOTE), InstalledNetwork.class)
                            .in(folder));
                }
            }
            return out;
        } catch (IOException e) {
            throw new Refusal("The networks in " + root + " cannot be listed: " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** The network of this name. */
    public Optional<InstalledNetwork> find(String name) {
        Path note = root.resolve(name).resolve(NOTE);
        return Files.isRegularFile(note)
                ? Optional.of(Json.read(note, InstalledNetwork.class).in(root.resolve(name)))
                : Optional.empty();
    }

    /** Where a network of this name lies, or will. */
    Path folder(String name) {
        return root.resolve(name);
    }

    /** Says that all of it is there. */
    void add(InstalledNetwork network) {
        Json.write(network.folder().resolve(NOTE), network);
    }

    /**
     * Deletes what was fetched, and nothing that the user put beside it.
     *
     * @throws Refusal where there is none of this name
     */
    public InstalledNetwork remove(String name) {
        InstalledNetwork network = find(name)
                .orElseThrow(() -> new Refusal("No network " + name + " was fetched into " + root
                        + ". `graft networks` lists those that were."));
        Path folder = network.folder();
        try {
            Files.deleteIfExists(folder.resolve(NOTE)); // first: half a network is none
            for (InstalledNetwork.File file : network.files()) {
                Files.deleteIfExists(folder.resolve(file.path()));
            }
            deleteEmpty(folder);
        } catch (IOException e) {
            throw new CannotWrite(folder, e);
        }
        return network;
    }

    private static void deleteEmpty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path each : inside.filter(Files::isDirectory)
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList()) {
                try (Stream<Path> content = Files.list(each)) {
                    if (content.findAny().isPresent()) {
                        continue;
                    }
                }
                Files.delete(each);
            }
        }
    }
}
