package graft.text;

import graft.progress.Progress;

/** How many texts say nothing to a network, because its tokenizer knows none of their words. */
public final class UnknownWords {
    private final String what;
    private final String such;
    private int count;
    private String first = "";

    /**
     * @param what a text is called
     * @param such how the first of them is named: "such as "
     */
    public UnknownWords(String what, String such) {
        this.what = what;
        this.such = such;
    }

    public void add(String name, boolean known) {
        if (!known) {
            first = count == 0 ? name : first;
            count++;
        }
    }

    public void tell(Progress progress) {
        if (count > 0) {
            progress.note(count + " " + what + (count == 1 ? " consists" : "s consist")
                    + " only of words that the tokenizer does not know, " + such + first
                    + ": for the network they are all alike. Is it a network for this language?");
        }
    }
}
