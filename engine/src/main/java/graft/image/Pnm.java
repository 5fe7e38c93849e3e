package graft.image;

import java.io.IOException;
import java.util.Optional;

/** Reads the binary forms of Netpbm: P5 (.pgm, grey) and P6 (.ppm, colour). ImageIO has no reader for them. */
final class Pnm {
    private final byte[] file;
    private int at = 2;

    private Pnm(byte[] file) {
        this.file = file;
    }

    static boolean isPnm(byte[] file) {
        return file.length > 8
                && file[0] == 'P'
                && (file[1] == '5' || file[1] == '6')
                && Character.isWhitespace(file[2]);
    }

    static Reading read(byte[] file) throws IOException {
        return new Pnm(file).read();
    }

    private Reading read() throws IOException {
        int bands = file[1] == '6' ? 3 : 1;
        int width = number();
        int height = number();
        int most = number();
        at++; // exactly one white space ends the header
        PictureReader.checkSize(width, height);
        if (most < 1 || most > 65535) {
            throw new IOException("its header is damaged");
        }
        int bytes = most > 255 ? 2 : 1;
        if (file.length - at < (long) width * height * bands * bytes) {
            throw new IOException(PictureReader.ENDS_EARLY);
        }
        byte[] pixels = new byte[width * height * bands];
        int highest = 0;
        for (int i = 0; i < pixels.length; i++) {
            int value = file[at++] & 0xff;
            if (bytes == 2) {
                value = value << 8 | file[at++] & 0xff;
            }
            highest = Math.max(highest, value);
            pixels[i] = (byte) (most == 255 ? value : Math.min(255, (int) Math.rint(value * 255.0 / most)));
        }
        return new Decoded(width, height, bands, pixels, Optional.empty(), false, most == 65535 ? highest : 0)
                .shown(Tags.NONE);
    }

    private int number() throws IOException {
        while (at < file.length && (Character.isWhitespace(file[at]) || file[at] == '#')) {
            if (file[at] == '#') {
                while (at < file.length && file[at] != '\n') {
                    at++;
                }
            } else {
                at++;
            }
        }
        int value = 0;
        int digits = 0;
        while (at < file.length && file[at] >= '0' && file[at] <= '9' && digits < 9) {
            value = value * 10 + file[at++] - '0';
            digits++;
        }
        if (digits == 0) {
            throw new IOException("its header is damaged");
        }
        return value;
    }
}
