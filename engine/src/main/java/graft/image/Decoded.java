package graft.image;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A picture as its file stores it.
 *
 * @param bands 1 grey; 3 red, green, blue; 4 cyan, magenta, yellow, black, 255 = full
 * @param alpha per pixel, 255 = opaque; empty where the file has none
 * @param premultiplied whether the colours have been multiplied by alpha
 * @param highest value of a sample that has 16 bits; 0 where samples have fewer
 */
record Decoded(
        int width, int height, int bands, byte[] pixels, Optional<byte[]> alpha, boolean premultiplied, int highest) {

    /** From this value on a picture of 16 bits is not remarked: a dark scene has less than full light, but not a sixteenth. */
    private static final int FEW_BITS = 1 << 12;

    static Decoded opaque(Picture picture) {
        return new Decoded(
                picture.width(), picture.height(), picture.bands(), picture.pixels(), Optional.empty(), false, 0);
    }

    Decoded withoutAlpha() {
        return new Decoded(width, height, bands, pixels, Optional.empty(), false, highest);
    }

    /** As viewers show it: in sRGB, on the background, upright. May reuse the pixels. */
    Reading shown(Tags tags) {
        Set<PictureRemark> remarks = EnumSet.noneOf(PictureRemark.class);
        remarks.addAll(tags.remarks());
        Picture picture = inSrgb(tags.profile(), remarks);
        if (alpha.isPresent() && Background.isNeeded(alpha.get())) {
            Background.put(picture, alpha.get(), premultiplied);
            remarks.add(PictureRemark.TRANSPARENT);
        }
        if (tags.orientation() != Exif.UPRIGHT) {
            picture = Orientation.upright(picture, tags.orientation());
            remarks.add(PictureRemark.TURNED);
        }
        if (highest > 0 && highest < FEW_BITS) {
            remarks.add(PictureRemark.FEW_BITS);
        }
        return new Reading(picture, remarks, highest);
    }

    private Picture inSrgb(Optional<byte[]> embedded, Set<PictureRemark> remarks) {
        Optional<ColorProfile> profile = embedded.flatMap(ColorProfile::of);
        boolean fits = profile.isPresent() && (profile.get().components() == bands || isGreyIn(profile.get()));
        if (embedded.isPresent() && !fits) {
            remarks.add(PictureRemark.PROFILE_LEFT);
        }
        if (!fits && bands == 4) {
            remarks.add(PictureRemark.NAIVE_CMYK);
            return new Picture(width, height, 3, inksToRgb(pixels));
        }
        if (!fits || profile.get().isSrgb()) {
            return new Picture(width, height, bands, pixels);
        }
        remarks.add(PictureRemark.CONVERTED);
        if (bands == 1) {
            byte[] greys = profile.get().greys();
            byte[] out = new byte[pixels.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = greys[pixels[i] & 0xff];
            }
            return new Picture(width, height, 1, out);
        }
        return new Picture(width, height, 3, profile.get().toSrgb(pixels, width, height));
    }

    /** Grey pictures often carry the profile of the colour pictures they were made from. */
    private boolean isGreyIn(ColorProfile profile) {
        return bands == 1 && profile.components() == 3;
    }

    /** As Pillow does it. */
    private static byte[] inksToRgb(byte[] inks) {
        byte[] out = new byte[inks.length / 4 * 3];
        for (int from = 0, to = 0; to < out.length; from += 4) {
            int notBlack = 255 - (inks[from + 3] & 0xff);
            for (int c = 0; c < 3; c++) {
                out[to++] = (byte) Math.max(notBlack - times(inks[from + c] & 0xff, notBlack), 0);
            }
        }
        return out;
    }

    /** a·b/255, rounded, in integers. */
    private static int times(int a, int b) {
        int product = a * b + 128;
        return (product >> 8) + product >> 8;
    }
}
