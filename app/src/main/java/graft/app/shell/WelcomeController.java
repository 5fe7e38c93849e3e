package graft.app.shell;

import graft.app.controls.FileDrop;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Setup;
import graft.app.task.TaskView;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import javafx.event.Event;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The page that the first start begins with: what can be learnt, each with a sample, and a place to drop anything. */
final class WelcomeController {
    private static final int COLUMNS = 3;

    /** Where the page leads. */
    interface Ways {
        /** Opens what a task brings along, ready to train. */
        void sample(TaskView view);

        /** Lets the user choose examples of his own. */
        void own(TaskView view);

        void dropped(List<Path> files);

        void chooseNetwork();

        /** Puts back what somebody worked with. */
        void recent(Setup setup);
    }

    private final List<TaskView> tasks;
    private final MemoryKeeper memory;
    private final Node others;
    private final Ways ways;

    @FXML
    private ResourceBundle resources;

    @FXML
    private StackPane page;

    @FXML
    private GridPane cards;

    @FXML
    private StackPane dropZone;

    @FXML
    private VBox recent;

    @FXML
    private StackPane projects;

    /** @param others the way to other projects */
    WelcomeController(List<TaskView> tasks, MemoryKeeper memory, Node others, Ways ways) {
        this.memory = memory;
        this.others = others;
        this.tasks = tasks;
        this.ways = ways;
    }

    @FXML
    private void initialize() {
        // No card stands alone in the last row.
        int columns = tasks.size() == COLUMNS + 1 ? 2 : Math.min(COLUMNS, tasks.size());
        for (int i = 0; i < columns; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / columns);
            cards.getColumnConstraints().add(column);
        }
        for (int i = 0; i < tasks.size(); i++) {
            cards.add(card(tasks.get(i)), i % columns, i / columns);
        }
        RecentWork work = new RecentWork(memory, resources, ways::recent);
        recent.getChildren().add(work);
        recent.visibleProperty().bind(work.visibleProperty());
        recent.managedProperty().bind(work.visibleProperty());
        projects.getChildren().add(others);
        FileDrop.accept(page, ways::dropped);
    }

    private VBox card(TaskView view) {
        FontIcon sign = new FontIcon(view.text("icon"));
        StackPane icon = new StackPane(sign);
        icon.getStyleClass().add("card-icon");
        Label title = new Label(view.text("card"));
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        Label says = new Label(view.text("card.says"));
        says.getStyleClass().add("muted");
        says.setWrapText(true);
        VBox words = new VBox(2, title, says);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox top = new HBox(12, icon, words);
        Button sample = button("try-" + view.task().name(), view.text("card.try"), () -> ways.sample(view));
        sample.getStyleClass().addAll("small", "try");
        Button own = button("own-" + view.task().name(), resources.getString("own"), () -> ways.own(view));
        own.getStyleClass().addAll("small", "flat");
        own.setAccessibleText(title.getText() + ": " + own.getText());
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        FlowPane actions = new FlowPane(sample, own);
        actions.getStyleClass().add("card-actions");
        actions.setMinWidth(0);
        for (Button each : List.of(sample, own)) {
            each.setWrapText(true); // three cards beside each other leave little room
            each.maxWidthProperty().bind(actions.widthProperty());
        }
        VBox card = new VBox(12, top, space, actions);
        card.getStyleClass().addAll("card", "task-card");
        card.setMaxHeight(Double.MAX_VALUE);
        card.setMinWidth(0);
        card.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                ways.sample(view);
            }
        });
        return card;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(event -> action.run());
        button.setOnMouseClicked(Event::consume); // not also a click on the card around it
        return button;
    }

    @FXML
    private void chooseNetwork() {
        ways.chooseNetwork();
    }
}
