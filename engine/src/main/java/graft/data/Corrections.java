package graft.data;

import graft.Refusal;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user changed about a folder of pictures without touching one: kept in a file of the folder, so that every command and
 * the window see the same data.
 *
 * @param leaveOut files and folders, by their path inside the data set, with slashes
 * @param merge class names that stand for another class
 * @param relabel files, by their path inside the data set, with the class that they are of; wins over {@code merge}
 */
public record Corrections(List<String> leaveOut, Map<String, String> merge, Map<String, String> relabel) {
    public static final String FILE = "graft-data.json";
    public static final Corrections NONE = new Corrections(List.of(), Map.of(), Map.of());

    public Corrections {
        leaveOut = leaveOut == null ? List.of() : List.copyOf(leaveOut);
        merge = merge == null ? Map.of() : Map.copyOf(merge);
        relabel = relabel == null ? Map.of() : Map.copyOf(relabel);
    }

    /** Classes that stand for others. */
    public static Corrections merging(Map<String, String> classes) {
        return new Corrections(List.of(), classes, Map.of());
    }

    /** Files that are of another class than the folder says that they lie in. */
    public static Corrections relabelling(Map<String, String> files) {
        return new Corrections(List.of(), Map.of(), files);
    }

    public static Corrections leavingOut(List<String> names) {
        return new Corrections(names, Map.of(), Map.of());
    }

    /** Those of a folder; none where it has no such file. */
    public static Corrections of(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Json.read(file, Corrections.class) : NONE;
    }

    public boolean isNone() {
        return leaveOut.isEmpty() && merge.isEmpty() && relabel.isEmpty();
    }

    /** Both together. */
    public Corrections and(Corrections more) {
        Set<String> names = new LinkedHashSet<>(leaveOut);
        names.addAll(more.leaveOut);
        Map<String, String> classes = new LinkedHashMap<>(merge);
        // What stood for a class that now stands for another one itself goes along.
        classes.replaceAll((from, to) -> more.merge.getOrDefault(to, to));
        classes.putAll(more.merge);
        Map<String, String> files = new LinkedHashMap<>(relabel);
        files.replaceAll((file, to) -> more.merge.getOrDefault(to, to));
        files.putAll(more.relabel);
        classes.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        return new Corrections(new ArrayList<>(names), classes, files);
    }

    /** Makes them those of a folder. */
    public void writeTo(Path folder) {
        Path file = folder.resolve(FILE);
        if (isNone()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new Refusal("Cannot remove " + file + ". Check that you may write to the folder.", e);
            }
            return;
        }
        Json.write(file, this);
    }

    /** The class of a file, by its path inside the data set, in a folder of this name. */
    public String className(String folder, String file) {
        return relabel.getOrDefault(file, className(folder));
    }

    /** The class that a folder of this name belongs to. */
    public String className(String folder) {
        return merge.getOrDefault(folder, folder);
    }

    /** Whether a file, or a folder above it, is to be left out. */
    public boolean leavesOut(String name, Set<String> quick) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (quick.contains(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
