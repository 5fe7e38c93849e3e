package graft.app.evaluate;

import graft.meaning.ClassOrder.Order;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.util.StringConverter;

/** What the user says of the classes of a network that came from elsewhere. */
final class ForeignClasses {
    private ForeignClasses() {}

    static void show(
            EvaluateViewModel model, ResourceBundle resources, Node foreign, ComboBox<Order> order, Label namesFile) {
        foreign.visibleProperty().bind(model.foreignProperty());
        foreign.managedProperty().bind(foreign.visibleProperty());
        order.getItems().add(null);
        order.getItems().addAll(Order.values());
        order.setConverter(new StringConverter<>() {
            @Override
            public String toString(Order one) {
                return resources.getString(one == null ? "order.file" : "order." + one);
            }

            @Override
            public Order fromString(String words) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        });
        order.valueProperty().addListener((property, old, chosen) -> {
            if (model.readingProperty().get().order().orElse(null) != chosen) {
                model.readClasses(Optional.ofNullable(chosen), Optional.empty());
            }
        });
        model.readingProperty().addListener((property, old, reading) -> {
            order.setValue(reading.order().orElse(null));
            namesFile.setText(
                    reading.classes().map(file -> file.getFileName().toString()).orElse(""));
        });
    }
}
