package graft.answers;

import graft.data.Corrections;
import graft.data.Fingerprint;
import graft.data.Gathering;
import graft.text.TextExample;
import graft.text.WindowExamples;
import java.util.List;
import java.util.Optional;

/**
 * A question about a passage.
 *
 * @param name its id
 * @param place where the user finds it: article, passage and id, or line
 * @param golds answers that are right, the first of which is learnt; none where the passage does not tell
 */
public record Question(String name, String place, Passage passage, String text, List<Gold> golds)
        implements WindowExamples.Whole, Gathering.Entry<Question> {
    /** Whether its passage does not answer it. */
    public boolean impossible() {
        return golds.isEmpty();
    }

    /** For a tokenizer: the question first, then the passage. */
    TextExample asked() {
        return new TextExample(name, text, Optional.of(passage.text()), -1);
    }

    @Override
    public List<String> texts() {
        return List.of(text, passage.text());
    }

    @Override
    public Question named(String other) {
        return new Question(other, place, passage, text, golds);
    }

    @Override
    public String fingerprint() {
        return Corrections.fingerprint(text + "\n" + passage.text());
    }

    @Override
    public String read() {
        return passage.text();
    }

    @Override
    public void add(Fingerprint print) {
        print.add(name);
        print.add(text);
        print.add(passage.text());
        for (Gold gold : golds) {
            print.add(gold.start());
            print.add(gold.text());
        }
    }
}
