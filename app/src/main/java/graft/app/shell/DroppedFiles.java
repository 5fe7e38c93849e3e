package graft.app.shell;

import graft.catalog.NetworkPath;
import graft.project.Projects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What files are that somebody dropped, as far as their names and a look into a folder tell. */
record DroppedFiles(Kind kind, List<Path> files) {
    enum Kind {
        NETWORK,
        RUN,
        PROJECT,
        DATA
    }

    /** The first network or run among them goes before data. */
    static DroppedFiles of(List<Path> files) {
        Optional<Path> run =
                files.stream().filter(file -> endsWith(file, ".graft")).findFirst();
        if (run.isPresent()) {
            return new DroppedFiles(Kind.RUN, List.of(run.get()));
        }
        if (files.size() == 1 && Projects.isProject(files.get(0))) {
            return new DroppedFiles(Kind.PROJECT, files);
        }
        return files.stream()
                .filter(file -> endsWith(NetworkPath.of(file.toAbsolutePath()), ".onnx"))
                .findFirst()
                .map(file -> new DroppedFiles(Kind.NETWORK, List.of(NetworkPath.of(file.toAbsolutePath()))))
                .orElseGet(() -> new DroppedFiles(Kind.DATA, files));
    }

    private static boolean endsWith(Path file, String ending) {
        return !Files.isDirectory(file)
                && file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
