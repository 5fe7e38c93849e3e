package graft.app.network;

import graft.app.controls.Counts;
import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.task.ExamplePicker;
import graft.app.task.PictureLoaders;
import graft.app.task.Shown;
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
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelWriter;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.util.Duration;

/** Draws how weights are spread, and what a layer gives for an example. */
final class LooksController {
    /** Who walks through a graph does not want each layer that is passed looked at. */
    private static final Duration PATIENCE = Duration.millis(300);

    private static final double HIGH = 34;
    private static final double MAP = 56;
    private static final double STRIP = 12;
    /** Of a row of tokens: all of the four maps that stand beside each other. */
    private static final double WIDE_MAP = 4 * MAP + 3 * 4;
    /** Of the words that are shown while the mouse rests. */
    private static final double WIDE = 420;
    /** Dark blue over green to yellow, as light as the values are large: it reads in grey too. */
    private static final Color[] MAP_COLOURS = {
        Color.rgb(18, 30, 60), Color.rgb(33, 104, 109), Color.rgb(66, 178, 112), Color.rgb(253, 226, 90)
    };

    private final LayerLooks looks;
    private final PictureLoaders pictures;
    private final ExamplePicker picker;
    private final Tooltip exampleWhole = new Tooltip();
    private final PauseTransition pause = new PauseTransition(PATIENCE);
    private List<Layer> layers = List.of();

    @FXML
    private Node weightsRow;

    @FXML
    private HBox histogram;

    @FXML
    private Label histogramWords;

    @FXML
    private Pane responsePane;

    @FXML
    private Node exampleRow;

    @FXML
    private ImageView examplePicture;

    @FXML
    private Label exampleName;

    @FXML
    private Label examplePlace;

    @FXML
    private Node exampleMissing;

    @FXML
    private Button previousExample;

    @FXML
    private Button nextExample;

    @FXML
    private Button chooseExample;

    @FXML
    private FlowPane maps;

    @FXML
    private Label responseWords;

    @FXML
    private Label looksProblem;

    LooksController(LayerLooks looks, PictureLoaders pictures) {
        this.looks = looks;
        this.pictures = pictures;
        this.picker = new ExamplePicker(pictures);
    }

    @FXML
    private void initialize() {
        pause.setOnFinished(event -> looks.ask(layers));
        looks.histogramProperty().addListener((observable, before, now) -> show(now));
        looks.responseProperty().addListener((observable, before, now) -> show(now));
        looksProblem.textProperty().bind(looks.problemProperty());
        shownIf(looksProblem, false);
        looks.problemProperty().addListener((observable, before, now) -> shownIf(looksProblem, !now.isEmpty()));
        exampleWhole.setWrapText(true);
        exampleWhole.setMaxWidth(WIDE);
        exampleName.setTooltip(exampleWhole);
        looks.example().exampleProperty().addListener((observable, before, now) -> show(now));
        looks.answeringProperty().addListener((observable, before, now) -> shownIf(responsePane, now));
        shownIf(responsePane, looks.answeringProperty().get());
        FileDrop.accept(responsePane, files -> looks.example().drop(files.get(0)));
        show(looks.example().exampleProperty().get());
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

    /** Which example it is, and where among the others. */
    private void show(Shown example) {
        shownIf(exampleRow, example != null);
        shownIf(exampleMissing, example == null);
        int count = looks.example().count();
        boolean others = count > (looks.example().index() < 0 ? 0 : 1);
        previousExample.setDisable(!others);
        nextExample.setDisable(!others);
        chooseExample.setDisable(count == 0);
        examplePicture.imageProperty().unbind();
        examplePicture.setImage(null);
        if (example == null) {
            return;
        }
        boolean picture = example.words().isEmpty();
        if (picture) {
            examplePicture.imageProperty().bind(pictures.small().load(example.file()));
        }
        shownIf(examplePicture, picture);
        exampleName.setText(picture ? example.name() : example.words().replaceAll("\\s+", " "));
        exampleWhole.setText(picture ? example.file().toString() : example.name() + "\n" + example.words());
        examplePlace.setText(
                looks.example().index() < 0
                        ? Texts.of("network.looks.example.dropped")
                        : Texts.of(
                                "network.looks.example.place",
                                Counts.exact(looks.example().index() + 1),
                                Counts.exact(count)));
    }

    @FXML
    private void previousExample() {
        looks.example().previous();
    }

    @FXML
    private void nextExample() {
        looks.example().next();
    }

    @FXML
    private void chooseExample() {
        if (looks.data() != null) {
            picker.open(chooseExample, looks.data(), looks.example()::choose);
        }
    }

    private void show(LayerResponse now) {
        maps.getChildren().clear();
        shownIf(responseWords, now != null);
        if (now == null) {
            return;
        }
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
        boolean strip = channel.height() == 1; // of tokens
        view.setFitWidth(strip ? WIDE_MAP : MAP);
        view.setFitHeight(strip ? STRIP : MAP);
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
