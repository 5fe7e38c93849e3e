package graft.app.network;

import graft.network.Layer;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

/** The buttons that change the graph at the selected layer. */
final class EditController {
    private static final List<String> INSERTS = List.of(
            "dropout:0.2",
            "dropout:0.5",
            "linear",
            "batchnorm",
            "relu",
            "leakyrelu",
            "elu",
            "sigmoid",
            "tanh",
            "softplus");

    private final NetworkViewModel networks;
    private Layer layer;

    @FXML
    private Node editPane;

    @FXML
    private MenuButton insert;

    @FXML
    private Button deleteLayer;

    @FXML
    private Button cut;

    @FXML
    private Button headHere;

    EditController(NetworkViewModel networks) {
        this.networks = networks;
    }

    @FXML
    private void initialize() {
        for (String what : INSERTS) {
            MenuItem item = new MenuItem(Texts.of("network.insert." + what.replace(':', '.')));
            item.setId("insert-" + what.replaceAll("[:.]", "-"));
            item.setOnAction(event -> networks.edits().insert(what, layer));
            insert.getItems().add(item);
        }
        for (Node node : List.of(insert, deleteLayer, cut, headHere)) {
            node.disableProperty().bind(networks.edits().underWayProperty());
        }
    }

    /** Shows the buttons for one layer, or for an operator between layers; for none or several there are none. */
    void show(List<Layer> layers, List<Outline.Box> boxes) {
        layer = layers.size() == 1 && networks.edits().isEditable(layers.get(0))
                ? layers.get(0)
                : boxes.size() == 1 ? networks.edits().operator(boxes.get(0)).orElse(null) : null;
        editPane.setVisible(layer != null);
        editPane.setManaged(layer != null);
    }

    @FXML
    private void delete() {
        networks.edits().delete(layer);
    }

    @FXML
    private void cut() {
        networks.edits().cut(layer);
    }

    @FXML
    private void headHere() {
        networks.chooseFeatures(Optional.of(layer.output()));
    }
}
