package graft.image;

import graft.data.Bytes;
import graft.data.ForeignKind;
import java.io.IOException;
import java.util.Optional;

/** The kinds of files that are read, told by their first bytes whatever the file is called. */
enum PictureKind {
    JPEG,
    PNG,
    GIF,
    WEBP,
    BMP,
    TIFF,
    PNM;

    /** Enough of a file to tell its kind. */
    static final int HEAD = 4096;

    /** Shorter than any picture but a PGM; what a broken copy leaves. */
    private static final int FEWEST = 16;

    /** Empty where the bytes begin no picture of a kind that is read. */
    static Optional<PictureKind> find(byte[] head) {
        if (JpegHeader.isJpeg(head)) {
            return Optional.of(JPEG);
        }
        if (Bytes.begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (Bytes.begins(head, 0, "GIF87a") || Bytes.begins(head, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (Bytes.begins(head, 0, "RIFF") && Bytes.begins(head, 8, "WEBP")) {
            return Optional.of(WEBP);
        }
        if (Bytes.begins(head, 0, "BM") && head.length >= 18 && Bytes.little32(head, 14) <= 256) {
            return Optional.of(BMP);
        }
        if (Bytes.begins(head, 0, "II*\0") || Bytes.begins(head, 0, "MM\0*")) {
            return Optional.of(TIFF);
        }
        return Pnm.isPnm(head) ? Optional.of(PNM) : Optional.empty();
    }

    /** @throws IOException that says what the file is instead */
    static PictureKind of(byte[] head) throws IOException {
        Optional<String> foreign = ForeignKind.of(head);
        if (foreign.isPresent()) {
            throw new IOException(foreign.get());
        }
        Optional<PictureKind> kind = find(head);
        if (kind.isEmpty() || kind.get() != PNM && head.length < FEWEST) {
            throw new IOException(head.length == 0 ? "it is empty" : unknown(head));
        }
        return kind.get();
    }

    /** The name as people write it. */
    String word() {
        return this == WEBP ? "WebP" : this == PNM ? "PGM or PPM" : name();
    }

    /** Of a file that begins as nothing known does. */
    private static String unknown(byte[] head) {
        if (head.length < FEWEST) {
            return "it holds only " + head.length + (head.length == 1 ? " byte" : " bytes") + ", too few for a picture";
        }
        boolean zeros = true;
        for (byte value : head) {
            zeros &= value == 0;
        }
        String kinds = " (" + String.join(", ", PictureReader.ENDINGS) + ")";
        if (zeros) {
            return "it holds nothing but zeros, as after a copy that failed";
        }
        return ForeignKind.isText(head)
                ? "it is no picture but a text"
                : "it is no picture of a kind Graft reads" + kinds;
    }
}
