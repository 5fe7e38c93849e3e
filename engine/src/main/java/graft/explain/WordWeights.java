package graft.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import graft.Refusal;
import graft.data.Examples;
import graft.evaluate.Answers;
import graft.evaluate.Evaluator;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.text.TextDataSet;
import graft.text.TextEncoder;
import graft.text.TextExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What each word of a text does for a class: by how much the class loses where the word is left out. Asks about the text once for each
 * word, so that it holds for every network.
 *
 * @param method always occlusion
 * @param className the class that is explained
 * @param probability that the network gives it, 0…1
 * @param answer the class that the network answers
 * @param words in the order of the text
 * @param remarks for the user
 */
public record WordWeights(
        Method method,
        @JsonProperty("class") String className,
        double probability,
        String answer,
        List<Word> words,
        List<String> remarks) {
    /** Of a longer text several words are left out together. */
    private static final int MOST = 256;

    private static final Pattern WORD = Pattern.compile("\\S+\\s*");
    private static final double LEAST = 1e-7;

    /**
     * One word, or some that were left out together.
     *
     * @param weight what the logarithm of the odds for the class loses without it; below 0 where it speaks against the class
     * @param of the text that it is a word of: 1, or 2 where two are read together
     */
    public record Word(String text, double weight, int of) {}

    /**
     * @param second the text that is read together with the first
     * @param wanted name of the class, or its number; empty for the one that the network answers
     * @throws Refusal where the network reads no texts, or another number of them, or there is no such class
     */
    public static WordWeights of(
            NetworkFile file,
            Reading reading,
            String text,
            Optional<String> second,
            Optional<String> wanted,
            Progress progress) {
        refuseOtherNumber(file, second.isPresent());
        List<Part> parts = new ArrayList<>(parts(text, 1));
        second.ifPresent(other -> parts.addAll(parts(other, 2)));
        if (parts.isEmpty()) {
            throw new Refusal("A text without a word has nothing to explain. Give one with --text.");
        }
        List<TextExample> asked = new ArrayList<>(List.of(new TextExample("", text, second, 0)));
        parts.forEach(left -> asked.add(
                new TextExample("", without(left, 1, parts), second.map(other -> without(left, 2, parts)), 0)));
        Explainer.Asked whole = Explainer.Asked.of(
                file,
                reading,
                TextDataSet.loose(asked.subList(0, 1), file.path(), file.model(), Progress.NONE),
                wanted,
                progress);
        Examples examples = TextDataSet.loose(asked, file.path(), file.model(), Progress.NONE);
        try (Evaluator evaluator = Evaluator.open(file, reading, 0)) {
            Answers answers = evaluator.answers();
            Answers.Portion said =
                    answers.to(examples, done -> progress.stage("leaving words out", done, asked.size()), progress);
            int label = answers.classes().orElseThrow().indexOf(whole.className());
            List<Word> words = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                double weight = said.failed().containsKey(i + 1)
                        ? 0
                        : odds(said.probabilities()[0][label]) - odds(said.probabilities()[i + 1][label]);
                words.add(new Word(
                        parts.get(i).words().strip(), weight, parts.get(i).of()));
            }
            return new WordWeights(
                    Method.OCCLUSION, whole.className(), whole.probability(), whole.answer(), words, whole.remarks());
        }
    }

    private static void refuseOtherNumber(NetworkFile file, boolean two) {
        Map<String, String> notes = file.model().metadata();
        if (TextEncoder.notesPairs(notes) && !two) {
            throw new Refusal(file.path() + " was trained on pairs of texts, and this is a single one. Give the second"
                    + " with --text-pair.");
        }
        if (TextEncoder.notesSingles(notes) && two) {
            throw new Refusal(file.path() + " was trained on single texts, and these are two. Leave --text-pair out.");
        }
    }

    /** What can be left out. */
    private record Part(String words, int of) {}

    private static String without(Part left, int text, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.of() == text && part != left)
                .map(Part::words)
                .collect(Collectors.joining());
    }

    private static List<Part> parts(String text, int of) {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(text.strip());
        while (each.find()) {
            words.add(each.group());
        }
        int together = Math.max(1, (words.size() + MOST - 1) / MOST);
        List<Part> out = new ArrayList<>();
        for (int from = 0; from < words.size(); from += together) {
            out.add(new Part(String.join("", words.subList(from, Math.min(words.size(), from + together))), of));
        }
        return out;
    }

    private static double odds(double probability) {
        double inside = Math.max(LEAST, Math.min(1 - LEAST, probability));
        return Math.log(inside / (1 - inside));
    }
}
