package graft.image;

import java.util.Locale;

/** Height and width in pixels, written {@code 224} where they are equal, else {@code 224x320}: the height first. */
public record PictureSize(int height, int width) {

    /** @throws NumberFormatException where it is neither */
    public static PictureSize parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("[x×]", -1);
        if (parts.length > 2) {
            throw new NumberFormatException("\"" + text + "\" is no size such as 224 or 224x320 (height x width)");
        }
        int height = Integer.parseInt(parts[0].strip());
        return new PictureSize(height, parts.length == 2 ? Integer.parseInt(parts[1].strip()) : height);
    }

    @Override
    public String toString() {
        return height == width ? Integer.toString(height) : height + "x" + width;
    }
}
