package graft.answers;

import graft.progress.Progress;
import graft.text.Asked;
import graft.text.UnknownWords;

/** How questions fared that were cut into windows. */
final class CutCounts {
    private final UnknownWords unknown = new UnknownWords("passage", "such as that of ");
    private int questions;
    private int cut;
    private int parted;
    private int lost;
    private String firstLost = "";

    /** @param found whether its answer is in one of its windows, where it has one */
    void add(Question question, Asked asked, int windows, boolean found) {
        questions++;
        cut += asked.cut() ? 1 : 0;
        parted += windows > 1 ? 1 : 0;
        if (!found) {
            firstLost = lost == 0 ? question.name() : firstLost;
            lost++;
        }
        unknown.add(question.name(), asked.pieces().known());
    }

    void tell(int length, Cutting cutting, Progress progress) {
        if (parted > 0) {
            progress.note("The passages of " + parted + " of " + questions
                    + (questions == 1 ? " question" : " questions")
                    + " are longer than a window of " + length + " tokens has room for, and read in windows that share "
                    + cutting.overlap()
                    + " tokens; an answer is the best of all windows. --max-length and --doc-stride set others.");
        }
        if (cut > 0) {
            progress.note(cut + (cut == 1 ? " question is" : " questions are") + " longer than "
                    + Cutting.ofQuestion(length) + " tokens and cut there.");
        }
        if (lost > 0) {
            progress.note(lost + (lost == 1 ? " answer is" : " answers are")
                    + " in no window as a whole, such as that of " + firstLost
                    + ": nothing can be learnt from " + (lost == 1 ? "it" : "them") + ", and judging counts "
                    + (lost == 1 ? "it" : "them") + " all the same. A larger --max-length or --doc-stride helps.");
        }
        unknown.tell(progress);
    }
}
