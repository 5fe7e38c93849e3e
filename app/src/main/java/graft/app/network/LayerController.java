package graft.app.network;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is known of the selected layers, with the buttons of their padlocks. */
final class LayerController {
    private static final int MOST_KINDS = 5;
    private static final List<Double> FACTORS = List.of(1.0, 0.5, 0.3, 0.1, 0.03, 0.01);

    private final NetworkViewModel networks;
    private List<Layer> layers = List.of();

    @FXML
    private Label layerName;

    @FXML
    private Label layerKind;

    @FXML
    private Label layerState;

    @FXML
    private Pane padlocks;

    @FXML
    private Button toggleLayer;

    @FXML
    private FontIcon toggleIcon;

    @FXML
    private Button freezeUpTo;

    @FXML
    private Button thawFrom;

    @FXML
    private VBox facts;

    @FXML
    private VBox details;

    @FXML
    private LooksController looksController;

    @FXML
    private EditController editController;

    LayerController(NetworkViewModel networks) {
        this.networks = networks;
    }

    /** Shows a box, or what several have in common. */
    void show(List<Outline.Box> boxes) {
        Network network = networks.networkProperty().get();
        layers = network == null ? List.of() : present(network, boxes);
        looksController.show(layers);
        editController.show(layers, boxes);
        if (network == null || boxes.isEmpty()) {
            return;
        }
        Outline.Box first = boxes.get(0);
        boolean one = boxes.size() == 1;
        layerName.setText(one ? first.title() : Texts.of("network.layer.several", boxes.size()));
        layerKind.setText(subtitle(boxes));
        showState(network);
        facts.getChildren().clear();
        if (!layers.isEmpty()) {
            fact("network.parameters", Counts.exact(parameters(network)));
            rate(network);
            batchNorms(network);
        }
        fact("network.operators", operators(boxes));
        details.getChildren().clear();
        if (one && layers.size() == 1) {
            Layer layer = layers.get(0);
            if (!layer.name().equals(first.title())) {
                fact("network.layer.name", layer.name());
            }
            LayerDetails.attributes(layer).forEach(this::fact);
            layer.weights()
                    .forEach(weight ->
                            weight(network.model().graph().initializers().get(weight)));
            layer.state()
                    .forEach(weight ->
                            weight(network.model().graph().initializers().get(weight)));
        }
    }

    /** The graph that is seen may be that of before an edit: what the network has no more is left out. */
    private static List<Layer> present(Network network, List<Outline.Box> boxes) {
        Set<String> names = new HashSet<>();
        boxes.forEach(box -> box.layers().forEach(layer -> names.add(layer.name())));
        return network.shownLayers().stream()
                .filter(layer -> names.contains(layer.name()))
                .toList();
    }

    /** "convolution · 16×112×112". */
    private String subtitle(List<Outline.Box> boxes) {
        Outline.Box last = boxes.get(boxes.size() - 1);
        String kind = boxes.size() == 1 && (layers.isEmpty() || last.role() == Outline.Role.BLOCK)
                ? last.kind()
                : join(layers.stream().map(Layer::kind).toList());
        String shape = last.shape().isEmpty() ? Texts.of("network.shape.unknown") : last.shape();
        return kind.isEmpty() ? shape : kind + " · " + shape;
    }

    private long parameters(Network network) {
        return layers.stream()
                .flatMap(layer -> layer.weights().stream())
                .distinct()
                .mapToLong(weight ->
                        network.model().graph().initializers().get(weight).size())
                .sum();
    }

    /** How fast what learns of them learns, to be chosen. */
    private void rate(Network network) {
        List<Layer> learning =
                layers.stream().filter(networks.padlocks()::isLearning).toList();
        if (learning.isEmpty()) {
            return;
        }
        ComboBox<Double> factor = new ComboBox<>();
        factor.setId("rateFactor");
        factor.getItems().addAll(FACTORS);
        factor.setConverter(new StringConverter<>() {
            @Override
            public String toString(Double value) {
                return value == null ? Texts.of("network.rate.mixed") : "× " + Numbers.local(Rates.number(value));
            }

            @Override
            public Double fromString(String words) {
                throw new UnsupportedOperationException("it is chosen, not typed");
            }
        });
        factor.setAccessibleText(Texts.of("network.rate"));
        factor.setTooltip(new Tooltip(Texts.of("network.rate.tip")));
        networks.rates().of(learning).ifPresent(factor::setValue);
        factor.valueProperty().addListener((observable, before, now) -> {
            if (now != null) {
                networks.setRate(learning, now);
            }
        });
        HBox row = row(what("network.rate"), "");
        row.getChildren().set(row.getChildren().size() - 1, factor);
        facts.getChildren().add(row);
    }

