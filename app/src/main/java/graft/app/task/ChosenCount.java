package graft.app.task;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.control.Label;

/** Says how many examples of a gallery are chosen, where more than one is. */
public final class ChosenCount {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.task");

    private ChosenCount() {}

    public static void show(Gallery gallery, Label label) {
        gallery.chosen().addListener((property, old, now) -> say(label, now));
        say(label, gallery.chosen().getValue());
    }

    private static void say(Label label, List<Shown> chosen) {
        label.setText(chosen.size() < 2 ? "" : Numbers.message(TEXTS.getString("chosen"), Counts.exact(chosen.size())));
        label.setVisible(chosen.size() > 1);
        label.setManaged(label.isVisible());
    }
}
