package graft.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the user changed about a data set without touching it: kept in {@link CorrectionsFile}, so that every command and the window
 * see the same data. Examples are meant by their names: the path of a file inside the data set, with slashes; the file and line of a
 * row; the whole path of a file that was added.
 *
 * @param leaveOut examples, and folders with all that is in them
 * @param merge class names that stand for another class
 * @param relabel examples with the class that they are of; wins over {@code merge}
 * @param add files that lie elsewhere, by the class that they are examples of
 * @param rows what the rows of tables that are meant hold ({@link #fingerprint}): a line may come to hold another text
 */
public record Corrections(
        List<String> leaveOut,
        Map<String, String> merge,
        Map<String, String> relabel,
        Map<String, List<String>> add,
        Map<String, String> rows) {
    public static final String FILE = "graft-data.json";
    public static final Corrections NONE = new Corrections(List.of(), Map.of(), Map.of(), Map.of(), Map.of());
    private static final int FINGERPRINT = 16;

    public Corrections {
        leaveOut = leaveOut == null ? List.of() : List.copyOf(leaveOut);
        merge = sorted(merge);
        relabel = sorted(relabel);
        add = sorted(add);
        rows = sorted(rows);
    }

    /** In one order, so that a file that is written again is the same. */
    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** Classes that stand for others. */
    public static Corrections merging(Map<String, String> classes) {
        return new Corrections(List.of(), classes, Map.of(), Map.of(), Map.of());
    }

    /** Examples that are of another class than the data say. */
    public static Corrections relabelling(Map<String, String> names) {
        return new Corrections(List.of(), Map.of(), names, Map.of(), Map.of());
    }

    public static Corrections leavingOut(List<String> names) {
        return new Corrections(names, Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** Files that lie elsewhere and are examples of a class; nothing is copied. */
    public static Corrections adding(String className, List<String> files) {
        return new Corrections(List.of(), Map.of(), Map.of(), Map.of(className, files), Map.of());
    }

    /** The same, of rows that hold these texts. */
    public Corrections withRows(Map<String, String> fingerprints) {
        return new Corrections(leaveOut, merge, relabel, add, fingerprints);
    }

    /** What tells the text of a row from others. */
    public static String fingerprint(String words) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(words);
        return fingerprint.hex().substring(0, FINGERPRINT);
    }

    /** Those of a data set; none where nothing was corrected. */
    public static Corrections of(Path source) {
        return CorrectionsFile.beside(source).corrections(source);
    }

    @JsonIgnore
    public boolean isNone() {
        return leaveOut.isEmpty() && merge.isEmpty() && relabel.isEmpty() && add.isEmpty();
    }

    /** Both together. */
    public Corrections and(Corrections more) {
        Map<String, String> classes = new LinkedHashMap<>(merge);
        // What stood for a class that now stands for another one itself goes along.
        classes.replaceAll((from, to) -> more.merge.getOrDefault(to, to));
        classes.putAll(more.merge);
        classes.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        Map<String, String> labels = new LinkedHashMap<>(relabel);
        labels.replaceAll((name, to) -> more.merge.getOrDefault(to, to));
        Map<String, List<String>> added = new LinkedHashMap<>();
        add.forEach((name, files) -> put(added, more.merge.getOrDefault(name, name), files));
        Set<String> out = new LinkedHashSet<>(leaveOut);
        Map<String, String> texts = new LinkedHashMap<>(rows);
        texts.putAll(more.rows);
        // A file that was added is of one class, or not added: nothing else needs to be remembered of it.
        Set<String> elsewhere = new LinkedHashSet<>();
        add.values().forEach(elsewhere::addAll);
        more.relabel.forEach((name, to) -> {
            if (elsewhere.contains(name)) {
                added.values().forEach(files -> files.remove(name));
                put(added, to, List.of(name));
            } else {
                labels.put(name, to);
            }
        });
        for (String name : more.leaveOut) {
            if (elsewhere.contains(name)) {
                added.values().forEach(files -> files.remove(name));
            } else {
                out.add(name);
            }
        }
        more.add.forEach((name, files) -> {
            added.values().forEach(others -> others.removeAll(files));
            put(added, name, files);
        });
        added.values().removeIf(List::isEmpty);
        return new Corrections(new ArrayList<>(out), classes, labels, added, texts);
    }

    private static void put(Map<String, List<String>> added, String className, List<String> files) {
        List<String> all = added.computeIfAbsent(className, name -> new ArrayList<>());
        files.stream().filter(file -> !all.contains(file)).forEach(all::add);
    }

    /** With another name for a class; where a class has that name, both become one. */
    public Corrections renamed(String from, String to) {
        // A folder of that name may stand for yet another class: it stays what it is.
        return merge.containsKey(from)
                ? and(merging(Map.of(from, to))).withMerge(from, merge.get(from))
                : and(merging(Map.of(from, to)));
    }

    private Corrections withMerge(String from, String to) {
        Map<String, String> classes = new LinkedHashMap<>(merge);
        classes.put(from, to);
        return new Corrections(leaveOut, classes, relabel, add, rows);
    }

    /** Without what is said of some examples or classes. */
    public Corrections without(Set<String> names) {
        Map<String, String> classes = new LinkedHashMap<>(merge);
        classes.keySet().removeAll(names);
        Map<String, String> labels = new LinkedHashMap<>(relabel);
        labels.keySet().removeAll(names);
        Map<String, String> texts = new LinkedHashMap<>(rows);
        texts.keySet().removeAll(names);
        Map<String, List<String>> added = new LinkedHashMap<>();
        add.forEach((name, files) -> put(
                added,
                name,
                files.stream().filter(file -> !names.contains(file)).toList()));
        added.values().removeIf(List::isEmpty);
        return new Corrections(
                leaveOut.stream().filter(name -> !names.contains(name)).toList(), classes, labels, added, texts);
    }

    /** Makes them those of a data set. */
    public void writeTo(Path source) {
        CorrectionsFile.beside(source).with(source, this).write(source);
    }

    /** The class of an example, by its name, in a folder of this name. */
    public String className(String folder, String name) {
        return relabel.getOrDefault(name, className(folder));
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
