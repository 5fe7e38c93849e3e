package graft.text;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.JoinedData;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Wrapping;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the texts of a data set lie: in tables, or as files in folders of classes.
 *
 * @param parts a table, or a folder of class folders, for each part; {@link Parts#TRAIN} alone where it is still to be split
 * @param tables whether the parts are tables
 */
record TextFiles(Map<Parts, Path> parts, boolean tables, List<Skipped> skipped, List<Remark> remarks) {

    private static final Pattern PICTURE =
            Pattern.compile(".*\\.(jpe?g|png|bmp|gif|webp|tiff?|jfif)", Pattern.CASE_INSENSITIVE);

    /**
     * Whether this is a file or folder of texts. Tables and texts beside pictures are about the pictures: a folder that holds any is
     * none of texts, unless the tables say by their names which part they are.
     */
    static boolean isText(Path source) {
        if (!Files.isDirectory(source)) {
            return TableKind.of(source).isPresent();
        }
        Optional<JoinedData> joined = JoinedData.at(source);
        if (joined.isPresent()) {
            return joined.get().members().values().stream().anyMatch(TextFiles::mayBeMember);
        }
        List<Path> tables = tablesIn(source);
        if (tables.stream().anyMatch(table -> part(table).equals(Optional.of(Parts.TRAIN)))) {
            return true;
        }
        return (!tables.isEmpty() || holdsTexts(source, 3)) && !holdsPictures(source, 4);
    }

    /** Of those that are taken together one may be a class. */
    private static boolean mayBeMember(Path source) {
        return isText(source) || Files.isDirectory(source) && !textsIn(source).isEmpty() && !holdsPictures(source, 4);
    }

    static boolean isPicture(Path file) {
        return PICTURE.matcher(FileNames.last(file)).matches();
    }

    private static boolean holdsPictures(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.anyMatch(TextFiles::isPicture);
        } catch (IOException | UncheckedIOException e) {
            return false; // what cannot be looked into is named when it is read
        }
    }

    /** @throws Refusal where there are no texts, or where it cannot be told which file is which part */
    static TextFiles of(Path source) {
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the data.");
        }
        if (!Files.isDirectory(source)) {
            Wrapping.refuse(source);
            return new TextFiles(Map.of(Parts.TRAIN, source), true, List.of(), List.of());
        }
        List<Path> tables = tablesIn(source);
        if (!tables.isEmpty()) {
            return ofTables(source, tables);
        }
        Path root = unwrapped(source);
        if (!root.equals(source) && !tablesIn(root).isEmpty()) {
            return of(root);
        }
        return ofFolders(root);
    }

    private static TextFiles ofTables(Path source, List<Path> tables) {
        Map<Parts, Path> parts = new EnumMap<>(Parts.class);
        List<Skipped> skipped = new ArrayList<>();
        for (Path table : tables) {
            Optional<Parts> part = part(table);
            if (part.isEmpty() && tables.size() > 1) {
                skipped.add(new Skipped(table, "it stands beside the parts and is none of them"));
            } else {
                Path other = parts.putIfAbsent(part.orElse(Parts.TRAIN), table);
                if (other != null) {
                    throw new Refusal(source + " holds two files that can be the part "
                            + part.orElseThrow().word() + ": "
                            + FileNames.last(other) + " and " + FileNames.last(table)
                            + ". Move one of them elsewhere, or give one file alone to have it split.");
                }
            }
        }
        String named = tables.stream().map(FileNames::last).collect(Collectors.joining(", "));
        if (!parts.containsKey(Parts.TRAIN)) {
            throw new Refusal(
                    source + " holds " + named + " but no file train to learn from. Name it train.tsv (or .csv,"
                            + " .jsonl), or give one of the files alone to have it split.");
        }
        List<Remark> remarks = new ArrayList<>();
        if (parts.size() > 1) {
            StringBuilder text = new StringBuilder(FileNames.last(parts.get(Parts.TRAIN)) + " is what is learnt from");
            text.append(
                    parts.containsKey(Parts.VAL)
                            ? ", " + FileNames.last(parts.get(Parts.VAL)) + " what is judged by while learning. "
                            : "; a fifth of it is set aside to choose the best epoch by. ");
            if (parts.containsKey(Parts.TEST)) {
                text.append(FileNames.last(parts.get(Parts.TEST))).append(" is judged once, at the end of a run.");
            }
            remarks.add(Remark.of(Remark.Kind.LAYOUT, text.toString().strip(), List.of()));
        }
        return new TextFiles(parts, true, List.copyOf(skipped), List.copyOf(remarks));
    }

    /** By the whole name (train.csv) or its last word (sst2_train.csv). */
    private static Optional<Parts> part(Path table) {
        String name = FileNames.last(table);
        String stem = name.substring(0, name.lastIndexOf('.'));
        Optional<Parts> whole = Parts.of(stem);
        int last = Math.max(stem.lastIndexOf('_'), Math.max(stem.lastIndexOf('-'), stem.lastIndexOf('.')));
        return whole.isPresent() || last < 0 ? whole : Parts.of(stem.substring(last + 1));
    }

    private static TextFiles ofFolders(Path root) {
        Map<Parts, Path> parts = new EnumMap<>(Parts.class);
        for (Path folder : folders(root)) {
            Optional<Parts> part = Parts.of(FileNames.last(folder));
            if (part.isPresent()
                    && textsIn(folder).isEmpty()
                    && !folders(folder).isEmpty()) {
                Path other = parts.putIfAbsent(part.get(), folder);
                if (other != null) {
                    throw new Refusal(root + " has two folders that can be the part "
                            + part.get().word() + ": " + FileNames.last(other) + " and " + FileNames.last(folder)
                            + ". Move one of them elsewhere.");
                }
            }
        }
        if (parts.isEmpty()) {
            if (folders(root).stream().allMatch(folder -> textsIn(folder).isEmpty())) {
                throw new Refusal(root + " holds no texts: neither a table (" + TableKind.ENDINGS
                        + ") nor a folder for each class with .txt files. Give a table with a text and a label in each row, or"
                        + " such folders.");
            }
            return new TextFiles(Map.of(Parts.TRAIN, root), false, List.of(), List.of());
        }
        if (!parts.containsKey(Parts.TRAIN)) {
            throw new Refusal(root + " has a folder "
                    + FileNames.last(parts.values().iterator().next())
                    + " but none called train. Add it with one sub-folder per class, or give that folder itself to have it"
                    + " split.");
        }
        return new TextFiles(parts, false, List.of(), List.of());
    }

    /** Below the top folder that many archives have. */
    private static Path unwrapped(Path folder) {
        List<Path> inside = folders(folder);
        boolean onlyOne = inside.size() == 1
                && Parts.of(FileNames.last(inside.get(0))).isEmpty()
                && textsIn(folder).isEmpty()
                && textsIn(inside.get(0)).isEmpty();
        return onlyOne ? unwrapped(inside.get(0)) : folder;
    }

    private static boolean holdsTexts(Path folder, int depth) {
        return depth > 0
                && folders(folder).stream()
                        .anyMatch(inside -> !textsIn(inside).isEmpty() || holdsTexts(inside, depth - 1));
    }

    /** Notes of other programs are JSON too: beside a table of another format such a file counts only as a part. */
    static List<Path> tablesIn(Path folder) {
        List<Path> all = allTablesIn(folder);
        List<Path> certain = all.stream()
                .filter(file -> !FileNames.last(file).toLowerCase(Locale.ROOT).endsWith(".json")
                        || part(file).isPresent())
                .toList();
        return certain.isEmpty() ? all : certain;
    }

    private static List<Path> allTablesIn(Path folder) {
        return list(folder).stream()
                .filter(file -> TableKind.of(file).isPresent()
                        && Files.isRegularFile(file)
                        && Clutter.file(FileNames.last(file)).isEmpty()
                        && !FileNames.last(file).equals(Corrections.FILE))
                .toList();
    }

    static List<Path> textsIn(Path folder) {
        return list(folder).stream()
                .filter(file -> FileNames.last(file).toLowerCase(Locale.ROOT).endsWith(".txt")
                        && Files.isRegularFile(file)
                        && Clutter.file(FileNames.last(file)).isEmpty())
                .toList();
    }

    static List<Path> folders(Path folder) {
        return list(folder).stream()
                .filter(entry -> Files.isDirectory(entry)
                        && Clutter.folder(FileNames.last(entry)).isEmpty())
                .toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing(FileNames::last)).toList();
        } catch (IOException e) {
            throw new Refusal(
                    "The folder " + folder + " cannot be listed (" + AtomicFile.reason(e)
                            + "). Check that you may read it.",
                    e);
        }
    }
}
