package graft.tags;

import graft.progress.Progress;
import graft.text.UnknownWords;

/** How sentences fared that were cut into windows. */
final class SentenceCounts {
    private final UnknownWords unknown = new UnknownWords("sentence", "such as ");
    private int sentences;
    private int mute;
    private int parted;

    /** @param known whether the tokenizer knows a word of it */
    void add(Sentence sentence, Windows cut, boolean known) {
        sentences++;
        mute += cut.mute();
        parted += cut.list().size() > 1 ? 1 : 0;
        unknown.add(sentence.name(), known);
    }

    /** @param most tokens of a window */
    void tell(int most, Progress progress) {
        if (parted > 0) {
            progress.note(parted + " of " + sentences + (sentences == 1 ? " sentence is" : " sentences are")
                    + " longer than " + most
                    + " tokens and read in windows that overlap; each word is tagged in the window that shows"
                    + " most of what stands around it. --max-length sets another limit.");
        }
        if (mute > 0) {
            progress.note("Of " + mute + (mute == 1 ? " word" : " words")
                    + " the tokenizer leaves nothing, so that they get the tag O: they are of control characters or the"
                    + " like.");
        }
        unknown.tell(progress);
    }
}
