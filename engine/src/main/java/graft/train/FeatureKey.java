package graft.train;

import graft.data.Examples;
import graft.files.Json;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The name of kept features: a hash of everything they depend on, so that what is found under it is never stale. */
final class FeatureKey {
    /** Raised when the same inputs would give other numbers, or the file is laid out in another way. */
    private static final int VERSION = 1;

    private final MessageDigest digest;

    private FeatureKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @param frozen the part of the network that computes the features, its tensors included
     * @param fingerprint of the data: names, labels and content
     * @param part of the examples, in their order
     */
    static String of(
            Optional<Model> frozen,
            String fingerprint,
            Examples part,
            FineTuningPlan plan,
            long firstView,
            int views,
            int fixedBatch) {
        FeatureKey key = new FeatureKey();
        key.add("version " + VERSION);
        key.add(frozen.map(OnnxFile::toBytes).orElse(new byte[0]));
        key.add(fingerprint);
        for (int i = 0; i < part.size(); i++) {
            key.add(part.name(i));
        }
        key.add(Json.write(plan.preprocessing()));
        // The last bit of a result depends on how many threads share the work.
        key.add(firstView + " " + views + " " + fixedBatch + " " + plan.threads());
        if (firstView > 0) {
            key.add(Json.write(plan.augment()) + " " + plan.seed());
        }
        return HexFormat.of().formatHex(key.digest.digest());
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length goes in first, so that "ab", "c" and "a", "bc" differ. */
    private void add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(8).putLong(0, bytes.length));
        digest.update(bytes);
    }
}
