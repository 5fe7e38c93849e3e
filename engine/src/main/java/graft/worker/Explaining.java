package graft.worker;

import graft.Refusal;
import graft.explain.Explainer;
import graft.explain.Explanation;
import graft.explain.Method;
import graft.explain.Overlay;
import graft.explain.WordWeights;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.text.TextEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out what the answer to one example rests on. */
public final class Explaining {
    private Explaining() {}

    /**
     * What is asked about: a picture, or a text.
     *
     * @param file the network's
     * @param reading what the user says of it
     * @param wanted the class that is asked about; empty = the one that is answered
     */
    public record Plan(
            Path file, Optional<Path> picture, Optional<String> text, Reading reading, Optional<String> wanted)
            implements Work.Plan {
        public static Plan of(Path file, Path picture, Reading reading) {
            return new Plan(file, Optional.of(picture), Optional.empty(), reading, Optional.empty());
        }

        public static Plan of(Path file, String text, Reading reading) {
            return new Plan(file, Optional.empty(), Optional.of(text), reading, Optional.empty());
        }

        /** The same about another class. */
        public Plan about(String className) {
            return new Plan(file, picture, text, reading, Optional.of(className));
        }

        @Override
        public List<Path> files() {
            return picture.map(path -> List.of(file, path)).orElse(List.of(file));
        }
    }

    /**
     * Why the network answers as it does.
     *
     * @param layer the tensor that the map is of; "" where parts were hidden
     * @param picture as the network sees it, with the map over it (PNG); empty for a text
     * @param words of a text, with what each does for the class; none of a picture
     * @param remarks for the user
     */
    public record Found(
            Method method, String layer, byte[] picture, List<WordWeights.Word> words, List<String> remarks) {}

    static Found run(Plan plan, Progress progress) {
        NetworkFile file = NetworkFile.at(plan.file());
        if (plan.text().isPresent()) {
            String[] texts = texts(file, plan.text().get());
            WordWeights found = WordWeights.of(
                    file, plan.reading(), texts[0], Arrays.stream(texts).skip(1).findFirst(), plan.wanted(), progress);
            return new Found(found.method(), "", new byte[0], found.words(), found.remarks());
        }
        Explanation found = new Explainer(file, plan.reading(), Asking.preparation(file.path(), file.model()))
                .explain(plan.picture().orElseThrow(), plan.wanted(), Method.AUTO, progress);
        return new Found(found.method(), found.layer(), Overlay.png(found), List.of(), found.remarks());
    }

    /** The one text, or both of a pair, which is shown as a line each. */
    private static String[] texts(NetworkFile file, String shown) {
        if (!TextEncoder.notesPairs(file.model().metadata())) {
            return new String[] {shown};
        }
        String[] lines = shown.split("\n", -1);
        if (lines.length != 2) {
            throw new Refusal(
                    file.path() + " was trained on pairs of texts; of " + lines.length + " lines it cannot be told"
                            + " where the second begins. Ask with `graft explain --text --text-pair`.");
        }
        return lines;
    }
}
