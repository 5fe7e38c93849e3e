package graft.text;

import graft.progress.Progress;
import java.util.List;

/** How many texts were cut, or say nothing to the network. */
public final class TokenCounts {
    private long texts;
    private long truncated;
    private long unknown;
    private String firstUnknown = "";

    public void add(List<TextExample> examples, List<Tokens> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            truncated += tokens.get(i).truncated() ? 1 : 0;
            if (tokens.get(i).unknown()) {
                firstUnknown = unknown == 0 ? examples.get(i).name() : firstUnknown;
                unknown++;
            }
        }
        texts += tokens.size();
    }

    public void tell(int maxLength, Progress progress) {
        if (truncated > 0) {
            progress.note(truncated + " of " + texts + (texts == 1 ? " text is" : " texts are") + " longer than "
                    + maxLength + " tokens and cut there; --max-length sets another limit.");
        }
        if (unknown > 0) {
            progress.note(unknown + (unknown == 1 ? " text consists" : " texts consist")
                    + " only of characters that the tokenizer does not know, such as " + firstUnknown
                    + ": for the network they are all alike. Is it a network for this language?");
        }
    }
}
