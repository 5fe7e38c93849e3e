package graft.answers;

import graft.data.Examples;
import graft.data.Fingerprint;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.text.Asked;
import graft.text.Pieces;
import graft.text.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Questions with their passages as a network is fed them: an example for each window. */
final class AnswerExamples implements Examples {
    private final AnswerTargets targets;
    private final AnswerEncoder encoder;
    /** By window, how many of its question come before it. */
    private final int[] turn;

    private AnswerExamples(AnswerTargets targets, AnswerEncoder encoder, int[] turn) {
        this.targets = targets;
        this.encoder = encoder;
        this.turn = turn;
    }

    static AnswerExamples of(
            List<Question> questions, AnswerEncoder encoder, Threshold threshold, CutCounts counts, Progress progress) {
        int length = encoder.texts().maxLength();
        List<Asked> asked = encoder.texts()
                .asked(questions.stream().map(Question::asked).toList(), Cutting.ofQuestion(length), progress);
        List<PassageWindow> windows = new ArrayList<>();
        List<Integer> owner = new ArrayList<>();
        List<Integer> turn = new ArrayList<>();
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
            for (int w = 0; w < cut.size(); w++) {
                int[] place = cut.get(w).places(gold);
                found |= place[1] != PassageWindow.NOWHERE;
                windows.add(cut.get(w));
                owner.add(q);
                turn.add(w);
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
        return new AnswerExamples(
                targets, encoder, turn.stream().mapToInt(i -> i).toArray());
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

    /** The same, left without an answer by another threshold. */
    AnswerExamples with(Threshold threshold) {
        return new AnswerExamples(targets.with(threshold), encoder, turn);
    }

    /** The first window of each question. */
    List<Tokens> beginnings() {
        return IntStream.range(0, size())
                .filter(i -> turn[i] == 0)
                .mapToObj(this::tokens)
                .toList();
    }

    private Question question(int i) {
        return targets.questions().get(targets.question()[i]);
    }

    private Tokens tokens(int i) {
        return targets.windows().get(i).tokens();
    }

    @Override
    public int size() {
        return turn.length;
    }

    /** The windows of a question after its first have numbers. */
    @Override
    public String name(int i) {
        return question(i).name() + (turn[i] == 0 ? "" : " (window " + (turn[i] + 1) + ")");
    }

    @Override
    public String place(int i) {
        return question(i).place();
    }

    @Override
    public Optional<String> words(int i) {
        return Optional.of(question(i).text() + "\n" + question(i).passage().text());
    }

    @Override
    public String preparing() {
        return "--tokenizer, --max-length, --doc-stride";
    }

    @Override
    public String key(int i) {
        Fingerprint out = new Fingerprint();
        out.add(question(i).text());
        out.add(question(i).passage().text());
        out.add(turn[i]);
        return out.hex();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    /** Questions have one view only. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.texts()
                .batch(Arrays.stream(examples).mapToObj(this::tokens).toList());
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        AnswerEncoder other = encoder.fedTo(inputs);
        return other == encoder
                ? this
                : new AnswerExamples(targets.ofLength(other.texts().fixedLength()), other, turn);
    }

    @Override
    public long bytes() {
        OptionalInt longest = Arrays.stream(sizes()).max();
        return encoder.texts().gives().stream()
                .mapToLong(input -> (long) encoder.texts().fixedLength().orElse(longest.orElse(0))
                        * input.type().orElseThrow().bytes())
                .sum();
    }

    /** Tokens of each window; all one where the network's file fixes their number. */
    @Override
    public int[] sizes() {
        int[] out = new int[size()];
        for (int i = 0; encoder.texts().fixedLength().isEmpty() && i < out.length; i++) {
            out[i] = tokens(i).length();
        }
        return out;
    }
}
