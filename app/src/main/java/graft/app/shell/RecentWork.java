package graft.app.shell;

import graft.app.memory.Memory;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Opened;
import graft.app.memory.Setup;
import graft.data.FileNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What somebody worked with, a row each: a click puts it back. What is no longer there is said, and can be taken off the list. */
final class RecentWork extends VBox {
    private static final int MOST = 5;

    private final MemoryKeeper memory;
    private final ResourceBundle texts;
    private final Consumer<Setup> open;
    private final VBox rows = new VBox(2);

    RecentWork(MemoryKeeper memory, ResourceBundle texts, Consumer<Setup> open) {
        super(4);
        this.memory = memory;
        this.texts = texts;
        this.open = open;
        Label title = new Label(texts.getString("recent"));
        title.getStyleClass().add("card-title");
        getChildren().addAll(title, rows);
        getStyleClass().add("card");
        setId("recent-work");
        managedProperty().bind(visibleProperty());
        memory.memoryProperty().addListener((property, old, now) -> {
            if (!old.setups().equals(now.setups())) {
                fill(now);
            }
        });
        fill(memory.now());
    }

    private void fill(Memory now) {
        List<Setup> shown = now.setups().stream().limit(MOST).toList();
        setVisible(!shown.isEmpty());
        rows.getChildren().setAll(shown.stream().map(this::row).toList());
    }

    private Node row(Setup setup) {
        List<Path> gone = Stream.of(setup.data(), setup.network())
                .filter(Objects::nonNull)
                .filter(file -> !Files.exists(file))
                .toList();
        Label name = new Label(name(setup));
        name.setMinWidth(0);
        HBox line = new HBox(8, name);
        line.setAlignment(Pos.CENTER_LEFT);
        if (!gone.isEmpty()) {
            Label missing = new Label(texts.getString("recent.gone") + " " + FileNames.last(gone.get(0)));
            missing.getStyleClass().addAll("chip", "chip-warn");
            missing.setMinWidth(0);
            line.getChildren().add(missing);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label when = new Label(Recently.words(setup.when(), texts));
        when.getStyleClass().addAll("muted", "small");
        when.setMinWidth(Region.USE_PREF_SIZE);
        line.getChildren().addAll(space, when);
        Button button = new Button(null, line);
        button.getStyleClass().setAll("side-row");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        line.prefWidthProperty().bind(button.widthProperty().subtract(16));
        HBox.setHgrow(button, Priority.ALWAYS);
        String words = line.getChildren().stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(Stream.of(setup.data(), setup.network())
                .filter(Objects::nonNull)
                .map(Path::toString)
                .reduce((first, second) -> first + "\n" + second)
                .orElse("")));
        // Where nothing of it is left there is nothing to put back.
        button.setDisable(!gone.isEmpty() && gone.size() == files(setup));
        button.setOnAction(event -> open.accept(setup));
        Button off = new Button(null, new FontIcon("fth-x"));
        off.getStyleClass().addAll("button-icon", "flat", "small");
        off.setAccessibleText(texts.getString("recent.remove"));
        off.setTooltip(new Tooltip(texts.getString("recent.remove")));
        off.setOnAction(event -> memory.change(before -> before.without(setup)));
        HBox row = new HBox(4, button, off);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static long files(Setup setup) {
        return Stream.of(setup.data(), setup.network()).filter(Objects::nonNull).count();
    }

    private String name(Setup setup) {
        Memory now = memory.now();
        return Stream.of(name(setup.data(), now.data()), name(setup.network(), now.networks()))
                .filter(each -> !each.isEmpty())
                .reduce((first, second) -> first + " · " + second)
                .orElse("");
    }

    private static String name(Path file, List<Opened> known) {
        return file == null
                ? ""
                : known.stream()
                        .filter(opened -> opened.file().equals(file))
                        .map(Opened::name)
                        .findFirst()
                        .orElse(FileNames.last(file));
    }
}
