package graft.app.controls;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** Lets files be dropped on a pane, which shows while they are over it that they are welcome. */
public final class FileDrop {
    private FileDrop() {}

    /** Calls {@code dropped} with what is dropped on {@code node}. */
    public static void accept(Pane node, Consumer<List<Path>> dropped) {
        // A frame of its own: a style that changes with the pane's state is looked up again for everything in it.
        Region frame = new Region();
        frame.getStyleClass().add("file-drop");
        frame.setManaged(false);
        frame.setMouseTransparent(true);
        frame.setVisible(false);
        frame.setViewOrder(-1); // above what is added to the pane later
        node.layoutBoundsProperty()
                .addListener((property, old, now) -> frame.resize(node.getWidth(), node.getHeight()));
        node.getChildren().add(frame);
        node.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                frame.setVisible(true);
            }
            event.consume();
        });
        node.setOnDragExited(event -> frame.setVisible(false));
        node.setOnDragDropped(event -> {
            List<File> files = event.getDragboard().getFiles();
            event.setDropCompleted(!files.isEmpty());
            event.consume();
            frame.setVisible(false);
            if (!files.isEmpty()) {
                dropped.accept(files.stream().map(File::toPath).toList());
            }
        });
    }
}
