package graft.image;

import java.util.Locale;

/** How pictures are prepared, told so that another program can do the same. */
public final class Preparation {
    private Preparation() {}

    /** All steps from the file to the network's input. */
    public static String inWords(Preprocessing how) {
        return decoding(how.channels()) + " " + resizing(how) + " "
                + "Then x = (pixel / 255 * " + Preprocessing.number(how.scale())
                + " - mean) / std per channel, with mean "
                + Preprocessing.join(how.mean()) + " and std " + Preprocessing.join(how.std()) + ", channels "
                + how.channels().name().toLowerCase(Locale.ROOT) + "; axes "
                + (how.layout() == Layout.NCHW ? "batch, channel, height, width." : "batch, height, width, channel.");
    }

    private static String decoding(Channels channels) {
        return "Decode as viewers show it: turned as its EXIF orientation says, colours converted to sRGB, transparent parts on"
                + " white, 8 bits per channel (of 16 bits the high byte), grey as red = green = blue."
                + (channels == Channels.GRAY ? " Make it grey: (299 R + 587 G + 114 B) / 1000." : "");
    }

    private static String resizing(Preprocessing how) {
        String filter = " with a bilinear filter that is antialiased (a triangle as wide as the reduction; Pillow's"
                + " BILINEAR), rounded to 8 bits.";
        Resizing resizing = how.resizing();
        String size = how.height() + " x " + how.width();
        if (resizing.stretched()) {
            return "Resize to exactly " + size + " pixels (height x width), proportions not kept," + filter;
        }
        String target = resizing.height() == resizing.width()
                ? "the shorter side is " + Resizing.number(resizing.height()) + " pixels"
                : "it just covers " + Resizing.number(resizing.height()) + " x " + Resizing.number(resizing.width())
                        + " pixels (height x width)";
        return "Resize, proportions kept, so that " + target + " (both sides rounded)," + filter
                + " Cut out the middle " + size + " pixels.";
    }
}
