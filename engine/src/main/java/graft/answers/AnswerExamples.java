package graft.answers;

import graft.progress.Progress;
import graft.text.Asked;
import graft.text.Pieces;
import graft.text.WindowExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts questions with their passages into what a network is fed: an example for each window. */
final class AnswerExamples {
    private AnswerExamples() {}

    /** @param counts gets how they fared */
    static WindowExamples of(
            List<Question> questions, AnswerEncoder encoder, Threshold threshold, CutCounts counts, Progress progress) {
        int length = encoder.texts().maxLength();
        List<Asked> asked = encoder.texts()
                .asked(questions.stream().map(Question::asked).toList(), Cutting.ofQuestion(length), progress);
        List<PassageWindow> windows = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        List<int[]> places = new ArrayList<>();
        Pieces before = null;
        for (int q = 0; q < questions.size(); q++) {
            Question question = questions.get(q);
            Pieces pieces = shared(asked.get(q).pieces(), before);
            before = pieces;
            TokenSpan gold = question.impossible()
                    ? TokenSpan.NONE
                    : TokenSpan.of(pieces, question.golds().get(0));
            List<PassageWindow> cut = PassageWindow.of(pieces, length, encoder.cutting());
            boolean found = false;
            for (PassageWindow window : cut) {
                int[] place = window.places(gold);
                found |= place[1] != PassageWindow.NOWHERE;
                windows.add(window);
                owner.add(q);
                places.add(place);
            }
            counts.add(question, asked.get(q), cut.size(), question.impossible() || found);
        }
        AnswerTargets targets = new AnswerTargets(
                questions,
                windows,
                owner.stream().mapToInt(i -> i).toArray(),
                places.toArray(int[][]::new),
                encoder.cutting().longest(),
                threshold,
                encoder.texts().fixedLength());
        return WindowExamples.of(
                windows.size(), questions, targets, encoder.texts(), "--tokenizer, --max-length, --doc-stride");
    }

    /** Questions about one passage share the places of its tokens: there are as many of these as letters. */
    private static Pieces shared(Pieces pieces, Pieces before) {
        boolean same = before != null
                && Arrays.equals(before.from(), pieces.from())
                && Arrays.equals(before.to(), pieces.to());
        return same
                ? new Pieces(
                        pieces.ids(),
                        pieces.types(),
                        pieces.before(),
                        pieces.after(),
                        before.from(),
                        before.to(),
                        pieces.known())
                : pieces;
    }
}
