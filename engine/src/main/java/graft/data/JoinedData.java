package graft.data;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several folders or tables that are one data set. Nothing of them is copied: a folder of Graft's own names them, and stands for all
 * of them wherever data are asked for. What is corrected of the whole is kept there.
 *
 * @param members by the name that examples have them under
 */
public record JoinedData(Path place, Map<String, Path> members) {
    private static final int NAMED = 3;
    private static final int HASH = 8;

    /** What is joined in a folder; empty where it is an ordinary one. */
    public static Optional<JoinedData> at(Path source) {
        if (!Files.isDirectory(source)) {
            return Optional.empty();
        }
        List<String> folders = CorrectionsFile.beside(source).folders();
        return folders.isEmpty()
                ? Optional.empty()
                : Optional.of(new JoinedData(
                        source, labelled(folders.stream().map(Path::of).toList())));
    }

    /**
     * The folder that stands for several data sets, in {@code GRAFT_HOME/data}: always the same for the same ones. One alone stands
     * for itself.
     *
     * @throws Refusal where one is not there, or lies inside of another one
     */
    public static Path of(List<Path> sources) {
        if (sources.size() == 1) {
            return sources.get(0);
        }
        List<Path> different = different(sources);
        if (different.size() == 1) {
            return different.get(0);
        }
        Fingerprint fingerprint = new Fingerprint();
        different.forEach(path -> fingerprint.add(path.toString()));
        String names = different.stream().limit(NAMED).map(FileNames::last).collect(Collectors.joining("+"));
        Path place = Home.folder()
                .resolve("data")
                .resolve(names.replaceAll("[^\\p{L}\\p{N}+._-]", "-") + "-"
                        + fingerprint.hex().substring(0, HASH));
        if (at(place).isEmpty()) {
            try {
                Files.createDirectories(place);
            } catch (IOException e) {
                throw new Refusal("Cannot make the folder " + place + ": " + AtomicFile.reason(e) + ".", e);
            }
            CorrectionsFile.joining(different.stream().map(Path::toString).toList())
                    .write(place);
        }
        return place;
    }

    private static List<Path> different(List<Path> sources) {
        Set<Path> out = new LinkedHashSet<>();
        for (Path source : sources) {
            try {
                out.add(source.toRealPath());
            } catch (IOException e) {
                throw new Refusal("There is no " + source + ". Check the path of the data.", e);
            }
        }
        for (Path one : out) {
            for (Path other : out) {
                if (!one.equals(other) && one.startsWith(other)) {
                    throw new Refusal(one + " lies inside of " + other
                            + ", so that its examples would be there twice. Give one of them.");
                }
            }
        }
        return List.copyOf(out);
    }

    /** By their last names; two of one name get numbers. */
    private static Map<String, Path> labelled(List<Path> sources) {
        Map<String, Path> out = new LinkedHashMap<>();
        for (Path source : sources) {
            String name = FileNames.last(source);
            String label = name;
            for (int i = 2; out.containsKey(label); i++) {
                label = name + " " + i;
            }
            out.put(label, source);
        }
        return out;
    }

    /** What was put together, for the user. */
    public Remark remark() {
        List<String> words = new ArrayList<>();
        members.forEach((label, path) ->
                words.add(label.equals(FileNames.last(path)) ? path.toString() : path + " (called " + label + ")"));
        return Remark.of(
                Remark.Kind.LAYOUT,
                members.size() + " data sets are taken as one: " + String.join(", ", words)
                        + ". Classes of one name are put together.",
                List.copyOf(members.values()));
    }
}
