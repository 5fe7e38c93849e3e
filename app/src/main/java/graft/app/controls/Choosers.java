package graft.app.controls;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The system's dialogs for files and folders. Tests put others in their place: without a screen there are none. */
public class Choosers {
    /** Of what was chosen last; null before. */
    private File last;

    /** Asks for a folder. */
    public Optional<Path> folder(Window owner, String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        begins().ifPresent(chooser::setInitialDirectory);
        return path(chooser.showDialog(owner));
    }

    /** @param endings with their dots: ".onnx"; none = any file */
    public Optional<Path> file(Window owner, String title, String... endings) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        List<String> patterns =
                Arrays.stream(endings).map(ending -> "*" + ending).toList();
        if (!patterns.isEmpty()) {
            chooser.getExtensionFilters().add(new ExtensionFilter(String.join(" ", patterns), patterns));
        }
        begins().ifPresent(chooser::setInitialDirectory);
        return path(chooser.showOpenDialog(owner));
    }

    /** Where to write a file. */
    public Optional<Path> save(Window owner, String title, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        begins().ifPresent(chooser::setInitialDirectory);
        return path(chooser.showSaveDialog(owner));
    }

    /** Where something was chosen last; in the user's home before. */
    private Optional<File> begins() {
        return Stream.of(last, new File(System.getProperty("user.home")))
                .filter(folder -> folder != null && folder.isDirectory())
                .findFirst();
    }

    private Optional<Path> path(File chosen) {
        if (chosen != null) {
            last = chosen.getAbsoluteFile().getParentFile();
        }
        return Optional.ofNullable(chosen).map(File::toPath);
    }
}
