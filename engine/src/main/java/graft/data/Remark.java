package graft.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Something about a data set that stops nothing and may mislead: an assumption that was made, or a likely mistake.
 *
 * @param text one or two sentences for the user, with a count
 * @param files those it is about; may be empty
 * @param fix what would mend it; {@link Corrections#NONE} where only the user can
 */
public record Remark(Kind kind, String text, List<Path> files, Corrections fix) {

    /** What it is about. */
    public enum Kind {
        /** How the folders were understood. */
        LAYOUT,
        /** One picture in several classes. */
        SAME_IN_TWO_CLASSES,
        /** One picture to learn from and to judge by. */
        LEARNT_AND_JUDGED,
        /** Two pictures of one name, such as a photograph and its mask. */
        PAIRS,
        /** Pictures in folders inside class folders. */
        DEEPER,
        /** Class names that hardly differ. */
        NEARLY_EQUAL,
        /** A class with one picture, or with none to judge by. */
        NEVER_JUDGED,
        /** A folder such as {@code Test} that was taken for a class. */
        PART_AS_CLASS,
        /** Classes of very different size. */
        IMBALANCE,
        /** Class names that are numbers. */
        NUMBERS,
        /** Names that are no text. */
        NAMES,
        /** How pictures were read. */
        READING,
        /** Pictures that may not be what they seem. */
        DOUBTFUL,
        /** What was corrected by the user's word. */
        CORRECTED
    }

    /** Whether it is likely a mistake, and not only something to know. */
    public boolean isProblem() {
        return switch (kind) {
            case LAYOUT, NUMBERS, READING, CORRECTED -> false;
            default -> true;
        };
    }

    public static Remark of(Kind kind, String text, List<Path> files) {
        return new Remark(kind, text, List.copyOf(files), Corrections.NONE);
    }
}
