package graft.app.network;

import graft.app.controls.Counts;
import graft.network.HeadShape;
import graft.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** What is known of the whole network, and where its head stands. */
final class SummaryController {
    /** Usual ones, by their names in the texts; others are typed among the advanced settings of step 3. */
    private static final Map<HeadShape, String> SHAPES = shapes();

    private final NetworkViewModel networks;
    private boolean filling;

    @FXML
    private Label networkName;

    @FXML
    private Label layerCount;

    @FXML
    private Label parameterCount;

    @FXML
    private Label learningCount;

    @FXML
    private Label headSummary;

    @FXML
    private VBox reportLines;

    @FXML
    private Button convert;

    /** Empty text = found by Graft. */
    @FXML
    private ComboBox<String> features;

    @FXML
    private ComboBox<HeadShape> headShape;

    SummaryController(NetworkViewModel networks) {
        this.networks = networks;
    }

    private static Map<HeadShape, String> shapes() {
        Map<HeadShape, String> out = new LinkedHashMap<>();
        out.put(HeadShape.LINEAR, "linear");
        out.put(HeadShape.parse("dropout:0.2"), "dropout");
        out.put(HeadShape.parse("linear:256,relu"), "hidden");
        out.put(HeadShape.parse("dropout:0.2,linear:256,relu,dropout:0.2"), "hidden.dropout");
        return out;
    }

    @FXML
    private void initialize() {
        features.setButtonCell(cell());
        features.setCellFactory(list -> cell());
        features.valueProperty().addListener((observable, before, now) -> {
            if (!filling && now != null) {
                networks.chooseFeatures(now.isEmpty() ? Optional.empty() : Optional.of(now));
            }
        });
        headShape.getItems().setAll(SHAPES.keySet());
        headShape.setConverter(new StringConverter<>() {
            @Override
            public String toString(HeadShape shape) {
                return SHAPES.containsKey(shape)
                        ? Texts.of("network.shape." + SHAPES.get(shape))
                        : String.valueOf(shape);
            }

            @Override
            public HeadShape fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed here");
            }
        });
        headShape.valueProperty().bindBidirectional(networks.headShapeProperty());
        // Not the file's name: the same file may be opened again, to be read in another way.
        networks.report().addListener((InvalidationListener) report -> {
            fillChoices();
            showReport();
        });
        convert.visibleProperty().bind(networks.convertibleProperty());
        convert.managedProperty().bind(convert.visibleProperty());
        showReport();
        networks.networkProperty().addListener((observable, before, now) -> show(now));
        if (networks.networkProperty().get() != null) {
            fillChoices();
            show(networks.networkProperty().get());
        }
    }

    private ListCell<String> cell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(String tensor, boolean empty) {
                super.updateItem(tensor, empty);
                setText(empty || tensor == null ? null : words(tensor));
            }
        };
    }

    private String words(String tensor) {
        String shape = networks.shape(tensor).map(Texts::shape).orElse("");
        return tensor.isEmpty() ? Texts.of("network.features.found") : shape.isEmpty() ? tensor : tensor + "  " + shape;
    }

    private void showReport() {
        reportLines.getChildren().clear();
        for (String line : networks.report()) {
            Label label = new Label("•  " + line);
            label.setWrapText(true);
            label.getStyleClass().add("report-line");
            reportLines.getChildren().add(label);
        }
    }

    @FXML
    private void convert() {
        networks.convert();
    }

    private void fillChoices() {
        filling = true;
        features.getItems().setAll("");
        features.getItems().addAll(networks.featureChoices());
        filling = false;
    }

    private void show(Network network) {
        networkName.setText(networks.fileProperty().get().getFileName().toString());
        networkName.setTooltip(new Tooltip(networks.fileProperty().get().toString()));
        layerCount.setText(Counts.exact(network.layers().size()));
        parameterCount.setText(Counts.exact(network.parameters()));
        learningCount.setText(Counts.exact(network.trainableParameters()));
        headSummary.setText(network.head()
                .map(h -> Texts.of(
                        "network.head.new", networks.classNames().size(), String.join(", ", networks.classNames())))
                .orElse(
                        networks.headProblemProperty().get().isEmpty()
                                ? Texts.of("network.head.none")
                                : networks.headProblemProperty().get()));
        filling = true;
        features.setValue(networks.features().orElse(""));
        filling = false;
    }
}
