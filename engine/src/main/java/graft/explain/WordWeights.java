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
import graft.text.TextExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
     */
    public record Word(String text, double weight) {}

    /**
     * @param wanted name of the class, or its number; empty for the one that the network answers
     * @throws Refusal where the network reads no single texts, or there is no such class
     */
    public static WordWeights of(
            NetworkFile file, Reading reading, String text, Optional<String> wanted, Progress progress) {
        List<String> parts = parts(text);
        if (parts.isEmpty()) {
            throw new Refusal("A text without a word has nothing to explain. Give one with --text.");
        }
        List<TextExample> asked = new ArrayList<>(List.of(new TextExample("", text, Optional.empty(), 0)));
        for (int i = 0; i < parts.size(); i++) {
            int left = i;
            String without = IntStream.range(0, parts.size())
                    .filter(k -> k != left)
                    .mapToObj(parts::get)
                    .reduce("", String::concat);
            asked.add(new TextExample("", without, Optional.empty(), 0));
        }
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
                words.add(new Word(parts.get(i).strip(), weight));
            }
            return new WordWeights(
                    Method.OCCLUSION, whole.className(), whole.probability(), whole.answer(), words, whole.remarks());
        }
    }

    private static List<String> parts(String text) {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(text.strip());
        while (each.find()) {
            words.add(each.group());
        }
        int together = (words.size() + MOST - 1) / MOST;
        if (together <= 1) {
            return words;
        }
        List<String> out = new ArrayList<>();
        for (int from = 0; from < words.size(); from += together) {
            out.add(String.join("", words.subList(from, Math.min(words.size(), from + together))));
        }
        return out;
    }

    private static double odds(double probability) {
        double inside = Math.max(LEAST, Math.min(1 - LEAST, probability));
        return Math.log(inside / (1 - inside));
    }
}
