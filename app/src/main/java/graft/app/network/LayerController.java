package graft.app.network;

import graft.app.controls.Counts;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is known of the selected layers, with the buttons of their padlocks. */
final class LayerController {
    private final NetworkViewModel networks;
    private List<Layer> layers = List.of();

    @FXML
    private Label layerName;

    @FXML
    private Label layerKind;

    @FXML
    private Label layerOperators;

    @FXML
    private Label layerParameters;

    @FXML
    private Label layerShape;

    @FXML
    private Label layerState;

    @FXML
    private VBox layerWeights;

    @FXML
    private Label weightsTitle;

    @FXML
    private VBox padlocks;

    @FXML
    private Button toggleLayer;

    @FXML
    private FontIcon toggleIcon;

    @FXML
    private Button freezeUpTo;

    @FXML
    private Button thawFrom;

    LayerController(NetworkViewModel networks) {
        this.networks = networks;
    }

    /** Shows a box, or what several have in common. */
    void show(List<Outline.Box> boxes) {
        Set<Layer> all = new LinkedHashSet<>();
        boxes.forEach(box -> all.addAll(box.layers()));
        layers = List.copyOf(all);
        Network network = networks.networkProperty().get();
        if (network == null || boxes.isEmpty()) {
            return;
        }
        boolean one = boxes.size() == 1;
        layerName.setText(one ? boxes.get(0).title() : Texts.of("network.layer.several", boxes.size()));
        layerKind.setText(
                layers.isEmpty()
                        ? boxes.get(0).title()
                        : join(layers.stream().map(Layer::kind).toList()));
        layerOperators.setText(
                layers.isEmpty()
                        ? boxes.get(0).kind()
                        : join(layers.stream()
                                .flatMap(layer -> layer.nodes().stream())
                                .map(Node::opType)
                                .toList()));
        long count = layers.stream()
                .flatMap(layer -> layer.weights().stream())
                .distinct()
                .mapToLong(weight ->
                        network.model().graph().initializers().get(weight).size())
                .sum();
        layerParameters.setText(Counts.exact(count));
        String output = layers.isEmpty()
                ? boxes.get(0).tensors().stream().findFirst().orElse("")
                : layers.get(layers.size() - 1).output();
        String known = networks.shape(output).map(Texts::shape).orElse("");
        layerShape.setText(known.isEmpty() ? Texts.of("network.shape.unknown") : known);
        showState(network);
        layerWeights.getChildren().clear();
        weightsTitle.setVisible(one && layers.size() == 1);
        if (one && layers.size() == 1) {
            layers.get(0).weights().forEach(weight -> layerWeights
                    .getChildren()
                    .add(row(network.model().graph().initializers().get(weight))));
        }
    }

    private void showState(Network network) {
        boolean head = layers.stream().anyMatch(layer -> network.head()
                .filter(h -> layer.weights().stream().anyMatch(h.learning()::contains))
                .isPresent());
        boolean lockable = !layers.isEmpty() && layers.stream().anyMatch(networks::isLockable);
        padlocks.setVisible(lockable);
        padlocks.setManaged(lockable);
        boolean all = layers.stream().filter(networks::isLockable).allMatch(networks::isLearning);
        toggleIcon.setIconLiteral(all ? "fth-lock" : "fth-unlock");
        toggleLayer.setText(Texts.of(all ? "network.freeze" : "network.learn"));
        layerState.setText(
                layers.isEmpty()
                        ? Texts.of("network.state.none")
                        : head && !lockable
                                ? Texts.of("network.state.head")
                                : !lockable
                                        ? Texts.of("network.state.replaced")
                                        : all
                                                ? Texts.of("network.state.learning")
                                                : layers.stream().anyMatch(networks::isLearning)
                                                        ? Texts.of("network.state.partly")
                                                        : Texts.of("network.state.frozen"));
    }

    private static String join(List<String> words) {
        return words.stream().distinct().limit(5).collect(Collectors.joining(", "));
    }

    private static HBox row(Tensor weight) {
        Label what = new Label(weight.name());
        what.setMinWidth(0);
        what.getStyleClass().add("weight-name");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label size =
                new Label(Arrays.stream(weight.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × ")));
        size.setMinWidth(Region.USE_PREF_SIZE);
        size.getStyleClass().add("weight-shape");
        return new HBox(8, what, space, size);
    }

    @FXML
    private void toggle() {
        networks.toggle(layers);
    }

    @FXML
    private void freezeUpTo() {
        networks.freezeUpTo(layers.get(layers.size() - 1));
    }

    @FXML
    private void thawFrom() {
        networks.thawFrom(layers.get(0));
    }
}
