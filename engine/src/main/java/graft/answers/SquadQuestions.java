package graft.answers;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the questions of a file, and holds each answer against its passage. */
final class SquadQuestions {
    private static final int NAMED = 3;

    private final Path file;
    private final boolean answered;
    private final List<Question> questions = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int wrongCount;
    /** Answers that are where they are said to be only if an emoji counts as two letters. */
    private int inChars;

    /** Questions that are said to have no answer, and have one. */
    private int contradictions;

    private String firstContradiction = "";

    private Passage last;

    SquadQuestions(Path file, boolean answered) {
        this.file = file;
        this.answered = answered;
    }

    List<Question> questions() {
        return questions;
    }

    /** How many were left out. */
    int left() {
        return wrongCount;
    }

    /** What is wrong with these. */
    String wrong() {
        return String.join("; ", wrong)
                + (wrongCount > wrong.size() ? "; and " + (wrongCount - wrong.size()) + " more" : "");
    }

    /** Answers whose places count {@code char}s of UTF-16, and not letters. */
    int inChars() {
        return inChars;
    }

    /** @throws Refusal where something is wrong, or nothing is there */
    void done(boolean skip) {
        if (wrongCount > 0 && !skip) {
            throw new Refusal(wrong() + ". Mend the file, or pass --skip-unreadable to leave such questions out.");
        }
        if (questions.isEmpty()) {
            throw new Refusal(file + " holds no question"
                    + (wrongCount > 0 ? " that is in order: " + wrong() : "")
                    + ". Check that it was saved or copied to the end.");
        }
    }

    /** For the user, where what is said contradicts itself: what SQuAD 2.0's program goes by is the answers. */
    Optional<String> contradiction() {
        return contradictions == 0
                ? Optional.empty()
                : Optional.of("In " + file + " " + contradictions
                        + (contradictions == 1 ? " question has an answer" : " questions have answers")
                        + " though \"is_impossible\" is true (" + firstContradiction
                        + (contradictions == 1 ? "" : ", …")
                        + "): the answers count, as SQuAD's own program takes it.");
    }

    private void fault(String where, String what) {
        wrongCount++;
        if (wrong.size() < NAMED) {
            wrong.add(file + ", " + where + ": " + what);
        }
    }

    /** Empty where it is none. */
    Optional<Passage> passage(String article, String text, String where) {
        if (text.isBlank()) {
            fault(where, "the passage is empty");
            return Optional.empty();
        }
        if (text.length() > SquadFile.MOST_CHARACTERS) {
            fault(
                    where,
                    String.format(
                            "the passage has %,d characters, and %,d are the most; break it into several",
                            text.length(), SquadFile.MOST_CHARACTERS));
            return Optional.empty();
        }
        // Rows repeat their passage.
        if (last == null || !last.text().equals(text) || !last.article().equals(article)) {
            last = new Passage(article, text);
        }
        return Optional.of(last);
    }

    void add(Passage passage, JsonNode asked, String where) {
        String text = asked.path(SquadFile.QUESTION).asText("");
        String id = asked.path("id").asText("");
        String name = id.isEmpty() ? SquadFile.called(file) + ":" + (questions.size() + wrongCount + 1) : id;
        String other = places.putIfAbsent(name, where);
        if (text.isBlank()) {
            fault(where, "the question is empty");
        } else if (other != null) {
            fault(where, "the question has the id of another one (" + other + "); each is to have its own");
        } else if (!answered) {
            questions.add(new Question(name, file + ", " + where, passage, text, List.of()));
        } else {
            golds(passage, asked, where)
                    .ifPresent(golds -> questions.add(new Question(name, file + ", " + where, passage, text, golds)));
        }
    }

    private Optional<List<Gold>> golds(Passage passage, JsonNode asked, String where) {
        JsonNode answers = asked.path(SquadFile.ANSWERS);
        JsonNode impossible = asked.path("is_impossible");
        List<Gold> out = new ArrayList<>();
        // Rows have a list of texts and one of places.
        int count = answers.isObject() ? answers.path("text").size() : answers.size();
        if (!answers.isArray() && !answers.path("text").isArray()) {
            fault(where, "it has no list of \"answers\"; where the passage does not answer it is to be []");
            return Optional.empty();
        }
        if (count == 0 && impossible.isBoolean() && !impossible.asBoolean()) {
            fault(where, "it has no answer, and \"is_impossible\" is false");
            return Optional.empty();
        }
        if (count > 0 && impossible.asBoolean()) {
            firstContradiction = contradictions++ == 0 ? where : firstContradiction;
        }
        if (answers.isObject() && answers.path("answer_start").size() != count) {
            fault(
                    where,
                    "its \"answers\" have " + count + " texts and "
                            + answers.path("answer_start").size() + " places");
            return Optional.empty();
        }
        for (int i = 0; i < count; i++) {
            JsonNode text = answers.isObject()
                    ? answers.path("text").path(i)
                    : answers.path(i).path("text");
            JsonNode start = answers.isObject()
                    ? answers.path("answer_start").path(i)
                    : answers.path(i).path("answer_start");
            if (!text.isTextual() || text.asText().isBlank() || !start.isIntegralNumber()) {
                fault(
                        where,
                        start.isNumber() && !start.isIntegralNumber()
                                ? "\"answer_start\" is " + start + ", and is to be a whole number"
                                : "an answer is no \"text\" with an \"answer_start\": "
                                        + shortened(answers.toString()));
                return Optional.empty();
            }
            Optional<Gold> gold = gold(passage.text(), text.asText(), start.asLong());
            if (gold.isEmpty()) {
                fault(where, misplaced(passage.text(), text.asText(), start.asLong()));
                return Optional.empty();
            }
            out.add(gold.get());
        }
        return Optional.of(out);
    }

    /** Places count letters, as Python does; some programs count {@code char}s. */
    private Optional<Gold> gold(String passage, String text, long start) {
        long letters = passage.codePointCount(0, passage.length());
        if (start >= 0 && start < letters) {
            Optional<Gold> found = at(passage, text, passage.offsetByCodePoints(0, (int) start));
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<Gold> found =
                start >= 0 && start < passage.length() ? at(passage, text, (int) start) : Optional.empty();
        inChars += found.isPresent() ? 1 : 0;
        return found;
    }

    /** Blanks around an answer are none of it. */
    private static Optional<Gold> at(String passage, String text, int start) {
        if (!passage.startsWith(text, start)) {
            return Optional.empty();
        }
        int begin = start;
        int end = start + text.length();
        while (Character.isWhitespace(passage.charAt(begin))) {
            begin++;
        }
        while (Character.isWhitespace(passage.charAt(end - 1))) {
            end--;
        }
        return Optional.of(new Gold(begin, end, text));
    }

    private static String misplaced(String passage, String text, long start) {
        int letters = passage.codePointCount(0, passage.length());
        String there = start < 0 || start >= letters
                ? "the passage has " + letters + " letters"
                : "there stands \"" + shortened(passage.substring(passage.offsetByCodePoints(0, (int) start))) + "\"";
        int at = passage.indexOf(text);
        int again = at < 0 ? -1 : passage.indexOf(text, at + 1);
        String instead = at < 0
                ? "the passage does not hold it"
                : "the passage holds it " + (again < 0 ? "" : "first ") + "at " + passage.codePointCount(0, at);
        return "the answer \"" + shortened(text) + "\" is not at " + start + " (" + there + "); " + instead;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= 40
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 30)) + "…";
    }
}
