package graft.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** File names as text, whatever the system's locale: Java replaces what it cannot decode, and two names become one. */
public final class FileNames {
    private static final char REPLACED = '\ufffd';

    private FileNames() {}

    /** The last part of a path. */
    public static String last(Path path) {
        Path name = path.getFileName();
        String usual = name == null ? "" : name.toString();
        if (isPlain(usual)) {
            return usual;
        }
        // The URI holds the bytes of the name itself.
        String raw = path.toUri().getRawPath();
        raw = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        return decoded(raw.substring(raw.lastIndexOf('/') + 1));
    }

    /** Whether a name is no UTF-8: its bytes are then shown as {@code \xff}. */
    public static boolean isOdd(Path path) {
        String usual = path.getFileName() == null ? "" : path.getFileName().toString();
        return usual.indexOf(REPLACED) >= 0 && last(path).contains("\\x");
    }

    /** The path inside a folder, with slashes. */
    public static String inside(Path folder, Path file) {
        StringBuilder out = new StringBuilder();
        Path at = folder;
        for (Path part : folder.relativize(file)) {
            at = at.resolve(part);
            out.append(out.length() == 0 ? "" : "/").append(last(at));
        }
        return out.toString();
    }

    /** Without a replaced character; in a locale without UTF-8 that is what "?" stands for. */
    private static boolean isPlain(String name) {
        return name.indexOf(REPLACED) < 0;
    }

    private static String decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        byte[] name = bytes.toByteArray();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            return escaped(name);
        }
    }

    /** Not valid as a whole: each byte that is no ASCII is written as its number. */
    private static String escaped(byte[] name) {
        StringBuilder out = new StringBuilder();
        for (byte value : name) {
            out.append(value >= ' ' ? String.valueOf((char) value) : String.format("\\x%02x", value & 0xff));
        }
        return out.toString();
    }
}
