package graft.demo;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a demo writes. Another demo may take the place of an earlier one, but of nothing else. */
record DemoFolder(Path path) {
    private static final String PLAN = "demo.json";
    private static final List<String> WRITTEN =
            List.of("sample", "fine-tuned", "from-scratch", "untrained.onnx", "network.int8.onnx", "result.json");

    /** Takes the folder, and clears what an earlier demo wrote. */
    static DemoFolder take(DemoPlan plan) {
        DemoFolder folder = new DemoFolder(plan.out());
        try {
            if (Files.exists(folder.path) && !Files.exists(folder.file(PLAN)) && !folder.isEmpty()) {
                throw new Refusal(folder.path + " holds something other than a demo, which would be lost. Name a new or"
                        + " an empty folder with --out.");
            }
            Files.createDirectories(folder.path);
            folder.clear();
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot make the demo's folder " + folder.path + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to with --out.",
                    e);
        }
        Json.write(folder.file(PLAN), plan);
        return folder;
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private void clear() throws IOException {
        List<Path> old;
        try (Stream<Path> entries = Files.list(path)) {
            // Also what a demo left that was killed while it drew the sample.
            old = entries.filter(entry -> WRITTEN.contains(entry.getFileName().toString())
                            || entry.getFileName().toString().startsWith("sample.part"))
                    .toList();
        }
        for (Path entry : old) {
            try (Stream<Path> all = Files.walk(entry)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Everything a demo wrote, in alphabetical order; checkpoints are of no use any more and are left out. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(each -> !each.startsWith(file("sample")))
                    .filter(each -> !each.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Refusal("Cannot list " + path + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