    private static Label what(String key) {
        Label what = new Label(Texts.of(key));
        what.getStyleClass().add("fact");
        what.setMinWidth(Region.USE_PREF_SIZE);
        return what;
    }

    private void batchNorms(Network network) {
        List<Node> norms = layers.stream()
                .flatMap(layer -> layer.nodes().stream())
                .filter(node -> node.opType().equals("BatchNormalization"))
                .toList();
        if (!norms.isEmpty()) {
            Set<String> learning = network.learningBatchNorms();
            long learn = norms.stream()
                    .filter(node -> learning.contains(node.output(0)))
                    .count();
            fact(
                    "network.norm",
                    Texts.of(
                            learn == 0
                                    ? "network.norm.kept"
                                    : learn == norms.size() ? "network.norm.learns" : "network.norm.some"));
        }
    }

    private String operators(List<Outline.Box> boxes) {
        return layers.isEmpty()
                ? boxes.get(0).kind()
                : join(layers.stream()
                        .flatMap(layer -> layer.nodes().stream())
                        .map(Node::opType)
                        .toList());
    }

    private void showState(Network network) {
        boolean head = layers.stream().anyMatch(layer -> network.head()
                .filter(h -> layer.weights().stream().anyMatch(h.learning()::contains))
                .isPresent());
        boolean lockable = !layers.isEmpty() && layers.stream().anyMatch(networks.padlocks()::isLockable);
        padlocks.setVisible(lockable);
        padlocks.setManaged(lockable);
        boolean all = layers.stream().filter(networks.padlocks()::isLockable).allMatch(networks.padlocks()::isLearning);
        toggleIcon.setIconLiteral(all ? "fth-unlock" : "fth-lock");
        toggleLayer.setText(Texts.of(all ? "network.learns" : "network.frozen"));
        toggleLayer.getStyleClass().remove("network-learns");
        if (all) {
            toggleLayer.getStyleClass().add("network-learns");
        }
        layerState.setText(
                layers.isEmpty()
                        ? Texts.of("network.state.none")
                        : head && !lockable
                                ? Texts.of("network.state.head")
                                : !lockable
                                        ? Texts.of("network.state.replaced")
                                        : !all && layers.stream().anyMatch(networks.padlocks()::isLearning)
                                                ? Texts.of("network.state.partly")
                                                : ""); // the button says it
        layerState.setVisible(!layerState.getText().isEmpty());
        layerState.setManaged(layerState.isVisible());
    }

    private static String join(List<String> words) {
        return words.stream().distinct().limit(MOST_KINDS).collect(Collectors.joining(", "));
    }

    private void fact(String key, String value) {
        facts.getChildren().add(row(what(key), value));
    }

    private void fact(LayerDetails.Attribute attribute) {
        Label what = new Label(attribute.name());
        what.getStyleClass().add("fact");
        what.setMinWidth(Region.USE_PREF_SIZE);
        facts.getChildren().add(row(what, attribute.value()));
    }

    private static HBox row(Label what, String value) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label words = new Label(value);
        words.setWrapText(true);
        HBox row = new HBox(8, what, space, words);
        row.getStyleClass().add("network-fact-row");
        return row;
    }

    private void weight(Tensor weight) {
        Label what = new Label(weight.name());
        what.setMinWidth(0);
        what.setTooltip(new Tooltip(weight.name()));
        what.getStyleClass().add("weight-name");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label size =
                new Label(Arrays.stream(weight.shape()).mapToObj(Long::toString).collect(Collectors.joining(" × ")));
        size.setMinWidth(Region.USE_PREF_SIZE);
        size.getStyleClass().add("weight-shape");
        details.getChildren().add(new HBox(8, what, space, size));
    }

    @FXML
    private void toggle() {
        networks.padlocks().toggle(layers);
    }

    @FXML
    private void freezeUpTo() {
        networks.padlocks().freezeUpTo(layers.get(layers.size() - 1));
    }

    @FXML
    private void thawFrom() {
        networks.padlocks().thawFrom(layers.get(0));
    }
}
