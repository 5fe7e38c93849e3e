package graft.app.network;

import graft.app.controls.Numbers;
import graft.evaluate.LayerResponse;
import graft.evaluate.LayerResponse.Channel;
import graft.network.Layer;
import graft.network.WeightHistogram;
import java.util.Arrays;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.TilePane;
import javafx.scene.paint.Color;
import javafx.util.Duration;

/** Draws how weights are spread, and what a layer gives for a picture. */
final class LooksController {
    /** Who walks through a graph does not want each layer that is passed looked at. */
    private static final Duration PATIENCE = Duration.millis(300);

    private static final double HIGH = 34;
    private static final double MAP = 56;
    /** Dark blue over green to yellow, as light as the values are large: it reads in grey too. */
    private static final Color[] MAP_COLOURS = {
        Color.rgb(18, 30, 60), Color.rgb(33, 104, 109), Color.rgb(66, 178, 112), Color.rgb(253, 226, 90)
    };

    private final LayerLooks looks;
    private final PauseTransition pause = new PauseTransition(PATIENCE);
    private List<Layer> layers = List.of();

    @FXML
    private Node weightsRow;

    @FXML
    private HBox histogram;

    @FXML
    private Label histogramWords;

    @FXML
    private Node responsePane;

    @FXML
    private Label responseTitle;

    @FXML
    private TilePane maps;

    @FXML
    private Label responseWords;

    @FXML
    private Label looksProblem;

    LooksController(LayerLooks looks) {
        this.looks = looks;
    }

    @FXML
    private void initialize() {
        pause.setOnFinished(event -> looks.ask(layers));
        looks.histogramProperty().addListener((observable, before, now) -> show(now));
        looks.responseProperty().addListener((observable, before, now) -> show(now));
        looksProblem.textProperty().bind(looks.problemProperty());
        shownIf(looksProblem, false);
        looks.problemProperty().addListener((observable, before, now) -> shownIf(looksProblem, !now.isEmpty()));
        show((WeightHistogram) null);
        show((LayerResponse) null);
    }

    /** Shows these layers once they stay selected for a moment. */
    void show(List<Layer> selected) {
        if (selected.equals(layers)) {
            return;
        }
        layers = selected;
        looks.clear();
        if (selected.isEmpty()) {
            pause.stop();
        } else {
            pause.playFromStart();
        }
    }

    private static void shownIf(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void show(WeightHistogram now) {
        shownIf(weightsRow, now != null);
        histogram.getChildren().clear();
        if (now == null) {
            return;
        }
        long most = Math.max(1, Arrays.stream(now.counts()).max().orElse(1));
        for (long count : now.counts()) {
            Region bar = new Region();
            bar.getStyleClass().add("network-histogram-bar");
            double high = count == 0 ? 0 : Math.max(1, HIGH * count / most);
            bar.setMinSize(4, high);
            bar.setMaxSize(4, high);
            histogram.getChildren().add(bar);
        }
        histogram.setAlignment(Pos.BOTTOM_RIGHT);
        histogram.setMinHeight(HIGH);
        String words = Texts.of(
                "network.looks.spread",
                number(now.least()),
                number(now.most()),
                number(now.mean()),
                number(now.deviation()));
        histogramWords.setText(
                now.unreal() == 0 ? words : words + " " + Texts.of("network.looks.unreal", now.unreal()));
        histogram.setAccessibleText(words);
    }

    private static String number(double value) {
        return Numbers.format(Math.abs(value) >= 100 ? "%.0f" : "%.3g", value).replace('-', '−');
    }

    private void show(LayerResponse now) {
        shownIf(responsePane, now != null);
        maps.getChildren().clear();
        if (now == null) {
            return;
        }
        responseTitle.setText(Texts.of("network.looks.picture"));
        looks.picture().ifPresent(file -> responseTitle.setTooltip(new Tooltip(file.toString())));
        now.strongest().forEach(channel -> maps.getChildren().add(map(channel)));
        responseWords.setText(Texts.of("network.looks.channels", now.strongest().size(), now.channels()));
    }

    private static ImageView map(Channel channel) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : channel.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        WritableImage image = new WritableImage(channel.width(), channel.height());
        PixelWriter pixels = image.getPixelWriter();
        for (int i = 0; i < channel.values().length; i++) {
            double share = most > least ? (channel.values()[i] - least) / (most - least) : 0;
            pixels.setColor(i % channel.width(), i / channel.width(), colour(share));
        }
        ImageView view = new ImageView(image);
        view.setFitWidth(MAP);
        view.setFitHeight(MAP);
        view.setSmooth(false);
        String words = Texts.of("network.looks.channel", channel.number(), number(channel.strength()));
        Tooltip.install(view, new Tooltip(words));
        view.setAccessibleText(words);
        return view;
    }

    private static Color colour(double share) {
        double at = Math.max(0, Math.min(1, Double.isNaN(share) ? 0 : share)) * (MAP_COLOURS.length - 1);
        int below = Math.min(MAP_COLOURS.length - 2, (int) at);
        return MAP_COLOURS[below].interpolate(MAP_COLOURS[below + 1], at - below);
    }
}
