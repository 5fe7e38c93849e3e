package graft.image;

import graft.data.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks of a PNG: whether they are whole, and what they say beside the pixels. */
final class PngFile {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int AROUND = 12;
    /** Deflate cannot pack more than this into one byte. */
    private static final long MOST_PER_BYTE = 1032;

    private static final int LARGEST_PROFILE = 16 << 20;
    /** Of {@code gAMA}: 1/2.2 in hundred thousandths; sRGB files say this, with some rounding. */
    private static final int SRGB_GAMMA = 45455;

    private static final int GAMMA_ROUNDING = 1500;
    private static final int PRIMARIES_BT709 = 1;
    private static final int TRANSFER_SRGB = 13;

    private final byte[] file;
    private final Set<PictureRemark> remarks = EnumSet.noneOf(PictureRemark.class);
    private int orientation = Exif.UPRIGHT;
    private Optional<byte[]> profile = Optional.empty();
    private boolean srgb;
    private boolean oddGamma;
    private boolean ended;
    private long dataBytes;

    private PngFile(byte[] file) {
        this.file = file;
    }

    /** @throws IOException where the file is cut off or a checksum says that it has changed */
    static Tags tags(byte[] file) throws IOException {
        PngFile png = new PngFile(file);
        png.walk();
        png.checkLength();
        if (!png.ended) {
            png.remarks.add(PictureRemark.NO_END);
        }
        if (png.profile.isEmpty() && !png.srgb && png.oddGamma) {
            png.remarks.add(PictureRemark.PROFILE_LEFT);
        }
        return new Tags(png.orientation, png.srgb ? Optional.empty() : png.profile, png.remarks);
    }

    private void walk() throws IOException {
        int at = SIGNATURE;
        while (!ended && at < file.length) {
            long length = Bytes.big32(file, at);
            boolean critical = (Bytes.at(file, at + 4) & 0x20) == 0;
            if (at + AROUND + length > file.length) {
                if (critical && dataBytes == 0 || Bytes.begins(file, at + 4, "IDAT")) {
                    throw new IOException(PictureReader.ENDS_EARLY);
                }
                return; // what is behind the picture's data is not needed
            }
            CRC32 checksum = new CRC32();
            checksum.update(file, at + 4, (int) length + 4);
            boolean right = checksum.getValue() == Bytes.big32(file, at + 8 + length);
            if (!right && (critical || Bytes.begins(file, at + 4, "tRNS"))) {
                throw new IOException("it is damaged (a checksum in it is wrong)");
            }
            if (right) {
                take(at + 8, (int) length);
            }
            at += AROUND + (int) length;
        }
    }

    private void take(int body, int length) {
        String type = new String(file, body - 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        switch (type) {
            case "IDAT" -> dataBytes += length;
            case "IEND" -> ended = true;
            case "eXIf" -> orientation = Exif.of(file, body, length).orientation();
            case "sRGB" -> srgb = true;
            case "iCCP" -> takeProfile(body, length);
            case "gAMA" -> oddGamma |= Math.abs(Bytes.big32(file, body) - SRGB_GAMMA) > GAMMA_ROUNDING;
            case "cICP" -> {
                if (Bytes.at(file, body) != PRIMARIES_BT709 || Bytes.at(file, body + 1) != TRANSFER_SRGB) {
                    remarks.add(PictureRemark.PROFILE_LEFT);
                }
            }
            case "acTL" -> remarks.add(PictureRemark.FIRST_FRAME);
            default -> {}
        }
    }

    private void takeProfile(int body, int length) {
        int name = body;
        while (name < body + length && file[name] != 0) {
            name++;
        }
        int from = name + 2;
        if (from >= body + length) {
            return;
        }
        Inflater inflater = new Inflater();
        inflater.setInput(Arrays.copyOfRange(file, from, body + length));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int got = inflater.inflate(part);
                    got > 0 && out.size() < LARGEST_PROFILE;
                    got = inflater.inflate(part)) {
                out.write(part, 0, got);
            }
            profile = Optional.of(out.toByteArray());
        } catch (DataFormatException e) {
            // A profile that cannot be unpacked cannot be used: that is remarked.
            profile = Optional.of(new byte[0]);
        } finally {
            inflater.end();
        }
    }

    /** A header may promise anything; the memory for it is not asked for where so few bytes cannot hold it. */
    private void checkLength() throws IOException {
        long width = Bytes.big32(file, 16);
        long height = Bytes.big32(file, 20);
        PictureReader.checkSize(width, height);
        int channels =
                switch (Bytes.at(file, 25)) {
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 1;
                };
        long bits = width * height * channels * Bytes.at(file, 24);
        if (bits / 8 > (dataBytes + 1) * MOST_PER_BYTE) {
            throw new IOException(PictureReader.ENDS_EARLY);
        }
    }
}
