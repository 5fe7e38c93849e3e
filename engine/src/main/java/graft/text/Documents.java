package graft.text;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Fingerprint;
import graft.data.JoinedData;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Split;
import graft.data.Unlabelled.Unread;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts that nobody labelled, in a part to learn from and a part to judge by: {@code .txt} files, a text each, and rows of tables.
 *
 * @param test texts that are judged once, at the end of a run; may be empty
 * @param skipped what was left out
 * @param remarks what was assumed
 * @param fingerprint SHA-256 over names and texts, in hexadecimal
 */
public record Documents(
        Path source,
        List<Document> train,
        List<Document> val,
        List<Document> test,
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {
    /** Of one file; what is longer is likely no text. */
    private static final int MOST_CHARACTERS = 200_000_000;
    /** Where a text is parted, the nearest end of a paragraph or a line is looked for so far. */
    private static final int NEAR = 2000;

    private static final int DEPTH = 8;

    /**
     * A text.
     *
     * @param name what the user calls it: its file inside the source, or its file and row
     */
    public record Document(String name, String text) {}

    /** Whether a file is one of such texts by its name, or a folder holds some and no pictures. */
    public static boolean areAt(Path source) {
        if (!Files.isDirectory(source)) {
            return isOne(source);
        }
        Optional<JoinedData> joined = JoinedData.at(source);
        if (joined.isPresent()) {
            return joined.get().members().values().stream().allMatch(Documents::areAt);
        }
        List<Path> files = files(source, name -> true);
        return files.stream().anyMatch(Documents::isOne) && files.stream().noneMatch(TextFiles::isPicture);
    }

    /**
     * Opens texts: a file, or a folder of any depth. Where folders or files are called train, dev (or val) and test, they are these
     * parts; else texts to judge by are drawn, and of a single text its end is held back. Every remark is also told to
     * {@code progress}.
     *
     * @param column of tables that holds the text; found where it is not given
     * @param seed of what is drawn
     * @param skip whether what cannot be read is left out and told, not refused
     * @param share that is drawn
     * @throws Refusal where there is nothing to learn from, with what to do about it
     */
    public static Documents open(
            Path source, Optional<String> column, long seed, boolean skip, double share, Progress progress) {
        progress.stage("reading texts", 0, 0);
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the data.");
        }
        Opening opening = new Opening(source, column, skip, progress);
        JoinedData.at(source)
                .ifPresentOrElse(
                        joined -> {
                            opening.remarks.add(joined.remark());
                            joined.members().forEach((label, member) -> opening.read(member, label + "/"));
                        },
                        () -> opening.read(source, ""));
        Documents out = opening.done(seed, share);
        out.skipped.forEach(each -> progress.note("Left out: " + each.reason() + "."));
        out.remarks.forEach(remark -> progress.note(remark.text()));
        return out;
    }

    private static boolean isText(Path file) {
        return FileNames.last(file).toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    private static boolean isOne(Path file) {
        String name = FileNames.last(file);
        return (isText(file) || TableKind.of(file).isPresent())
                && Clutter.file(name).isEmpty()
                && !name.equals(Corrections.FILE);
    }

    private interface Wanted {
        boolean is(Path file);
    }

    private static List<Path> files(Path folder, Wanted wanted) {
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(file -> !Files.isDirectory(file) && wanted.is(file))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new Refusal("The folder " + folder + " cannot be looked into. Check that you may read it.", e);
        }
    }

    private static final class Opening {
        private final Path source;
        private final Optional<String> column;
        private final boolean skip;
        private final Progress progress;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final Map<Parts, List<Document>> parts = new EnumMap<>(Parts.class);
        /** To learn from or to judge by: that is drawn. */
        private final List<Document> undecided = new ArrayList<>();

        Opening(Path source, Optional<String> column, boolean skip, Progress progress) {
            this.source = source;
            this.column = column;
            this.skip = skip;
            this.progress = progress;
            for (Parts part : Parts.values()) {
                parts.put(part, new ArrayList<>());
            }
        }

        void read(Path member, String before) {
            if (!Files.isDirectory(member)) {
                undecided.addAll(file(member, before + FileNames.last(member)));
                return;
            }
            Map<Parts, List<Path>> found = parts(member);
            if (found.containsKey(Parts.TRAIN)) {
                boolean judged = found.containsKey(Parts.VAL);
                found.forEach((part, files) -> {
                    List<Document> into = part == Parts.TRAIN && !judged ? undecided : parts.get(part);
                    files.forEach(file -> into.addAll(file(file, before + FileNames.inside(member, file))));
                });
                List<Path> named = found.values().stream().flatMap(List::stream).toList();
                files(member, Documents::isOne).stream()
                        .filter(file -> !named.contains(file))
                        .forEach(file ->
                                skipped.add(new Skipped(file, file + " stands beside the parts and is none of them")));
            } else {
                files(member, Documents::isOne)
                        .forEach(file -> undecided.addAll(file(file, before + FileNames.inside(member, file))));
            }
        }

        /** By the names of folders in it, else by those of files. */
        private static Map<Parts, List<Path>> parts(Path folder) {
            Map<Parts, List<Path>> out = new EnumMap<>(Parts.class);
            for (Path inside : TextFiles.folders(folder)) {
                Parts.of(FileNames.last(inside)).ifPresent(part -> {
                    List<Path> files = files(inside, Documents::isOne);
                    if (!files.isEmpty()) {
                        out.computeIfAbsent(part, p -> new ArrayList<>()).addAll(files);
                    }
                });
            }
            if (!out.isEmpty()) {
                return out;
            }
            for (Path file : files(folder, Documents::isOne)) {
                if (folder.equals(file.getParent())) {
                    String name = FileNames.last(file);
                    Parts.of(name.substring(0, name.lastIndexOf('.')))
                            .ifPresent(part -> out.computeIfAbsent(part, p -> new ArrayList<>())
                                    .add(file));
                }
            }
            return out;
        }

        private List<Document> file(Path file, String name) {
            if (progress.isCancelled()) {
                throw new java.util.concurrent.CancellationException("cancelled while texts were read");
            }
            List<Document> out = new ArrayList<>();
            if (TableKind.of(file).isPresent()) {
                TextStream.read(
                        List.of(file),
                        new ColumnNames(column, Optional.empty(), Optional.empty()),
                        progress,
                        new Rows(file, name, out));
                return out;
            }
            try {
                String text = Files.exists(file) && file.toFile().length() == 0
                        ? ""
                        : TextEncoding.text(file, notes, MOST_CHARACTERS);
                if (text.isBlank()) {
                    fault(file, file + " holds no text");
                } else {
                    out.add(new Document(name, text));
                }
            } catch (Refusal e) {
                if (!skip) {
                    throw e;
                }
                skipped.add(new Skipped(file, e.getMessage().replaceFirst("\\.$", "")));
            }
            return out;
        }

        private void fault(Path file, String what) {
            if (!skip) {
                throw new Refusal(what + ". Mend it, take it away, or pass --skip-unreadable to leave it out.");
            }
            skipped.add(new Skipped(file, what));
        }

        private final class Rows implements TextStream.Receiver {
            private final Path file;
            private final String name;
            private final List<Document> out;

            Rows(Path file, String name, List<Document> out) {
                this.file = file;
                this.name = name;
                this.out = out;
            }

            @Override
            public void text(TextExample example) {
                String row = example.name().substring(example.name().lastIndexOf(':'));
                out.add(new Document(name + row, example.text()));
            }

            @Override
            public void unread(Unread what) {
                // A row that lacks its text, or a whole file that is damaged.
                boolean row = TextExample.isRow(what.input());
                fault(
                        file,
                        row
                                ? file + ", line "
                                        + what.input().substring(what.input().lastIndexOf(':') + 1) + ": "
                                        + what.reason()
                                : what.reason().replaceFirst("\\.$", ""));
            }

            @Override
            public void other() {
                // one file is given
            }

            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        }

        Documents done(long seed, double share) {
            notes.stream()
                    .distinct()
                    .limit(3)
                    .forEach(note -> remarks.add(Remark.of(Remark.Kind.READING, note, List.of())));
            if (undecided.size() == 1) {
                part(undecided.get(0), share);
            } else {
                Set<String> chosen = new HashSet<>();
                Split.validation(undecided, Document::name, seed, share).forEach(each -> chosen.add(each.name()));
                undecided.forEach(each -> parts.get(chosen.contains(each.name()) ? Parts.VAL : Parts.TRAIN)
                        .add(each));
            }
            if (parts.get(Parts.TRAIN).isEmpty()) {
                throw new Refusal(source + " holds no text to learn from: neither a .txt file nor a table ("
                        + TableKind.ENDINGS + "). Give a file of text, or a folder of such files.");
            }
            if (parts.get(Parts.VAL).isEmpty()) {
                throw new Refusal(source + " holds no text to judge by. Give more texts, or a file dev beside the file"
                        + " train.");
            }
            return new Documents(
                    source,
                    List.copyOf(parts.get(Parts.TRAIN)),
                    List.copyOf(parts.get(Parts.VAL)),
                    List.copyOf(parts.get(Parts.TEST)),
                    List.copyOf(skipped),
                    List.copyOf(remarks),
                    fingerprint());
        }

        /** One text alone: its end is what is judged by. */
        private void part(Document whole, double share) {
            String text = whole.text();
            int cut = cut(text, (int) Math.round(text.length() * (1 - share)));
            if (text.substring(0, cut).isBlank() || text.substring(cut).isBlank()) {
                throw new Refusal(source + " holds one text of " + text.length()
                        + " characters, too short to hold a part of it back to judge by. Give more text.");
            }
            parts.get(Parts.TRAIN).add(new Document(whole.name(), text.substring(0, cut)));
            parts.get(Parts.VAL).add(new Document(whole.name() + " (end)", text.substring(cut)));
            remarks.add(Remark.of(
                    Remark.Kind.LAYOUT,
                    String.format(
                            Locale.ROOT,
                            "%s is one text: its last %,d of %,d characters are held back to judge by.",
                            whole.name(),
                            text.length() - cut,
                            text.length()),
                    List.of()));
        }

        private static int cut(String text, int wanted) {
            for (String end : List.of("\n\n", "\n", " ")) {
                int found = text.indexOf(end, wanted - end.length());
                if (found >= 0 && found - wanted <= NEAR && found + end.length() < text.length()) {
                    return found + end.length();
                }
            }
            return wanted > 0 && wanted < text.length() && Character.isLowSurrogate(text.charAt(wanted))
                    ? wanted - 1
                    : wanted;
        }

        private String fingerprint() {
            Fingerprint out = new Fingerprint();
            parts.forEach((part, all) -> {
                out.add(part.word());
                for (Document each : all) {
                    out.add(each.name());
                    out.add(each.text());
                }
            });
            return out.hex();
        }
    }
}
