package graft.app.shell;

import graft.project.Projects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the window is started with: {@code [--project DIR] [FILE...]}. The folder of a project alone is that project.
 *
 * @param project empty where it begins with the one that was opened last
 * @param files to be opened in it
 */
record StartedWith(Optional<Path> project, List<Path> files) {
    private static final String PROJECT = "--project";

    static StartedWith of(List<String> words) {
        Optional<Path> project = Optional.empty();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(PROJECT) && i + 1 < words.size()) {
                project = Optional.of(Path.of(words.get(++i)));
            } else if (word.startsWith(PROJECT + "=")) {
                project = Optional.of(Path.of(word.substring(PROJECT.length() + 1)));
            } else {
                files.add(Path.of(word));
            }
        }
        if (project.isEmpty() && files.size() == 1 && Projects.isProject(files.get(0))) {
            return new StartedWith(Optional.of(files.get(0).toAbsolutePath().normalize()), List.of());
        }
        return new StartedWith(project.map(folder -> folder.toAbsolutePath().normalize()), List.copyOf(files));
    }
}
