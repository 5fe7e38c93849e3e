package graft.project;

import graft.Refusal;
import graft.data.Fingerprint;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.project.RunPack.Entry;
import graft.project.RunPack.Manifest;
import graft.project.RunPack.Measured;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads {@code .graft} files, which are never trusted: only names that {@link RunPack} writes are taken, none of them leads out of
 * the run's folder, nothing is longer than the file says of itself, and what was altered is refused.
 */
public final class OpenedPack {
    /** More cannot be a manifest, a plan or the figures of a run. */
    private static final long LONGEST_TEXT = 256L << 20;
    /** Weights hardly get smaller; what unpacks to more is made to fill a disk. */
    private static final long LARGEST_RATIO = 200;

    /** Of a network; what a system could take for something else than a file of this folder is none. */
    private static final Pattern NAME = Pattern.compile("[\\w][\\w .+-]{0,100}[.]onnx");

    private static final long SMALL = 64L << 20;

    private OpenedPack() {}

    /**
     * Takes the run in a file into a project, as a new run of its own.
     *
     * @throws Refusal where the file is none of Graft's, or damaged
     */
    public static RunEntry open(ProjectFolder project, Path file) {
        Path run = RunFolders.next(project.path());
        Path aside = run.resolveSibling(".opening-" + ProcessHandle.current().pid() + "-" + run.getFileName());
        try {
            Files.createDirectories(aside);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                Manifest manifest = manifest(zip, file);
                check(zip, manifest, file);
                for (Map.Entry<String, Entry> entry : manifest.files().entrySet()) {
                    unpack(zip, entry.getKey(), entry.getValue(), aside, file);
                }
                RunEntry out = take(project, manifest, aside, run, file);
                return out;
            }
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new Refusal(
                    file + " is damaged, or no .graft file: " + e.getMessage()
                            + ". Ask for another copy of it; `graft runs pack` writes such files.",
                    e);
        } catch (IOException e) {
            throw new Refusal("Cannot open " + file + ": " + AtomicFile.reason(e) + ".", e);
        } finally {
            clear(aside);
        }
    }

    private static Refusal damaged(Path file, String what) {
        return new Refusal(file + " is damaged, or was made to mislead: " + what
                + ". Nothing of it was taken; ask for another copy.");
    }

    private static Manifest manifest(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(RunPack.MANIFEST);
        if (entry == null) {
            throw new Refusal(file + " is a zip file, but no run of Graft: it holds no " + RunPack.MANIFEST
                    + ". Drop pictures or texts in a zip as data instead.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] text = in.readNBytes((int) LONGEST_TEXT);
            Manifest manifest = Json.read(new String(text, java.nio.charset.StandardCharsets.UTF_8), Manifest.class);
            if (manifest.format() > RunPack.FORMAT) {
                throw new Refusal(file + " was written by a newer version of Graft (format " + manifest.format()
                        + "). Open it with that version.");
            }
            if (manifest.files() == null || manifest.created() == null || manifest.status() == null) {
                throw damaged(file, RunPack.MANIFEST + " does not say what is in it");
            }
            Instant.parse(manifest.created());
            return manifest;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw damaged(file, RunPack.MANIFEST + " cannot be read");
        }
    }

    private static void check(ZipFile zip, Manifest manifest, Path file) {
        Set<String> known = new HashSet<>(RunPack.OF_FOLDER);
        known.addAll(List.of(RunPack.PLAN, RunPack.RESULT, RunPack.METRICS, RunPack.START));
        Set<String> seen = new HashSet<>();
        zip.stream().forEach(entry -> {
            if (!entry.getName().equals(RunPack.MANIFEST)
                    && !(known.contains(entry.getName()) && manifest.files().containsKey(entry.getName()))) {
                throw damaged(file, "it holds \"" + entry.getName() + "\", which belongs to no run");
            }
            if (!seen.add(entry.getName())) {
                throw damaged(file, "it holds " + entry.getName() + " twice");
            }
        });
        for (String name : List.of(RunPack.PLAN, RunPack.METRICS)) {
            if (!seen.contains(name) || !manifest.files().containsKey(name)) {
                throw damaged(file, "it holds no " + name);
            }
        }
        long bytes = 0;
        for (Map.Entry<String, Entry> each : manifest.files().entrySet()) {
            Entry entry = each.getValue();
            if (!known.contains(each.getKey()) || !seen.contains(each.getKey())) {
                throw damaged(file, "it holds no " + each.getKey());
            }
            if (entry == null
                    || entry.sha256() == null
                    || entry.bytes() < 0
                    || each.getKey().endsWith(".json") && entry.bytes() > LONGEST_TEXT) {
                throw damaged(file, "the size of " + each.getKey() + " cannot be");
            }
            bytes = Math.addExact(bytes, entry.bytes());
        }
        if (bytes > SMALL && bytes / LARGEST_RATIO > file.toFile().length()) {
            throw damaged(file, "it would become " + (bytes >> 20) + " MiB");
        }
    }

    private static void unpack(ZipFile zip, String name, Entry said, Path folder, Path file) throws IOException {
        MessageDigest digest = Fingerprint.sha256();
        Path to = folder.resolve(name);
        try (InputStream in = zip.getInputStream(zip.getEntry(name));
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            byte[] buffer = new byte[1 << 16];
            long left = said.bytes();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw damaged(file, name + " is longer than it says");
                }
                out.write(buffer, 0, read);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(said.sha256())) {
            throw damaged(file, name + " is not what was packed");
        }
    }

    /** Gives everything its place in the project. */
    private static RunEntry take(ProjectFolder project, Manifest manifest, Path aside, Path run, Path file)
            throws IOException {
        FineTuningPlan packed = read(aside.resolve(RunPack.PLAN), FineTuningPlan.class, file);
        Measured measured = read(aside.resolve(RunPack.METRICS), Measured.class, file);
        FineTuningResult result = Files.exists(aside.resolve(RunPack.RESULT))
                ? read(aside.resolve(RunPack.RESULT), FineTuningResult.class, file)
                : null;
        Path start = start(manifest, aside, run);
        FineTuningPlan plan = new FineTuningPlan(
                start,
                Path.of(String.valueOf(manifest.data())),
                run,
                packed.settings(),
                packed.preprocessing(),
                packed.reading());
        if (result != null) {
            if (result.status() == null || result.epochs() == null) {
                throw damaged(file, RunPack.RESULT + " does not say how the run ended");
            }
            com.fasterxml.jackson.databind.node.ObjectNode here =
                    (com.fasterxml.jackson.databind.node.ObjectNode) Json.tree(result);
            if (Files.exists(aside.resolve("network.onnx"))) {
                here.put("network", run.resolve("network.onnx").toString());
            } else {
                here.remove("network");
            }
            Json.write(aside.resolve(RunPack.RESULT), here);
        }
        Json.write(aside.resolve(RunPack.PLAN), plan);
        Files.delete(aside.resolve(RunPack.METRICS)); // they are in the history from now on
        Files.move(aside, run);
        return project.take(plan, manifest, measured, run.resolve(RunPack.RESULT));
    }

    /** The network that the run began with, under the name that it had, where that can be the name of a file beside the others. */
    private static Path start(Manifest manifest, Path aside, Path run) throws IOException {
        String name = String.valueOf(manifest.network());
        if (!Files.exists(aside.resolve(RunPack.START))) {
            return Path.of(name);
        }
        if (!NAME.matcher(name).matches() || Files.exists(aside.resolve(name)) || RunPack.OF_FOLDER.contains(name)) {
            return run.resolve(RunPack.START);
        }
        Files.move(aside.resolve(RunPack.START), aside.resolve(name));
        return run.resolve(name);
    }

    private static <T> T read(Path part, Class<T> type, Path file) {
        try {
            T read = Json.read(Files.readString(part), type);
            if (read == null) {
                throw damaged(file, part.getFileName() + " is empty");
            }
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, part.getFileName() + " cannot be read");
        }
    }

    private static void clear(Path aside) {
        if (!Files.exists(aside)) {
            return;
        }
        try (Stream<Path> inside = Files.list(aside)) {
            for (Path each : inside.toList()) {
                Files.delete(each);
            }
            Files.delete(aside);
        } catch (IOException e) {
            throw new Refusal("Cannot remove " + aside + ": " + AtomicFile.reason(e) + ". Delete it by hand.", e);
        }
    }
}
