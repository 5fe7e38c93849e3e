package graft.app;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.testfx.util.WaitForAsyncUtils;

/** Drops files on a node as the system would: a screen without windows has no other program to drag from. */
public final class Drops {
    private Drops() {}

    public static void on(Node node, Path... files) {
        List<File> dropped = Arrays.stream(files).map(Path::toFile).toList();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            Dragboard board = dragboard(dropped);
            for (var type : List.of(DragEvent.DRAG_ENTERED, DragEvent.DRAG_OVER, DragEvent.DRAG_DROPPED)) {
                Event.fireEvent(
                        node, new DragEvent(null, node, type, board, 5, 5, 5, 5, TransferMode.COPY, null, node, null));
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Dragboard dragboard(List<File> files) {
        TKClipboard clipboard = (TKClipboard) Proxy.newProxyInstance(
                Drops.class.getClassLoader(),
                new Class<?>[] {TKClipboard.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentTypes" -> Set.of(DataFormat.FILES);
                    case "hasContent" -> arguments[0] == DataFormat.FILES;
                    case "getContent" -> arguments[0] == DataFormat.FILES ? files : null;
                    case "getTransferModes" -> EnumSet.allOf(TransferMode.class);
                    case "putContent" -> true;
                    default -> method.getReturnType() == double.class ? (Object) 0.0 : null;
                });
        return DragboardHelper.createDragboard(clipboard);
    }
}
