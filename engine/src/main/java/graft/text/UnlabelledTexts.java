package graft.text;

import graft.Refusal;
import graft.data.Examples;
import graft.data.Unlabelled;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Texts that nobody has labelled: rows of tables, and files of one text each, also in folders of any depth. */
public final class UnlabelledTexts implements Unlabelled {
    /** Texts that are held at once: so many that their lengths can be sorted, and little is padding. */
    private static final int AT_ONCE = 1024;

    private static final int MOST_CHARACTERS = 4 << 20;
    /** Of so many files it is said what is assumed. */
    private static final int NAMED = 3;

    private static final String TEXT = "text";
    private static final String PAIR = "text_pair";

    private final List<Path> inputs;
    private final ColumnNames columns;
    private final TextEncoder encoder;
    private final Count count;
    private final Maker maker;

    /** Makes examples of texts; one may come to several. */
    public interface Maker {
        /** @param counts gets how they fared */
        Examples examples(List<TextExample> texts, TextEncoder encoder, TokenCounts counts, Progress progress);

        /** An example each, cut where it is too long. */
        Maker WHOLE = (texts, encoder, counts, progress) ->
                EncodedTexts.unlabelled(texts, encoder.encode(texts, counts, progress), encoder);
    }

    private UnlabelledTexts(List<Path> inputs, ColumnNames columns, TextEncoder encoder, Count count, Maker maker) {
        this.inputs = inputs;
        this.columns = columns;
        this.encoder = encoder;
        this.count = count;
        this.maker = maker;
    }

    /**
     * Everything is read once, to know how many there are.
     *
     * @param network for messages
     * @param notes of its file
     * @param maker of the examples
     */
    public static UnlabelledTexts of(
            List<Path> inputs,
            ColumnNames columns,
            TextEncoder encoder,
            Path network,
            Map<String, String> notes,
            Maker maker,
            Progress progress) {
        Count count = new Count();
        TextStream.read(inputs, columns, progress, count);
        if (count.texts > 0) {
            encoder.ofPairs(count.pairs).strangeTo(notes).ifPresent(how -> {
                throw new Refusal(network + " " + how + ".");
            });
        }
        encoder.file().notes().forEach(progress::note);
        return new UnlabelledTexts(List.copyOf(inputs), columns, encoder, count, maker);
    }

    /** Whether a file is one of texts by its name, or a folder of any depth holds one. */
    public static boolean areIn(Path input) {
        return TextStream.areIn(input);
    }

    @Override
    public long size() {
        return count.texts;
    }

    @Override
    public List<String> columns() {
        return count.pairs ? List.of(TEXT, PAIR) : List.of(TEXT);
    }

    @Override
    public void read(Consumer<Portion> portions, Progress progress) {
        if (count.others > 0) {
            progress.note("Passed over: " + count.others
                    + (count.others == 1
                            ? " file or folder that is no text by its name."
                            : " files and folders that are no texts by their names."));
        }
        Reader reader = new Reader(portions, Progress.withoutStages(progress));
        try (encoder) {
            TextStream.read(inputs, columns, reader.progress, reader);
            reader.flush();
        }
        reader.counts.tell(encoder.maxLength(), progress);
    }

    private static final class Count implements TextStream.Receiver {
        private long texts;
        private long others;
        private boolean pairs;

        @Override
        public void text(TextExample example) {
            texts++;
            pairs |= example.pair().isPresent();
        }

        @Override
        public void unread(Unread what) {
            texts++;
        }

        @Override
        public void other() {
            others++;
        }

        @Override
        public void note(String sentence) {
            // told when it is read
        }
    }

    private final class Reader implements TextStream.Receiver {
        private final Consumer<Portion> portions;
        private final Progress progress;
        private final List<TextExample> texts = new ArrayList<>();
        private final List<Unread> unread = new ArrayList<>();
        private final TokenCounts counts = new TokenCounts();
        private int notes;
        private long characters;

        Reader(Consumer<Portion> portions, Progress progress) {
            this.portions = portions;
            this.progress = progress;
        }

        @Override
        public void text(TextExample example) {
            boolean alike = texts.isEmpty()
                    || texts.get(0).pair().isPresent() == example.pair().isPresent();
            if (!alike) {
                flush(); // texts alone and pairs go through the tokenizer in different ways
            }
            texts.add(example);
            characters +=
                    example.text().length() + example.pair().map(String::length).orElse(0);
            if (texts.size() == AT_ONCE || characters > MOST_CHARACTERS) {
                flush();
            }
        }

        @Override
        public void unread(Unread what) {
            unread.add(what);
            if (unread.size() == AT_ONCE) {
                flush();
            }
        }

        @Override
        public void other() {
            // counted before
        }

        @Override
        public void note(String sentence) {
            notes++;
            if (notes <= NAMED) {
                progress.note(sentence);
            } else if (notes == NAMED + 1) {
                progress.note("What is assumed of further files is not said.");
            }
        }

        void flush() {
            List<TextExample> portion = List.copyOf(texts);
            List<List<String>> told = portion.stream()
                    .map(text -> count.pairs ? List.of(text.text(), text.pair().orElse("")) : List.of(text.text()))
                    .toList();
            portions.accept(new Portion(
                    maker.examples(portion, encoder, counts, progress),
                    portion.stream().map(TextExample::name).toList(),
                    told,
                    List.copyOf(unread)));
            texts.clear();
            unread.clear();
            characters = 0;
        }
    }
}
