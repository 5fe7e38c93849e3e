package graft.tags;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.PartFiles;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where tagged sentences lie: one file, or a folder with a file for each part. */
final class TagFiles {
    /** What a file holds, by its first lines. */
    enum Kind {
        COLUMNS,
        SPANS
    }

    /** Lines that are looked at, and letters of them at most. */
    private static final int LINES = 200;

    private static final int LETTERS = 200_000;

    private static final Set<String> NEVER = Set.of(
            "csv", "npz", "npy", "onnx", "data", "jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "zip", "gz",
            "md", "html", "xml", "py", "java", "log");

    private TagFiles() {}

    /** Whether data are of tagged sentences. */
    static boolean areAt(Path source) {
        return PartFiles.areAt(source, file -> kind(file).isPresent());
    }

    /** @throws Refusal where there are none, or where it cannot be told which file is which part */
    static PartFiles of(Path source) {
        return PartFiles.of(
                source,
                file -> kind(file).isPresent(),
                source + " holds no tagged sentences. Give a file of columns, a line for each word with its tag"
                        + " last and a blank line after each sentence (.conll), or JSON lines with \"text\" and \"spans\"; or a"
                        + " folder with such files called train, dev and test.",
                "train.conll (or .jsonl)");
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
}
