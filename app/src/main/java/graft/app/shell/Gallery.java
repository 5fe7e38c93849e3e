package graft.app.shell;

import graft.app.look.Theme;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** Every widget in every state, for those who change the look: {@code graft gallery}. It speaks English alone. */
final class Gallery {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final List<String> COLOURS = List.of(
            "ground",
            "card",
            "line",
            "text",
            "muted",
            "faint",
            "accent",
            "accent-soft",
            "on-accent",
            "learns",
            "learns-soft",
            "frozen",
            "frozen-soft",
            "warn",
            "warn-soft",
            "wrong",
            "wrong-soft");
    private static final Map<String, String> TYPE = Map.of(
            "welcome-title", "welcome-title, 26",
            "page-title", "page-title, 20 bold",
            "page-subtitle", "page-subtitle, 13 muted",
            "card-title", "card-title, 15 bold",
            "body", "body, 13",
            "small", "small, 12",
            "section-label", "SECTION-LABEL, 11");

    private Gallery() {}

    static void show(Stage stage) {
        Theme.LIGHT.wear();
        stage.setScene(new Scene(page(), WIDTH, HEIGHT));
        stage.setTitle("Graft gallery");
        stage.show();
    }

    static ScrollPane page() {
        CheckBox dark = new CheckBox("dark");
        dark.selectedProperty().addListener((property, old, now) -> (now ? Theme.DARK : Theme.LIGHT).wear());
        VBox page = new VBox(
                12,
                new HBox(12, styled(new Label("Gallery"), "page-title"), dark),
                section("Colours", COLOURS.stream().map(Gallery::swatch).toList()),
                section(
                        "Type",
                        List.of(
                                        "welcome-title",
                                        "page-title",
                                        "page-subtitle",
                                        "card-title",
                                        "body",
                                        "small",
                                        "section-label")
                                .stream()
                                .<Node>map(style -> styled(new Label(TYPE.get(style)), style))
                                .toList()),
                steps(),
                section(
                        "Buttons",
                        List.of(states("primary"), states("plain"), states("stop"), states("small"), states("flat"))),
                section(
                        "Chips",
                        List.of(
                                styled(new Label("plain"), "chip"),
                                styled(new Label("recommended"), "chip", "chip-good"),
                                styled(new Label("slower here"), "chip", "chip-warn"),
                                styled(new Label("broken"), "chip", "chip-bad"),
                                styled(new Label("chosen"), "chip", "chip-accent"))),
                section(
                        "Choice cards",
                        List.of(
                                choice("usual", ""),
                                choice("hover", "hover"),
                                choice("selected", "selected"),
                                choice("focus", "focus-visible"),
                                choice("disabled", "disabled"))),
                section(
                        "Bands",
                        List.of(
                                styled(new Label("156 frozen tensors unchanged, byte for byte"), "proof"),
                                styled(
                                        new Label("cut.onnx ends in the middle of tensor fc.weight"),
                                        "problem",
                                        "problem-band"),
                                empty())),
                inputs(),
                progress());
        page.getStyleClass().add("gallery");
        page.getStylesheets().add("/graft/app/workbench.css");
        page.setStyle("-fx-padding: 24; -fx-background-color: -graft-ground;");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        return scroll;
    }

    private static Node section(String title, List<? extends Node> nodes) {
        FlowPane flow = new FlowPane(12, 12);
        flow.getChildren().addAll(nodes);
        flow.setRowValignment(javafx.geometry.VPos.CENTER);
        return card(title, flow);
    }

    private static Node card(String title, Node content) {
        VBox card = new VBox(12, styled(new Label(title), "card-title"), content);
        return styled(card, "card");
    }

    private static <N extends Node> N styled(N node, String... styles) {
        node.getStyleClass().addAll(styles);
        return node;
    }

    private static <N extends Node> N in(N node, String state) {
        if (!state.isEmpty()) {
            node.pseudoClassStateChanged(PseudoClass.getPseudoClass(state), true);
        }
        return node;
    }

    private static Node swatch(String colour) {
        Region square = new Region();
        square.setPrefSize(88, 36);
        square.setStyle("-fx-background-color: -graft-line, -graft-" + colour
                + "; -fx-background-insets: 0, 1; -fx-background-radius: 6, 5;");
        return new VBox(4, square, styled(new Label(colour), "small"));
    }

    private static Node states(String kind) {
        VBox column = new VBox(6, styled(new Label(kind), "small", "muted"));
        for (String state : List.of("", "hover", "focus-visible", "armed", "disabled")) {
            Button button = new Button(state.isEmpty() ? "usual" : state);
            if (!kind.equals("plain")) {
                button.getStyleClass().add(kind);
            }
            button.setDisable(state.equals("disabled"));
            column.getChildren().add(in(button, state));
        }
        return column;
    }

    private static Node choice(String name, String state) {
        Label title = styled(new Label("Probe, then fine-tune"), "card-title");
        VBox words = new VBox(2, title, styled(new Label(name), "muted", "small"));
        ToggleButton card = styled(new ToggleButton(), "choice-card");
        card.setGraphic(words);
        card.setDisable(state.equals("disabled"));
        card.setSelected(state.equals("selected"));
        return in(card, state);
    }

    private static Node empty() {
        VBox box = styled(
                new VBox(styled(new Label("Nothing here yet"), "card-title"), new Label("Drop a folder to begin.")),
                "empty-state");
        return box;
    }

    private static Node inputs() {
        TextField text = new TextField("0.01");
        TextField wrong = in(new TextField("abc"), "danger");
        TextField focused = in(new TextField("focus"), "focus-visible");
        ComboBox<String> combo = new ComboBox<>(FXCollections.observableArrayList("SGD", "Adam"));
        combo.getSelectionModel().selectFirst();
        ChoiceBox<String> choice = new ChoiceBox<>(FXCollections.observableArrayList("light", "dark"));
        choice.getSelectionModel().selectFirst();
        CheckBox on = new CheckBox("flip");
        on.setSelected(true);
        ListView<String> list = new ListView<>(FXCollections.observableArrayList("ants", "bees", "wasps"));
        list.setPrefSize(140, 100);
        list.getSelectionModel().select(1);
        return section(
                "Inputs",
                List.of(
                        text,
                        wrong,
                        focused,
                        combo,
                        choice,
                        new Spinner<Integer>(0, 9, 2),
                        on,
                        new CheckBox("crop"),
                        new Slider(0, 10, 3),
                        new Hyperlink("Browse the catalog"),
                        list));
    }

    private static Node progress() {
        Label waiting = new Label("not known how long");
        HBox row = new HBox(24, new ProgressBar(0), new ProgressBar(0.4), new ProgressBar(-1), waiting);
        row.setAlignment(Pos.CENTER_LEFT);
        return card("Progress", row);
    }

    private static Node steps() {
        HBox bar = styled(new HBox(), "step-bar");
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
        StepState[] states = {StepState.DONE, StepState.STALE, StepState.UNDER_WAY, StepState.NOT_YET, StepState.DONE};
        String[] says = {"2 classes · 397", "another network", "epoch 6 of 8", "—", "0.5 MB · 1.0 ms"};
        List<StepStatus> all = java.util.Arrays.stream(Step.values())
                .map(step -> new StepStatus(
                        step,
                        new SimpleObjectProperty<>(states[step.ordinal()]),
                        new SimpleStringProperty(says[step.ordinal()]),
                        new SimpleStringProperty("")))
                .toList();
        new StepBar(bar, all, texts, () -> {}, step -> {}).mark(Step.TRAIN);
        return card("Steps", bar);
    }
}
