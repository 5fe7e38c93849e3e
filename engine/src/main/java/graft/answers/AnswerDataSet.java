package graft.answers;

import graft.data.DataSet;
import graft.data.Examples;
import graft.onnx.Model;
import graft.progress.Progress;
import graft.text.TextDataSet;
import graft.text.TextEncoder;
import graft.text.TextExample;
import graft.text.TokenCounts;
import graft.text.WindowExamples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions about passages as examples for a network. */
public final class AnswerDataSet {
    private AnswerDataSet() {}

    /**
     * How questions are cut, as the user chose it: 0 where the network's file says it, or nothing does.
     *
     * @param overlap tokens that two windows share
     * @param longest tokens of an answer
     */
    public record Wanted(int overlap, int longest) {}

    /** An encoder for a network. */
    private static AnswerEncoder encoder(Path file, Model network, TextDataSet.Feeding feeding, Wanted wanted) {
        TextEncoder texts = TextDataSet.encoder(file, network, feeding, Cutting.USUAL_LENGTH)
                .ofPairs(true);
        return new AnswerEncoder(
                texts, Cutting.of(wanted.overlap(), wanted.longest(), texts.maxLength(), network.metadata()));
    }

    /**
     * Questions for a network ({@link AnswerData#open}), cut into tokens and windows.
     *
     * @param file the network's
     * @throws graft.Refusal for another network's tokenizer
     */
    public static DataSet of(
            AnswerData data, Path file, Model network, TextDataSet.Feeding feeding, Wanted wanted, Progress progress) {
        AnswerEncoder encoder = encoder(file, network, feeding, wanted);
        encoder.texts().file().notes().forEach(progress::note);
        boolean impossible = Stream.of(data.train(), data.val(), data.test())
                .flatMap(List::stream)
                .anyMatch(Question::impossible);
        Threshold threshold = impossible ? Threshold.CHOSEN : Threshold.NEVER;
        CutCounts counts = new CutCounts();
        DataSet out = new DataSet(
                data.source(),
                List.of(),
                AnswerExamples.of(data.train(), encoder, threshold, counts, progress),
                AnswerExamples.of(data.val(), encoder, threshold, counts, progress),
                data.test().isEmpty()
                        ? Optional.empty()
                        : Optional.of(AnswerExamples.of(data.test(), encoder, threshold, counts, progress)),
                encoder,
                data.skipped(),
                data.remarks(),
                data.fingerprint());
        counts.tell(encoder.texts().maxLength(), encoder.cutting(), progress);
        return out;
    }

    /** Data as a network answers for them whose file says when it gives no answer. */
    public static DataSet judgedBy(DataSet data, Map<String, String> notes) {
        Threshold threshold = Threshold.noted(notes);
        if (threshold.kind() == Threshold.Kind.NEVER && !notes.containsKey(Cutting.OVERLAP)) {
            return data; // another tool's network says nothing of it: where there may be none, what is judged chooses
        }
        return data.answering(part -> AnswerTargets.of(part).with(threshold));
    }

    /** The tokens that a network reads at once, as {@link #unlabelled} takes them. */
    public static TextEncoder texts(Path file, Model network, TextDataSet.Feeding feeding) {
        return TextDataSet.encoder(file, network, feeding, Cutting.USUAL_LENGTH).ofPairs(true);
    }

    /**
     * Questions of which nobody knows the answers.
     *
     * @param passages each with a question, its pair
     * @param notes of the network's file
     * @param counts gets of how many the network knows nothing
     */
    public static Examples unlabelled(
            List<TextExample> passages,
            TextEncoder texts,
            Map<String, String> notes,
            Wanted wanted,
            TokenCounts counts,
            Progress progress) {
        AnswerEncoder encoder =
                new AnswerEncoder(texts, Cutting.of(wanted.overlap(), wanted.longest(), texts.maxLength(), notes));
        List<Question> questions = passages.stream()
                .map(each -> new Question(
                        each.name(),
                        each.name(),
                        new Passage("", each.text()),
                        each.pair().orElse(""),
                        List.of()))
                .toList();
        WindowExamples out = AnswerExamples.of(questions, encoder, Threshold.noted(notes), new CutCounts(), progress);
        counts.add(passages, out.beginnings());
        return out;
    }
}
