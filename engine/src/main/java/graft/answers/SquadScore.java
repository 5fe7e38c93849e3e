package graft.answers;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How right an answer is, as SQuAD's programs compute it (evaluate-v1.1.py, evaluate-v2.0.py). */
final class SquadScore {
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** As Python's {@code \b}: letters, digits and the underscore are of words, accents that stand alone are not. */
    private static final Pattern ARTICLES = Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

    private SquadScore() {}

    /** Lower case, without punctuation, articles and blanks that are more than one. */
    static String normal(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(letter -> PUNCTUATION.indexOf(letter) < 0)
                .forEach(letter -> letters.append((char) letter));
        return String.join(" ", words(ARTICLES.matcher(letters).replaceAll(" ")));
    }

    /** What stands between blanks, of which Unicode has many. */
    private static List<String> words(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean blank = Character.isWhitespace(letter) || Character.isSpaceChar(letter) || letter == '\u0085';
            out.append(blank ? ' ' : letter);
        }
        String plain = out.toString().replaceAll(" +", " ").strip();
        return plain.isEmpty() ? List.of() : List.of(plain.split(" "));
    }

    static boolean exact(String said, String gold) {
        return normal(said).equals(normal(gold));
    }

    /** Of the words that both have, however often. */
    static double f1(String said, String gold) {
        List<String> found = words(normal(said));
        List<String> wanted = words(normal(gold));
        Map<String, Integer> left = new HashMap<>();
        wanted.forEach(word -> left.merge(word, 1, Integer::sum));
        int same = 0;
        for (String word : found) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                same++;
            }
        }
        if (same == 0) {
            return 0;
        }
        double precision = (double) same / found.size();
        double recall = (double) same / wanted.size();
        return 2 * precision * recall / (precision + recall);
    }

    /**
     * The best over all answers that are right, each score for itself.
     *
     * @param mayBeNone whether the questions are of SQuAD 2.0, where no answer is right where there is none
     */
    static Right of(String said, List<String> golds, boolean mayBeNone) {
        List<String> right = mayBeNone
                ? golds.stream().filter(gold -> !normal(gold).isEmpty()).toList()
                : golds;
        if (mayBeNone && (right.isEmpty() || normal(said).isEmpty())) {
            boolean both = right.isEmpty() && normal(said).isEmpty();
            return new Right(both, both ? 1 : 0);
        }
        return new Right(
                right.stream().anyMatch(gold -> exact(said, gold)),
                right.stream().mapToDouble(gold -> f1(said, gold)).max().orElse(0));
    }

    /** @param f1 0…1 */
    record Right(boolean exact, double f1) {}
}
