package graft.tags;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.JoinedData;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Wrapping;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where tagged sentences lie: one file, or a folder with a file for each part.
 *
 * @param parts {@link Parts#TRAIN} alone where it is still to be split
 */
record TagFiles(Map<Parts, Path> parts, List<Skipped> skipped, List<Remark> remarks) {
    /** What a file holds, by its first lines. */
    enum Kind {
        COLUMNS,
        SPANS
    }

    /** Lines that are looked at, and letters of them at most. */
    private static final int LINES = 200;

    private static final int LETTERS = 200_000;
    /** A folder may hold anything: so many files are looked into. */
    private static final int FILES = 30;

    private static final Set<String> NEVER = Set.of(
            "csv", "npz", "npy", "onnx", "data", "jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "zip", "gz",
            "md", "html", "xml", "py", "java", "log");

    /** Whether data are of tagged sentences. */
    static boolean areAt(Path source) {
        if (!Files.isDirectory(source)) {
            return kind(source).isPresent();
        }
        Optional<JoinedData> joined = JoinedData.at(source);
        return joined.isPresent()
                ? joined.get().members().values().stream().allMatch(TagFiles::areAt)
                : !candidates(source).isEmpty();
    }

    /** By what is in a file; its name says little: columns are called .conll, .txt, .tsv, .iob and nothing at all. */
    static Optional<Kind> kind(Path file) {
        String name = FileNames.last(file).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (NEVER.contains(ending)
                || !Files.isRegularFile(file)
                || Clutter.file(FileNames.last(file)).isPresent()
                || FileNames.last(file).equals(Corrections.FILE)) {
            return Optional.empty();
        }
        try {
            List<String> lines = beginning(file);
            return lines.isEmpty()
                    ? Optional.empty()
                    : lines.get(0).stripLeading().startsWith("{")
                            ? Optional.of(Kind.SPANS).filter(kind -> SpanFile.isOne(lines.get(0)))
                            : Optional.of(Kind.COLUMNS).filter(kind -> areColumns(lines));
        } catch (Refusal | IOException e) {
            return Optional.empty(); // what cannot be read is told by whoever reads it
        }
    }

    private static List<String> beginning(Path file) throws IOException {
        if (Files.size(file) == 0) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        try (Reader in = TextEncoding.of(file).open(file)) {
            LineReader lines = new LineReader(in, file, SpanFile.MOST_CHARACTERS);
            int letters = 0;
            for (String line = lines.next();
                    line != null && out.size() < LINES && letters < LETTERS;
                    line = lines.next()) {
                letters += line.length();
                if (!line.isBlank()) {
                    out.add(line);
                }
            }
        }
        return out;
    }

    /** Most lines end in a tag, and one of an entity is among them; where nothing is one, sentences are told by blank lines. */
    private static boolean areColumns(List<String> lines) {
        int words = 0;
        int tagged = 0;
        boolean entity = false;
        for (String line : lines) {
            if (!ConllFile.isAside(line)) {
                String[] cells = ConllFile.cells(line);
                String tag = cells[cells.length - 1];
                boolean right = cells.length > 1 && Scheme.isTag(tag);
                words++;
                tagged += right ? 1 : 0;
                entity |= right && tag.length() > 2;
            }
        }
        return words > 0 && tagged > 0.6 * words && (entity || tagged == words && words > 2);
    }

    /** Files of a folder that may be parts, or the only one of their kind. */
    private static List<Path> candidates(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(FileNames::last))
                    .toList();
            List<Path> named =
                    files.stream().filter(file -> part(file).isPresent()).toList();
            return (named.isEmpty() ? files : named)
                    .stream()
                            .limit(FILES)
                            .filter(file -> kind(file).isPresent())
                            .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // what cannot be looked into is told by whoever reads it
        }
    }

    /** By the whole name (train.conll), its last word (wnut17_train.conll), or its ending (eng.train). */
    private static Optional<Parts> part(Path file) {
        String name = FileNames.last(file);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        int last = Math.max(stem.lastIndexOf('_'), Math.max(stem.lastIndexOf('-'), stem.lastIndexOf('.')));
        return Stream.of(
                        stem,
                        stem.substring(last + 1),
                        name.substring(dot + 1),
                        stem.substring(0, Math.max(0, stem.indexOf('.'))))
                .map(Parts::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @throws Refusal where there are none, or where it cannot be told which file is which part */
    static TagFiles of(Path source) {
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the data.");
        }
        if (!Files.isDirectory(source)) {
            Wrapping.refuse(source);
            return new TagFiles(Map.of(Parts.TRAIN, source), List.of(), List.of());
        }
        List<Path> files = candidates(source);
        if (files.isEmpty()) {
            throw new Refusal(
                    source + " holds no tagged sentences. Give a file of columns, a line for each word with its tag"
                            + " last and a blank line after each sentence (.conll), or JSON lines with \"text\" and \"spans\"; or a"
                            + " folder with such files called train, dev and test.");
        }
        return files.size() == 1
                ? new TagFiles(Map.of(Parts.TRAIN, files.get(0)), List.of(), List.of())
                : parts(source, files);
    }

    private static TagFiles parts(Path source, List<Path> files) {
        Map<Parts, Path> parts = new EnumMap<>(Parts.class);
        List<Skipped> skipped = new ArrayList<>();
        for (Path file : files) {
            Optional<Parts> part = part(file);
            if (part.isEmpty()) {
                skipped.add(new Skipped(file, "it stands beside the parts and is none of them"));
                continue;
            }
            Path other = parts.putIfAbsent(part.get(), file);
            if (other != null) {
                throw new Refusal(source + " holds two files that can be the part "
                        + part.get().word() + ": "
                        + FileNames.last(other) + " and " + FileNames.last(file)
                        + ". Move one of them elsewhere, or give one file alone to have it split.");
            }
        }
        if (!parts.containsKey(Parts.TRAIN)) {
            throw new Refusal(source + " holds "
                    + files.stream().map(FileNames::last).collect(Collectors.joining(", "))
                    + " but no file train to learn from. Name it train.conll (or .jsonl), or give one of the files alone to"
                    + " have it split.");
        }
        StringBuilder text = new StringBuilder(FileNames.last(parts.get(Parts.TRAIN)) + " is what is learnt from");
        text.append(
                parts.containsKey(Parts.VAL)
                        ? ", " + FileNames.last(parts.get(Parts.VAL)) + " what is judged by while learning. "
                        : "; a fifth of it is set aside to choose the best epoch by. ");
        if (parts.containsKey(Parts.TEST)) {
            text.append(FileNames.last(parts.get(Parts.TEST))).append(" is judged once, at the end of a run.");
        }
        return new TagFiles(
                parts,
                List.copyOf(skipped),
                List.of(Remark.of(Remark.Kind.LAYOUT, text.toString().strip(), List.of())));
    }
}
