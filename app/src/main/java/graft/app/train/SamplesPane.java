package graft.app.train;

import graft.app.controls.CardRow;
import graft.app.controls.Parts;
import graft.judge.Showing.Sample;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a network wrote before it learnt, beside what it wrote after an epoch; where that is too narrow, above it. */
final class SamplesPane extends VBox {
    private final SamplesLook look;
    private final Label prompt = Parts.wrapped("", "muted", "small");
    private final Label beforeText = Parts.wrapped("");
    private final Label afterTitle = Parts.wrapped("", "section-label");
    private final Label afterText = Parts.wrapped("");

    SamplesPane(SamplesLook look) {
        super(8);
        this.look = look;
        setId("samples");
        setMinHeight(0);
        Slider epochs = new Slider(1, 1, 1);
        epochs.setId("sample-scrubber");
        epochs.setMajorTickUnit(1);
        epochs.setMinorTickCount(0);
        epochs.setSnapToTicks(true);
        epochs.setBlockIncrement(1);
        epochs.setShowTickMarks(true);
        epochs.maxProperty().bind(look.countProperty());
        look.lookedProperty().addListener((property, old, now) -> epochs.setValue(now.intValue()));
        epochs.setValue(look.lookedProperty().get());
        epochs.valueProperty()
                .addListener((property, old, now) -> look.lookedProperty().set((int) Math.round(now.doubleValue())));
        epochs.accessibleTextProperty().bind(afterTitle.textProperty());
        Parts.shownIf(epochs, look.countProperty().greaterThan(1));

        Label beforeTitle = Parts.wrapped(TrainViewModel.text("samples.before"), "section-label");
        CardRow texts = new CardRow();
        texts.getChildren()
                .addAll(text(beforeTitle, beforeText, "sample-before"), text(afterTitle, afterText, "sample-after"));
        VBox.setVgrow(texts, Priority.ALWAYS);
        getChildren().addAll(Parts.wrapped(TrainViewModel.text("samples.title"), "card-title"), prompt, texts, epochs);
        look.beforeProperty().addListener((property, old, now) -> show());
        look.afterProperty().addListener((property, old, now) -> show());
        show();
    }

    private static VBox text(Label title, Label text, String id) {
        text.setId(id);
        text.setMaxWidth(Double.MAX_VALUE);
        ScrollPane scroll = new ScrollPane(text);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "quiet");
        scroll.setMinHeight(0);
        VBox out = new VBox(4, title, scroll);
        out.getStyleClass().add("sample");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox.setVgrow(out, Priority.ALWAYS);
        HBox.setHgrow(out, Priority.ALWAYS);
        return out;
    }

    private void show() {
        prompt.setText(TrainViewModel.text("samples.prompt", look.prompt()));
        beforeText.setText(
                look.beforeProperty().get().map(SamplesPane::words).orElse(TrainViewModel.text("samples.not.kept")));
        Optional<Sample> after = look.afterProperty().get();
        afterTitle.setText(after.map(sample -> TrainViewModel.text(
                        look.isShipped() ? "samples.after.shipped" : "samples.after", sample.epoch()))
                .orElse(TrainViewModel.text("samples.after.coming")));
        afterText.setText(after.map(SamplesPane::words).orElse(TrainViewModel.text("samples.coming")));
    }

    private static String words(Sample sample) {
        return sample.text().isBlank()
                ? TrainViewModel.text("samples.nothing")
                : "… " + sample.text().strip();
    }
}
