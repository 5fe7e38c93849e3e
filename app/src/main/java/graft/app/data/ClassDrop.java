package graft.app.data;

import graft.app.controls.ChosenDrag;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Lets files be dropped on what stands for a class, which shows while they are over it that they become examples of it. */
final class ClassDrop {
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("drop-target");

    private ClassDrop() {}

    /**
     * @param className null while it stands for none
     * @param takes which files; others are left to what lies around
     */
    static void accept(
            Node node,
            Supplier<String> className,
            Predicate<List<Path>> takes,
            BiConsumer<List<Path>, String> dropped) {
        node.setOnDragOver(event -> {
            if (className.get() != null && takes.test(files(event))) {
                event.acceptTransferModes(TransferMode.COPY);
                node.pseudoClassStateChanged(TARGET, true);
                event.consume();
            }
        });
        node.setOnDragExited(event -> node.pseudoClassStateChanged(TARGET, false));
        node.setOnDragDropped(event -> {
            List<Path> files = files(event);
            node.pseudoClassStateChanged(TARGET, false);
            if (className.get() != null && takes.test(files)) {
                event.setDropCompleted(true);
                event.consume();
                dropped.accept(files, className.get());
            }
        });
    }

    /** Lets examples that are chosen be dropped on it too, to become ones of its class. */
    static void acceptChosen(Node node, Supplier<String> className, Consumer<String> dropped) {
        node.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (className.get() != null && ChosenDrag.isOn(event.getDragboard())) {
                event.acceptTransferModes(TransferMode.MOVE);
                node.pseudoClassStateChanged(TARGET, true);
                event.consume();
            }
        });
        node.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            node.pseudoClassStateChanged(TARGET, false);
            if (className.get() != null && ChosenDrag.isOn(event.getDragboard())) {
                event.setDropCompleted(true);
                event.consume();
                dropped.accept(className.get());
            }
        });
    }

    private static List<Path> files(DragEvent event) {
        return event.getDragboard().hasFiles()
                ? event.getDragboard().getFiles().stream().map(File::toPath).toList()
                : List.of();
    }
}
