package graft.run;

import graft.Refusal;
import graft.data.DataSet;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What a result came from: hashes of the network and the data, versions of the software. */
public final class Provenance {
    private static final String NETWORK = "network_sha256";
    private static final String DATA = "data_fingerprint";
    private static final String ENCODER = "encoder_fingerprint";

    private static final String TEACHER = "teacher_sha256";
    private static final String TARGET = "target_fingerprint";

    private Provenance() {}

    /** The same, with what is known of another domain. */
    public static Map<String, String> of(FineTuningPlan plan, DataSet data, Optional<DataSet> target) {
        Map<String, String> out = of(plan, data);
        target.ifPresent(domain -> out.put(TARGET, domain.fingerprint()));
        return out;
    }

    public static Map<String, String> of(FineTuningPlan plan, DataSet data) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(NETWORK, sha256(plan.network()));
        out.put(DATA, data.fingerprint());
        out.put(ENCODER, data.encoder().fingerprint());
        out.put(
                "graft",
                Objects.requireNonNullElse(Provenance.class.getPackage().getImplementationVersion(), "built"));
        plan.get(TransferOptions.TEACHER).ifPresent(file -> out.put(TEACHER, sha256(Path.of(file))));
        if (plan.stages().size() > 1) {
            plan.get(PlanOptions.RECIPE).ifPresent(name -> out.put("recipe", name));
            out.put("stages", plan.get(PlanOptions.STAGES).toString());
        }
        out.put("java", System.getProperty("java.version"));
        return out;
    }

    /** A run may go on only with what it began with. {@code changes}: which examples are others, as far as is known. */
    public static void requireSame(
            Map<String, String> then, Map<String, String> now, FineTuningPlan plan, Supplier<String> changes) {
        if (!Objects.equals(then.get(NETWORK), now.get(NETWORK))) {
            throw new Refusal(plan.network()
                    + " is not the file that the run began with. Put the old one back, or start" + " a new run.");
        }
        if (!Objects.equals(then.get(TEACHER), now.get(TEACHER))) {
            throw new Refusal(plan.get(TransferOptions.TEACHER).orElse("The teacher")
                    + " is not the teacher that the run began with. Put the old one back, or start a new run.");
        }
        if (!Objects.equals(then.get(TARGET), now.get(TARGET))) {
            throw new Refusal("The examples of the target domain in "
                    + plan.get(TransferOptions.TARGET).orElse("--target")
                    + " have changed since the run began. Undo the change, or start a new run.");
        }
        // Runs of earlier versions do not say it.
        if (then.containsKey(ENCODER) && !then.get(ENCODER).equals(now.get(ENCODER))) {
            throw new Refusal("The examples in " + plan.data()
                    + " become other numbers than when the run began: the tokenizer of "
                    + plan.network()
                    + ", or how examples are prepared, has changed since. Put the old one back, or start a"
                    + " new run.");
        }
        if (!Objects.equals(then.get(DATA), now.get(DATA))) {
            String which = changes.get();
            throw new Refusal("The examples in " + plan.data() + " have changed since the run began: "
                    + (which.isEmpty() ? "some were added, removed, renamed or altered" : which) + ". Undo the"
                    + " change, give the place they were moved to with `graft resume " + plan.out()
                    + " --data PLACE`, or start a new run.");
        }
    }

    public static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
