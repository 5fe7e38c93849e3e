package graft.tags;

import graft.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Holds tags that any program wrote against those that are true, as they stand in two files of columns; tags are scored as they are. */
public final class TagScores {
    private TagScores() {}

    /**
     * Scores the last column of one file by that of the other.
     *
     * @throws Refusal where the files do not hold the same words, with the line
     */
    public static TagEvaluation of(Path gold, Path said) {
        List<List<ConllFile.Line>> wanted = ConllFile.sentences(gold);
        List<List<ConllFile.Line>> found = ConllFile.sentences(said);
        TagCounts counts = new TagCounts();
        for (int s = 0; s < wanted.size(); s++) {
            List<ConllFile.Line> right = wanted.get(s);
            List<ConllFile.Line> answered = s < found.size() ? found.get(s) : List.of();
            refuseOther(gold, right, said, answered);
            counts.add(
                    TagReading.sentence(gold.getFileName().toString(), right, tags(right)),
                    tags(right),
                    tags(answered));
        }
        if (found.size() > wanted.size()) {
            throw new Refusal(said + " has " + found.size() + " sentences and " + gold + " " + wanted.size()
                    + ": what is scored is to hold the same sentences. The first one more begins in line "
                    + found.get(wanted.size()).get(0).number() + ".");
        }
        return counts.done(Double.NaN, -1);
    }

    private static List<String> tags(List<ConllFile.Line> lines) {
        return lines.stream().map(ConllFile.Line::tag).toList();
    }

    private static void refuseOther(Path gold, List<ConllFile.Line> right, Path said, List<ConllFile.Line> answered) {
        IntStream.range(0, Math.max(right.size(), answered.size()))
                .filter(i -> i >= right.size()
                        || i >= answered.size()
                        || !right.get(i).word().equals(answered.get(i).word()))
                .findFirst()
                .ifPresent(i -> {
                    throw new Refusal(at(gold, right, i) + " and " + at(said, answered, i)
                            + ": what is scored is to hold the same words in the same order, with a blank line after each"
                            + " sentence.");
                });
    }

    private static String at(Path file, List<ConllFile.Line> lines, int i) {
        if (i < lines.size()) {
            return file + " has, in line " + lines.get(i).number() + ", \""
                    + lines.get(i).word() + "\"";
        }
        return file
                + (lines.isEmpty()
                        ? " has no such sentence"
                        : " ends its sentence in line "
                                + lines.get(lines.size() - 1).number());
    }
}
