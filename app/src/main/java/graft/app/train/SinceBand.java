package graft.app.train;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Says that the examples have changed since the run shown, and offers a new head on them; takes no room while they have not. */
final class SinceBand extends HBox {
    SinceBand(ObservableValue<String> changes, Runnable retrain) {
        super(8);
        setId("since-band");
        setAlignment(Pos.CENTER_LEFT);
        Label says = new Label();
        says.getStyleClass().addAll("chip", "chip-warn");
        says.setWrapText(true);
        says.setMaxWidth(Double.MAX_VALUE);
        says.setMinHeight(USE_PREF_SIZE);
        says.textProperty().bind(changes.map(words -> words.isEmpty() ? "" : TrainViewModel.text("since", words)));
        HBox.setHgrow(says, Priority.ALWAYS);
        Button again = new Button(TrainViewModel.text("since.retrain"));
        again.setId("since-retrain");
        again.getStyleClass().add("small");
        again.setMinWidth(USE_PREF_SIZE);
        again.setTooltip(new Tooltip(TrainViewModel.text("since.retrain.tip")));
        again.setOnAction(event -> retrain.run());
        getChildren().addAll(says, again);
        visibleProperty().bind(changes.map(words -> !words.isEmpty()));
        managedProperty().bind(visibleProperty());
    }
}
