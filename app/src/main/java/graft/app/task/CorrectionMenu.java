package graft.app.task;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/** What can be done with an example whose class is doubted. */
public final class CorrectionMenu {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.task");
    /** More classes make no menu. */
    private static final int MOST = 40;

    private CorrectionMenu() {}

    /** Empty where the open data cannot be changed example by example. */
    public static List<MenuItem> of(Correcting data, Shown example) {
        ExampleSet set = data.examplesProperty().getValue();
        if (set == null || !set.isCorrectable()) {
            return List.of();
        }
        List<MenuItem> out = new ArrayList<>();
        Menu move = new Menu(TEXTS.getString("move"));
        set.classNames().stream().limit(MOST).forEach(name -> {
            MenuItem item = new MenuItem(name);
            item.setMnemonicParsing(false);
            item.setOnAction(event -> data.relabel(List.of(example), name));
            move.getItems().add(item);
        });
        MenuItem leave = new MenuItem(TEXTS.getString("leave.out"));
        leave.setOnAction(event -> data.leaveOut(List.of(example)));
        out.add(move);
        out.add(leave);
        return out;
    }
}
