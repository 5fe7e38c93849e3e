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
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

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
        String missing = gone.isEmpty() ? "" : texts.getString("recent.gone") + " " + FileNames.last(gone.get(0));
        return new RecentRow(
                        name(setup),
                        missing,
                        setup.when(),
                        Stream.of(setup.data(), setup.network())
                                .filter(Objects::nonNull)
                                .toList(),
                        texts.getString("recent.remove"),
                        () -> open.accept(setup),
                        () -> memory.change(before -> before.without(setup)))
                // Where nothing of it is left there is nothing to put back.
                .empty(!gone.isEmpty() && gone.size() == files(setup));
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
