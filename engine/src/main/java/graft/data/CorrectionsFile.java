package graft.data;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code graft-data.json}: what is said of a folder, and of tables that lie in it. What is said of a row names its table; class names
 * and added files of one table are kept under its name, for the tables of a folder need not have to do with each other.
 *
 * @param folders the data sets that are joined here; empty where the folder is one itself ({@link JoinedData})
 */
record CorrectionsFile(
        List<String> leaveOut,
        Map<String, String> merge,
        Map<String, String> relabel,
        Map<String, List<String>> add,
        Map<String, String> rows,
        Map<String, OfTable> tables,
        List<String> folders) {

    /** What is said of a table as a whole. */
    record OfTable(Map<String, String> merge, Map<String, List<String>> add) {
        OfTable {
            merge = merge == null ? Map.of() : merge;
            add = add == null ? Map.of() : add;
        }
    }

    CorrectionsFile {
        Corrections flat = new Corrections(leaveOut, merge, relabel, add, rows);
        leaveOut = flat.leaveOut();
        merge = flat.merge();
        relabel = flat.relabel();
        add = flat.add();
        rows = flat.rows();
        tables = tables == null ? Map.of() : new TreeMap<>(tables);
        folders = folders == null ? List.of() : List.copyOf(folders);
    }

    /** Of a data set that is made of others. */
    static CorrectionsFile joining(List<String> folders) {
        return new CorrectionsFile(null, null, null, null, null, null, folders);
    }

    /** The one of a folder, or of the folder that a table lies in; empty where there is none. */
    static CorrectionsFile beside(Path source) {
        Path file = file(source);
        return Files.isRegularFile(file) ? Json.read(file, CorrectionsFile.class) : joining(List.of());
    }

    private static Path file(Path source) {
        return (isTable(source) ? source.toAbsolutePath().getParent() : source).resolve(Corrections.FILE);
    }

    private static boolean isTable(Path source) {
        return Files.isRegularFile(source);
    }

    Corrections corrections(Path source) {
        if (!isTable(source)) {
            return new Corrections(leaveOut, merge, relabel, add, rows);
        }
        Predicate<String> mine = rowsOf(source);
        OfTable table = tables.getOrDefault(FileNames.last(source), new OfTable(null, null));
        return new Corrections(
                leaveOut.stream().filter(mine).toList(),
                table.merge(),
                only(relabel, mine),
                table.add(),
                only(rows, mine));
    }

    private static Predicate<String> rowsOf(Path table) {
        String beginning = FileNames.last(table) + ":";
        return name -> name.startsWith(beginning);
    }

    private static <T> Map<String, T> only(Map<String, T> map, Predicate<String> which) {
        return map.entrySet().stream()
                .filter(each -> which.test(each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** With other corrections of one data set; what is said of others stays. */
    CorrectionsFile with(Path source, Corrections now) {
        if (!isTable(source)) {
            return new CorrectionsFile(
                    now.leaveOut(), now.merge(), now.relabel(), now.add(), now.rows(), tables, folders);
        }
        Predicate<String> others = rowsOf(source).negate();
        Map<String, OfTable> ofTables = new LinkedHashMap<>(tables);
        if (now.merge().isEmpty() && now.add().isEmpty()) {
            ofTables.remove(FileNames.last(source));
        } else {
            ofTables.put(FileNames.last(source), new OfTable(now.merge(), now.add()));
        }
        return new CorrectionsFile(
                Stream.concat(leaveOut.stream().filter(others), now.leaveOut().stream())
                        .toList(),
                merge,
                both(only(relabel, others), now.relabel()),
                add,
                both(only(rows, others), now.rows()),
                ofTables,
                folders);
    }

    private static <T> Map<String, T> both(Map<String, T> some, Map<String, T> more) {
        Map<String, T> out = new LinkedHashMap<>(some);
        out.putAll(more);
        return out;
    }

    /** Writes it where that of a data set lies; one that says nothing is removed. */
    void write(Path source) {
        Path file = file(source);
        boolean empty = leaveOut.isEmpty()
                && merge.isEmpty()
                && relabel.isEmpty()
                && add.isEmpty()
                && tables.isEmpty()
                && folders.isEmpty();
        if (!empty) {
            Json.write(file, this);
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot remove " + file + ": " + AtomicFile.reason(e) + ". Check that you may write to the folder.",
                    e);
        }
    }
}
