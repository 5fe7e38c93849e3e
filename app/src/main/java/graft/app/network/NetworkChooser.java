package graft.app.network;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Asks the user for an {@code .onnx} file. */
@FunctionalInterface
public interface NetworkChooser {

    /** Empty where the user changed their mind. */
    Optional<Path> choose(Window owner);

    /** The dialog of the operating system. */
    static NetworkChooser dialog() {
        return owner -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(Texts.of("network.chooser"));
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(Texts.of("network.files"), "*.onnx"));
            return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
        };
    }
}
