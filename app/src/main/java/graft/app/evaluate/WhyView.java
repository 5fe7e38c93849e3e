package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.evaluate.Judgement.Example;
import graft.explain.WordWeights;
import graft.worker.Explaining;
import java.io.ByteArrayInputStream;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

/** Shows, in the place of an example, what the answer to it rests on. */
final class WhyView {
    private static final double SIDE = 190;
    private static final double WIDTH = 230;
    private static final double HEIGHT = 120;
    private static final double SCROLL_BAR = 16;
    /** Of the heaviest word: what weighs less is tinted as neither. */
    private static final double LIGHT = 0.1;

    private final WhyViewModel model;
    private final StackPane place;
    private final String answered;
    private final ToggleButton toggle;
    private final ComboBox<String> of = new ComboBox<>();
    private Node portrait;
    /** While another example's classes are put in, nothing is asked. */
    private boolean filling;

    /** @param place of the example */
    WhyView(WhyViewModel model, ResourceBundle texts, StackPane place) {
        this.model = model;
        this.place = place;
        toggle = new ToggleButton(texts.getString("why"));
        toggle.setId("why");
        toggle.getStyleClass().add("small");
        toggle.setTooltip(new Tooltip(texts.getString("why.tip")));
        toggle.setMinWidth(ToggleButton.USE_PREF_SIZE);
        toggle.selectedProperty().bindBidirectional(model.wantedProperty());
        toggle.accessibleHelpProperty().bind(model.wordsProperty());
        of.setId("why-class");
        of.setTooltip(new Tooltip(texts.getString("why.of.tip")));
        of.setAccessibleText(texts.getString("why.of.tip"));
        of.setMaxWidth(WIDTH);
        of.visibleProperty().bind(model.wantedProperty());
        of.managedProperty().bind(of.visibleProperty());
        of.setOnAction(event -> {
            if (!filling) {
                int at = of.getSelectionModel().getSelectedIndex();
                model.asksProperty().set(at <= 0 ? "" : of.getItems().get(at));
            }
        });
        answered = texts.getString("why.of.answer");
        model.foundProperty().addListener((property, old, now) -> draw(now));
    }

    /**
     * Tells how what is shown is to be read.
     *
     * @param scroll holds {@code says}
     * @param instead is in the same place while there is nothing to tell
     */
    void tellIn(Label says, ScrollPane scroll, Node instead) {
        says.textProperty().bind(model.wordsProperty());
        scroll.visibleProperty().bind(says.textProperty().isNotEmpty());
        instead.visibleProperty().bind(scroll.visibleProperty().not());
    }

    /** The class that is asked about. */
    ComboBox<String> choice() {
        return of;
    }

    /** Asks for what is shown. */
    ToggleButton toggle() {
        return toggle;
    }

    /**
     * @param example null = none
     * @param as how it is shown without a reason
     */
    void show(Example example, Node as) {
        portrait = as;
        filling = true;
        of.getItems().clear();
        if (example != null) {
            of.getItems().add(Numbers.message(answered, example.predicted()));
            example.classes().stream()
                    .filter(name -> !name.equals(example.predicted()))
                    .forEach(of.getItems()::add);
            of.getSelectionModel().selectFirst();
        }
        filling = false;
        draw(null);
        model.look(example);
    }

    private void draw(Explaining.Found found) {
        place.getChildren().setAll(found == null ? portrait : found.words().isEmpty() ? picture(found) : words(found));
    }

    private Node picture(Explaining.Found found) {
        ImageView view = new ImageView(new Image(new ByteArrayInputStream(found.picture())));
        view.setId("why-picture");
        view.setPreserveRatio(true);
        view.setManaged(false); // its size follows the place, as that of the picture itself
        view.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.accessibleTextProperty().bind(model.wordsProperty());
        Pane out = new AsWideAsHigh(view);
        view.fitHeightProperty().bind(Bindings.max(1, Bindings.min(SIDE, out.heightProperty())));
        view.fitWidthProperty().bind(view.fitHeightProperty());
        return out;
    }

    private static Node words(Explaining.Found found) {
        double most = found.words().stream()
                .mapToDouble(word -> Math.abs(word.weight()))
                .max()
                .orElse(0);
        FlowPane flow = new FlowPane(4, 4);
        found.words().forEach(word -> flow.getChildren().add(word(word, most)));
        ScrollPane out = new ScrollPane(flow);
        out.setId("why-words");
        out.setFitToWidth(true);
        out.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        out.setPrefSize(WIDTH, HEIGHT);
        out.setMinHeight(0);
        return out;
    }

    private static Label word(WordWeights.Word word, double most) {
        Label out = new Label(
                word.text() + " " + Numbers.format("%+.2f", word.weight()).replace('-', '−'));
        out.getStyleClass().add("chip");
        if (Math.abs(word.weight()) > LIGHT * most) {
            out.getStyleClass().add(word.weight() > 0 ? "chip-good" : "chip-bad");
        }
        out.setMaxWidth(WIDTH - 2 * SCROLL_BAR);
        out.setTooltip(new Tooltip(out.getText())); // of several words together the end has no room
        return out;
    }

    /** Leaves to the words beside it what the picture does not need. */
    private static final class AsWideAsHigh extends Pane {
        private AsWideAsHigh(Node content) {
            super(content);
            setMinHeight(0);
            setPrefHeight(SIDE);
        }

        @Override
        public Orientation getContentBias() {
            return Orientation.VERTICAL;
        }

        @Override
        protected double computeMinWidth(double height) {
            return height < 0 ? 0 : computePrefWidth(height);
        }

        @Override
        protected double computePrefWidth(double height) {
            return height < 0 ? SIDE : Math.min(SIDE, height);
        }
    }
}
