package graft.tags;

import graft.data.Places;
import graft.progress.Progress;
import graft.text.Pieces;
import graft.text.WindowExamples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts sentences into what a network is fed: an example for each window. */
final class TagExamples {
    private TagExamples() {}

    /** @param counts gets how they fared */
    static WindowExamples of(
            Optional<Path> source,
            List<Sentence> sentences,
            TagEncoder encoder,
            SentenceCounts counts,
            Progress progress) {
        List<Pieces> pieces =
                encoder.texts().pieces(sentences.stream().map(Sentence::text).toList(), progress);
        List<Windows.Window> windows = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        for (int s = 0; s < sentences.size(); s++) {
            Windows cut =
                    Windows.of(sentences.get(s), pieces.get(s), encoder.texts().maxLength());
            counts.add(sentences.get(s), cut, pieces.get(s).known());
            for (Windows.Window window : cut.list()) {
                windows.add(fed(window, encoder));
                owner.add(s);
            }
        }
        TagTargets targets = TagTargets.equal(
                encoder.tags(),
                sentences,
                windows,
                owner.stream().mapToInt(i -> i).toArray(),
                encoder.texts().fixedLength());
        Places places = source.map(Places::new).orElseGet(Places::asNamed);
        return WindowExamples.of(
                windows.size(),
                sentences.stream().map(each -> new Placed(each, places)).toList(),
                targets,
                encoder.texts(),
                "--tokenizer, --max-length");
    }

    private record Placed(Sentence sentence, Places places) implements WindowExamples.Whole {
        @Override
        public String name() {
            return sentence.name();
        }

        @Override
        public String place() {
            return places.of(sentence.name());
        }

        @Override
        public List<String> texts() {
            return List.of(sentence.text());
        }
    }

    /** Of no token a network can compute nothing. */
    private static Windows.Window fed(Windows.Window window, TagEncoder encoder) {
        return window.tokens().length() > 0
                ? window
                : new Windows.Window(encoder.texts().nothing(), window.places(), window.words());
    }
}
