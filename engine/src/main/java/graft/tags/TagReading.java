package graft.tags;

import graft.data.FileNames;
import graft.data.PartFiles;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the sentences of one file or folder, with tags in IOB2, and says how they were understood. */
final class TagReading {
    private static final int NAMED = 5;

    private final boolean skip;
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Map<Parts, List<Sentence>> parts = new EnumMap<>(Parts.class);
    private Words words = Words.AROUND;

    private TagReading(boolean skip) {
        this.skip = skip;
    }

    static TagReading of(Path source, boolean skip) {
        TagReading out = new TagReading(skip);
        PartFiles files = TagFiles.of(source);
        out.skipped.addAll(files.skipped());
        out.remarks.addAll(files.remarks());
        files.parts().forEach((part, file) -> out.parts.put(part, out.read(file)));
        return out;
    }

    Map<Parts, List<Sentence>> parts() {
        return parts;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    List<Remark> remarks() {
        return remarks;
    }

    /** How texts that nobody has cut are to be cut. */
    Words words() {
        return words;
    }

    private List<Sentence> read(Path file) {
        List<String> notes = new ArrayList<>();
        List<Sentence> out = new ArrayList<>();
        String called = FileNames.last(file);
        if (TagFiles.kind(file).equals(java.util.Optional.of(TagFiles.Kind.SPANS))) {
            SpanFile.Read read = SpanFile.read(file, skip, notes);
            out.addAll(tagged(read.tagged(), file, called));
            out.addAll(MarkedTexts.sentences(read.marked(), file, called, remarks));
            leave(file, read.left(), read.wrong());
            words = read.marked().isEmpty() ? words : Words.EACH;
        } else {
            ConllFile.Read read = ConllFile.read(file, skip, notes);
            out.addAll(tagged(read.sentences(), file, called));
            leave(file, read.left(), read.wrong());
        }
        notes.forEach(note -> remarks.add(Remark.of(Remark.Kind.READING, note, List.of(file))));
        return out;
    }

    private void leave(Path file, int count, String wrong) {
        if (count > 0) {
            skipped.add(new Skipped(file, wrong));
        }
    }

    private List<Sentence> tagged(List<List<ConllFile.Line>> sentences, Path file, String called) {
        if (sentences.isEmpty()) {
            return List.of();
        }
        List<List<String>> tags = sentences.stream()
                .map(lines -> lines.stream().map(ConllFile.Line::tag).toList())
                .toList();
        Scheme scheme = Scheme.of(tags);
        remarks.add(Remark.of(
                Remark.Kind.READING,
                called + " is tagged in " + scheme.words() + "; tags are learnt as IOB2.",
                List.of(file)));
        Faults faults = new Faults();
        List<Sentence> out = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            faults.look(scheme, sentences.get(i));
            out.add(sentence(called, sentences.get(i), tags.get(i)));
        }
        faults.tell(file, remarks);
        return out;
    }

    static Sentence sentence(String called, List<ConllFile.Line> lines, List<String> tags) {
        int[] from = new int[lines.size()];
        int[] to = new int[lines.size()];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < from.length; i++) {
            text.append(i == 0 ? "" : " ");
            from[i] = text.length();
            text.append(lines.get(i).word());
            to[i] = text.length();
        }
        return new Sentence(
                called + ":" + lines.get(0).number(),
                text.toString(),
                lines.stream().mapToInt(ConllFile.Line::number).toArray(),
                from,
                to,
                Chunk.asIob2(Chunk.of(tags), from.length));
    }

    /** Tags that do not follow the scheme. */
    private static final class Faults {
        private final List<String> named = new ArrayList<>();
        private int count;

        void look(Scheme scheme, List<ConllFile.Line> lines) {
            String before = Chunk.OUTSIDE;
            for (ConllFile.Line line : lines) {
                scheme.fault(before, line.tag()).ifPresent(what -> add(line.number(), what));
                before = line.tag();
            }
            int last = lines.get(lines.size() - 1).number();
            scheme.fault(before, Chunk.OUTSIDE).ifPresent(what -> add(last, what));
        }

        private void add(int line, String what) {
            count++;
            if (named.size() < NAMED) {
                named.add("line " + line + ": " + what);
            }
        }

        void tell(Path file, List<Remark> remarks) {
            if (count > 0) {
                remarks.add(Remark.of(
                        Remark.Kind.DOUBTFUL,
                        file + " has " + count + (count == 1 ? " tag that does" : " tags that do")
                                + " not follow its scheme (" + String.join("; ", named)
                                + (count > named.size() ? "; …" : "")
                                + "). An entity is taken to begin and end there, as conlleval takes it; mend the lines if that is"
                                + " wrong.",
                        List.of(file)));
            }
        }
    }
}
