package graft.app.jobs;

import graft.files.NativeLibraries;
import graft.progress.Progress;
import graft.worker.Opening;
import graft.worker.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a network as the window does, then says which libraries of networks its own process has loaded. */
final class OpeningProgram {
    private OpeningProgram() {}

    public static void main(String[] args) throws IOException {
        NativeLibraries.announce();
        try (Workers workers = new Workers()) {
            System.out.println("layers "
                    + workers.ask(Works.OPEN, new Opening.Plan(Path.of(args[0])), Progress.NONE)
                            .network()
                            .layers()
                            .size());
        }
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            maps.map(line -> line.replaceFirst(".*/", ""))
                    .filter(library -> library.matches(".*(onnxruntime|torch|djl|dnnl).*\\.so.*"))
                    .distinct()
                    .forEach(System.out::println);
        }
    }
}
