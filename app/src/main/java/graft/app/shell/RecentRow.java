package graft.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** Something that was worked with: its name, what of it is no longer there, and when; a click opens it, a cross takes it off the list. */
final class RecentRow extends HBox {
    private final Button button;

    /**
     * @param gone what is no longer there, in words; "" where all of it is
     * @param opened ISO 8601
     * @param files which a tooltip names
     * @param remove what the cross says
     * @param takeOff what it does; null where there is none
     */
    RecentRow(
            String name, String gone, String opened, List<Path> files, String remove, Runnable open, Runnable takeOff) {
        super(4);
        Label title = new Label(name);
        title.setMinWidth(0);
        HBox line = new HBox(8, title);
        line.setAlignment(Pos.CENTER_LEFT);
        if (!gone.isEmpty()) {
            Label missing = new Label(gone);
            missing.getStyleClass().addAll("chip", "chip-warn");
            missing.setMinWidth(0);
            line.getChildren().add(missing);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label when = new Label(Recently.words(opened, ResourceBundle.getBundle("graft.app.welcome")));
        when.getStyleClass().addAll("muted", "small");
        when.setMinWidth(Region.USE_PREF_SIZE);
        line.getChildren().addAll(space, when);
        button = new Button(null, line);
        button.getStyleClass().setAll("side-row");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        line.prefWidthProperty().bind(button.widthProperty().subtract(16));
        HBox.setHgrow(button, Priority.ALWAYS);
        String words = line.getChildren().stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .filter(text -> !text.isEmpty())
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(files.stream()
                .map(Path::toString)
                .reduce((first, second) -> first + "\n" + second)
                .orElse("")));
        button.setOnAction(event -> open.run());
        Button off = new Button(null, new FontIcon("fth-x"));
        off.getStyleClass().addAll("button-icon", "flat", "small");
        off.setAccessibleText(remove);
        off.setTooltip(new Tooltip(remove));
        off.setOnAction(event -> takeOff.run());
        off.setVisible(takeOff != null); // its place stays, so that all rows end alike
        getChildren().addAll(button, off);
        setAlignment(Pos.CENTER_LEFT);
    }

    /** There is nothing left to open. */
    RecentRow empty(boolean nothingLeft) {
        button.setDisable(nothingLeft);
        return this;
    }
}
