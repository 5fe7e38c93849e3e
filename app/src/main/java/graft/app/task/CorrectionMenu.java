package graft.app.task;

import graft.app.controls.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/** What can be done with examples whose class is doubted. */
public final class CorrectionMenu {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.task");
    /** Among more classes is searched. */
    private static final int MOST = 40;

    private CorrectionMenu() {}

    /** For all of them at once; empty where the open data cannot be changed example by example. */
    public static List<MenuItem> of(Correcting data, List<Shown> examples) {
        ExampleSet set = data.examplesProperty().getValue();
        if (set == null || !set.isCorrectable() || examples.isEmpty()) {
            return List.of();
        }
        MenuItem leave = new MenuItem(words("leave.out", examples.size()));
        leave.setId("leave-chosen-out");
        leave.setOnAction(event -> data.leaveOut(examples));
        if (!set.isRelabellable()) {
            return List.of(leave);
        }
        Menu move = new Menu(words("move", examples.size()));
        move.setId("move-chosen");
        move.getItems().setAll(moves(data, examples));
        return List.of(move, leave);
    }

    /** A class for each that is not the one of all of them already. */
    public static List<MenuItem> moves(Correcting data, List<Shown> examples) {
        ExampleSet set = data.examplesProperty().getValue();
        List<MenuItem> out = new ArrayList<>();
        Set<String> theirs = set.classesOf(examples);
        List<String> others = set.classNames().stream()
                .filter(name -> !theirs.equals(Set.of(name)))
                .toList();
        if (others.size() > MOST) {
            MenuItem search = new MenuItem(Numbers.message(TEXTS.getString("search"), others.size()));
            search.setId("search-class");
            search.setOnAction(event -> ClassSearch.ask(words("move", examples.size()), others)
                    .ifPresent(name -> data.relabel(examples, name)));
            return List.of(search);
        }
        others.forEach(name -> {
            MenuItem item = new MenuItem(name);
            item.setMnemonicParsing(false);
            item.setOnAction(event -> data.relabel(examples, name));
            out.add(item);
        });
        return out;
    }

    private static String words(String key, int count) {
        return count == 1 ? TEXTS.getString(key) : Numbers.message(TEXTS.getString(key + ".many"), count);
    }
}
