package graft.tags;

import graft.data.Unlabelled;
import graft.progress.Progress;
import graft.text.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Sentences of files of columns to be asked about: their words are those of the files, and what tags they have is passed over. */
public final class GivenSentences implements Unlabelled {
    private static final int AT_ONCE = 1024;

    private final List<Path> files;
    private final TextEncoder encoder;
    private final Map<String, String> notes;
    private final Path network;
    private long size;

    private GivenSentences(List<Path> files, TextEncoder encoder, Map<String, String> notes, Path network) {
        this.files = files;
        this.encoder = encoder;
        this.notes = notes;
        this.network = network;
    }

    /**
     * Every file is read once, to know how many sentences there are.
     *
     * @param files of columns
     * @param notes of the network's file
     * @param network for messages
     */
    public static GivenSentences of(List<Path> files, TextEncoder encoder, Map<String, String> notes, Path network) {
        encoder.strangeTo(notes).ifPresent(how -> {
            throw new graft.Refusal(network + " " + how + ".");
        });
        GivenSentences out = new GivenSentences(List.copyOf(files), encoder, notes, network);
        for (Path file : files) {
            ConllFile.Read read = ConllFile.read(file, true, new ArrayList<>());
            out.size += read.sentences().size() + (read.left() > 0 ? 1 : 0);
        }
        return out;
    }

    /** Whether a file is one of columns with tags, by what is in it. */
    public static boolean areAt(Path file) {
        return TagFiles.kind(file).filter(kind -> kind == TagFiles.Kind.COLUMNS).isPresent();
    }

    /** A folder's files of any depth where some of them are columns; the folder itself where none are. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            return files.stream().anyMatch(GivenSentences::areAt) ? files : List.of(folder);
        } catch (IOException | UncheckedIOException e) {
            return List.of(folder); // what cannot be looked into is told by whoever reads it
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<String> columns() {
        return List.of("text");
    }

    @Override
    public void read(Consumer<Portion> portions, Progress progress) {
        Words words = Words.noted(notes.getOrDefault(Words.NOTE, ""));
        TagEncoder tags = new TagEncoder(encoder, TagEncoder.noted(notes).orElse(List.of()), words);
        SentenceCounts counts = new SentenceCounts();
        try (encoder) {
            for (Path file : files) {
                List<String> told = new ArrayList<>();
                ConllFile.Read read = ConllFile.read(file, true, told);
                told.forEach(progress::note);
                progress.note(file + " is read as sentences of words: the first column; its tags are passed over.");
                List<Unread> unread = read.left() == 0 ? List.of() : List.of(new Unread(file.toString(), read.wrong()));
                for (int from = 0; from < read.sentences().size(); from += AT_ONCE) {
                    if (progress.isCancelled()) {
                        throw new CancellationException("cancelled while sentences were read");
                    }
                    List<Sentence> some =
                            read
                                    .sentences()
                                    .subList(
                                            from,
                                            Math.min(
                                                    from + AT_ONCE,
                                                    read.sentences().size()))
                                    .stream()
                                    .map(lines -> TagReading.sentence(
                                            file.toString(),
                                            lines,
                                            lines.stream()
                                                    .map(ConllFile.Line::tag)
                                                    .toList()))
                                    .toList();
                    portions.accept(new Portion(
                            TagExamples.of(Optional.empty(), some, tags, counts, Progress.withoutStages(progress)),
                            some.stream().map(Sentence::name).toList(),
                            some.stream().map(each -> List.of(each.text())).toList(),
                            from == 0 ? unread : List.of()));
                }
            }
        }
        counts.tell(encoder.maxLength(), progress);
    }
}
