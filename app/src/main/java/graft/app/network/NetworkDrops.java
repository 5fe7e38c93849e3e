package graft.app.network;

import graft.app.task.ExampleSet;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Files dropped on the Network screen: a network is opened, what may be data is handed on, the rest is refused in words. */
final class NetworkDrops {
    private final NetworkViewModel networks;
    private final Consumer<List<Path>> others;
    private final Node hint;

    /**
     * @param others takes dropped folders and arrays
     * @param hint shown while files hover
     */
    NetworkDrops(NetworkViewModel networks, Consumer<List<Path>> others, Node hint) {
        this.networks = networks;
        this.others = others;
        this.hint = hint;
    }

    void on(Node screen) {
        screen.setOnDragOver(this::dragOver);
        screen.setOnDragExited(event -> hint.setVisible(false));
        screen.setOnDragDropped(this::dropped);
    }

    private static Optional<File> network(DragEvent event) {
        return event.getDragboard().getFiles().stream()
                .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(".onnx"))
                .findFirst();
    }

    private static boolean mayBeData(File file) {
        return ExampleSet.mayBe(file.toPath());
    }

    private void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            hint.setVisible(true);
        }
        event.consume();
    }

    private void dropped(DragEvent event) {
        hint.setVisible(false);
        if (!event.getDragboard().hasFiles()) {
            return;
        }
        Optional<File> file = network(event);
        file.ifPresent(found -> networks.open(found.toPath()));
        List<File> files = event.getDragboard().getFiles();
        boolean data = file.isEmpty() && files.stream().allMatch(NetworkDrops::mayBeData);
        if (data) {
            others.accept(files.stream().map(File::toPath).toList());
        } else if (file.isEmpty()) {
            networks.refuse(Texts.of("network.drop.other", files.get(0).getName()));
        }
        event.setDropCompleted(data || file.isPresent());
        event.consume();
    }
}
