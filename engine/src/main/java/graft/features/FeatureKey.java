package graft.features;

import graft.data.Encoder;
import graft.files.Json;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of everything that kept features depend on, so that what is found under them is never stale. */
final class FeatureKey {
    /** Raised when the same inputs would give other numbers, or the file is laid out in another way. */
    private static final int VERSION = 4;

    private FeatureKey() {}

    /** Of a part of a network: its nodes and its tensors; not of what the file says of inner shapes, nor of its notes. */
    static String frozen(Model part) {
        Model bare = part.withGraph(part.graph().edit().forgetInnerShapes().build());
        for (String note : part.metadata().keySet()) {
            bare = bare.withoutMetadata(note);
        }
        MessageDigest digest = sha256();
        try {
            // Of a large network's bytes there is no room for one more copy.
            OnnxFile.pass(
                    bare,
                    length -> digest.update(ByteBuffer.allocate(8).putLong(0, length)),
                    new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Of all that decides a record beside the frozen part and the example.
     *
     * @param augmented whether the views are augmented ones; plain views are the same whatever the augmentation
     */
    static String how(FineTuningPlan plan, Encoder encoder, int fixedBatch, boolean augmented) {
        return how(
                encoder,
                fixedBatch,
                plan.get(PlanOptions.THREADS),
                augmented ? Json.write(plan.get(PlanOptions.AUGMENT)) + " " + plan.get(PlanOptions.SEED) : "");
    }

    /** The same of plain views. */
    static String plain(Encoder encoder, int fixedBatch, int threads) {
        return how(encoder, fixedBatch, threads, "");
    }

    private static String how(Encoder encoder, int fixedBatch, int threads, String views) {
        return of(
                bytes("version " + VERSION),
                bytes(encoder.fingerprint()),
                // The last bit of a result depends on how many threads share the work.
                bytes(fixedBatch + " " + threads),
                bytes(views));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 over the parts and their lengths, so that "ab", "c" and "a", "bc" differ; in hexadecimal. */
    static String of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(8).putLong(0, part.length));
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
