package graft.online;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a file's content must be, as whoever offers it states it.
 *
 * @param hex in small letters
 */
public record Checksum(Kind kind, String hex) {
    /** How it is computed. */
    public enum Kind {
        /** SHA-256 of the content. */
        SHA256("SHA-256"),
        /** SHA-1 of "blob", the length and the content: a git object's name, which hubs state for small files. */
        GIT("SHA-1");

        private final String algorithm;

        Kind(String algorithm) {
            this.algorithm = algorithm;
        }

        String algorithm() {
            return algorithm;
        }
    }

    private static final int PIECE = 1 << 20;

    public Checksum {
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** The SHA-256 of {@code file}'s content. */
    public static Checksum sha256(Path file) throws IOException {
        return new Checksum(Kind.SHA256, computed(Kind.SHA256, file));
    }

    /** Whether {@code file} has this content. */
    public boolean holdsFor(Path file) throws IOException {
        return computed(kind, file).equals(hex);
    }

    private static String computed(Kind kind, Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(kind.algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + kind.algorithm, e);
        }
        if (kind == Kind.GIT) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
