package graft.app.controls;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.TransferMode;

/** Lets files be dropped on a node, which shows while they are over it that they are welcome. */
public final class FileDrop {
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("drop-target");

    private FileDrop() {}

    /** Calls {@code dropped} with what is dropped on {@code node}; adds the style class {@code file-drop}. */
    public static void accept(Node node, Consumer<List<Path>> dropped) {
        node.getStyleClass().add("file-drop");
        node.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                node.pseudoClassStateChanged(TARGET, true);
            }
            event.consume();
        });
        node.setOnDragExited(event -> node.pseudoClassStateChanged(TARGET, false));
        node.setOnDragDropped(event -> {
            List<File> files = event.getDragboard().getFiles();
            event.setDropCompleted(!files.isEmpty());
            event.consume();
            node.pseudoClassStateChanged(TARGET, false);
            if (!files.isEmpty()) {
                dropped.accept(files.stream().map(File::toPath).toList());
            }
        });
    }
}
