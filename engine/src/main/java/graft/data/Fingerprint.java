package graft.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over a sequence of names, numbers and content. */
public final class Fingerprint {
    private final MessageDigest digest = sha256();

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The length goes in first, so that "ab", "c" and "a", "bc" differ. */
    public void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
    }

    public void add(List<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
    }

    public void add(long number) {
        digest.update(ByteBuffer.allocate(8).putLong(0, number));
    }

    public void add(byte[] content) {
        digest.update(content);
    }

    public void add(ByteBuffer content) {
        digest.update(content.duplicate().rewind());
    }

    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
