package graft.image;

import java.util.Set;

/** What should be known of a picture that could be read: it was not taken as the bytes lie there, or may not be what it seems. */
enum PictureRemark {
    TURNED("are turned or mirrored, as the orientation in their EXIF data says and as viewers show them"),
    TRANSPARENT("are transparent in parts; white is put behind them, in training, judging and on the screen"),
    CONVERTED("have a colour profile other than sRGB; their colours were converted to sRGB"),
    PROFILE_LEFT(
            "have colour information (a profile, gamma or wide-gamut chunk) that could not be used; their numbers are"
                    + " taken as sRGB, and viewers may show other colours"),
    NAIVE_CMYK(
            "are in printing colours (CMYK) without a profile; they were converted by the simple rule of most programs,"
                    + " and colours may differ from print"),
    FEW_BITS(
            "have 16 bits per value but use only the lowest of them: all values are below %d (they look like %d bits), so"
                    + " the pictures are nearly black. Multiply their values before training"),
    FIRST_FRAME("hold more than one picture; only the first is used"),
    NO_END("lack the mark at their end but hold all their pixels; they were read as viewers do"),
    ODD_DATA("hold data that belong to no pixel, as after a faulty copy: a part of the picture may be wrong");

    private final String words;

    PictureRemark(String words) {
        this.words = words;
    }

    /** What a sentence says whose subject are the pictures. */
    String words(int highest) {
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(highest));
        return String.format(words, 1 << bits, bits);
    }

    /** Whether the user should look at these pictures, and not only know of them. */
    boolean isProblem() {
        return Set.of(PROFILE_LEFT, FEW_BITS, ODD_DATA).contains(this);
    }
}
