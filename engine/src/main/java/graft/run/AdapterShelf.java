package graft.run;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import graft.files.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adapters that are kept beside the network that they were learnt beside: several of them, each under a name. Those of networks that
 * came along with the program are kept in the user's own folder: the program's is another's, and goes with it.
 */
public final class AdapterShelf {
    private static final String ENDING = ".safetensors";

    private final Path base;
    private final Path folder;

    /** @param base the file of the network */
    public AdapterShelf(Path base) {
        this.base = base;
        Path file = base.toAbsolutePath().normalize();
        Path beside = Installation.NETWORKS
                        .folder()
                        .filter(networks ->
                                file.startsWith(networks.toAbsolutePath().normalize()))
                        .isPresent()
                ? Home.folder().resolve("adapters")
                : file.getParent();
        this.folder = beside.resolve(base.getFileName() + ".adapters");
    }

    public Path folder() {
        return folder;
    }

    /** In alphabetical order. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Refusal("Cannot read " + folder + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /**
     * Copies what a run learnt.
     *
     * @param from a run folder, or the file itself
     * @param wish its name; as the run folder where there is none
     * @throws Refusal where the name is taken, or it was learnt beside another network
     */
    public void keep(Path from, Optional<String> wish) {
        Path file = Files.isDirectory(from) ? from.resolve(AdapterFile.NAME) : from;
        Path run = file.toAbsolutePath().normalize().getParent().getFileName();
        String name = wish.orElse(run == null ? "adapter" : run.toString());
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*")) {
            throw new Refusal("\"" + name
                    + "\" cannot be the name of an adapter. Give it one of letters, digits, blanks, dots and"
                    + " dashes with --name.");
        }
        if (!AdapterFile.read(file).belongsTo(base)) {
            throw new Refusal(
                    file + " was learnt beside another network than " + base + ". Name that one with --network.");
        }
        Path place = folder.resolve(name + ENDING);
        if (Files.exists(place)) {
            throw new Refusal("There is an adapter " + name + " beside " + base
                    + " already. Give this one another name with" + " --name, or remove " + place + ".");
        }
        try {
            Files.createDirectories(folder);
            byte[] bytes = Files.readAllBytes(file);
            AtomicFile.write(place, out -> out.write(bytes));
        } catch (IOException e) {
            throw new Refusal("Cannot keep the adapter in " + folder + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** @param said a file, a run folder, or a name under which one is kept */
    public Path find(Path said) {
        Path kept = folder.resolve(said + ENDING);
        if (!Files.exists(said) && Files.exists(kept)) {
            return kept;
        }
        if (!Files.exists(said) && !names().isEmpty()) {
            throw new Refusal("There is no adapter " + said + "; beside " + base + " are kept: "
                    + String.join(", ", names()) + ".");
        }
        return Files.isDirectory(said) ? said.resolve(AdapterFile.NAME) : said;
    }
}
