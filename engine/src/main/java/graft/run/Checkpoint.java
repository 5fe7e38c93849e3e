package graft.run;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run's state in one file, which is replaced as a whole.
 *
 * @param learnt weights and running statistics by name, those of earlier stages too
 * @param optimizer its state by name
 * @param best what {@code learnt} was after the best epoch; empty before the first
 * @param provenance hashes of what the run learns from; a resumed run must find the same
 */
public record Checkpoint(
        Position position,
        Map<String, Tensor> learnt,
        Map<String, Tensor> optimizer,
        Map<String, Tensor> best,
        Map<String, String> provenance) {
    public static final String FILE = "checkpoint.safetensors";
    private static final String FORMAT = "1";

    /** Of a run that is yet to begin. */
    public static Checkpoint atStart(Map<String, String> provenance) {
        return new Checkpoint(Position.START, Map.of(), Map.of(), Map.of(), provenance);
    }

    /** What the next stage goes on from: an optimizer that remembers nothing. */
    public Checkpoint atNextStage() {
        return new Checkpoint(position.atNextStage(), learnt, Map.of(), best, provenance);
    }

    void write(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        learnt.forEach((name, tensor) -> tensors.put("learnt/" + name, tensor));
        optimizer.forEach((name, tensor) -> tensors.put("optimizer/" + name, tensor));
        best.forEach((name, tensor) -> tensors.put("best/" + name, tensor));
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("graft.checkpoint", FORMAT);
        notes.put("position", Json.write(position));
        provenance.forEach((key, value) -> notes.put("provenance." + key, value));
        new SafeTensors(notes, tensors).write(file);
    }

    /** Empty where no checkpoint was written yet. */
    public static Optional<Checkpoint> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(SafeTensors.read(file), file));
        } catch (IOException | IllegalArgumentException e) {
            String what = e instanceof IllegalArgumentException
                    ? "its header is damaged"
                    : AtomicFile.reason((IOException) e);
            throw new Refusal(
                    "Cannot go on from " + file + ": " + what
                            + ". Delete it, and the run begins again at its first step, with the same result in the end.",
                    e);
        }
    }

    private static Checkpoint of(SafeTensors stored, Path file) {
        if (!FORMAT.equals(stored.notes().get("graft.checkpoint"))) {
            throw new Refusal(file + " is a checkpoint of another version of Graft (format "
                    + stored.notes().get("graft.checkpoint") + "). Resume the run with that version.");
        }
        Map<String, String> provenance = new LinkedHashMap<>();
        stored.notes().forEach((key, value) -> {
            if (key.startsWith("provenance.")) {
                provenance.put(key.substring("provenance.".length()), value);
            }
        });
        return new Checkpoint(
                Json.read(stored.notes().getOrDefault("position", ""), Position.class),
                group(stored, "learnt/"),
                group(stored, "optimizer/"),
                group(stored, "best/"),
                provenance);
    }

    private static Map<String, Tensor> group(SafeTensors stored, String prefix) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        stored.tensors().forEach((key, tensor) -> {
            if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                out.put(name, tensor.named(name));
            }
        });
        return out;
    }
}
