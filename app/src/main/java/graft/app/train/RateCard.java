package graft.app.train;

import graft.app.controls.Parts;
import graft.train.RateFinder.Found;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The test of learning rates: how far it is, the curve that it found, and the rates to take from it. */
final class RateCard extends VBox {
    private final RateSearch search;
    private final RatePlot plot = new RatePlot();
    private final FlowPane choices = new FlowPane(8, 8);
    private final Runnable close;

    /** @param open whether the card is seen */
    RateCard(RateSearch search, BooleanProperty open) {
        super(12);
        this.search = search;
        this.close = () -> open.set(false);
        setId("rate-card");
        getStyleClass().add("card");
        setMinHeight(0);
        Label title = new Label(TrainViewModel.text("rate.title"));
        title.getStyleClass().add("card-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button cancel = Parts.small("rate-cancel", TrainViewModel.text("queue.cancel"), search::cancel);
        Parts.shownIf(cancel, search.searchingProperty());
        Button again = Parts.small("rate-again", TrainViewModel.text("rate.again"), search::find);
        Parts.shownIf(again, search.searchingProperty().not());
        HBox header =
                new HBox(8, title, gap, cancel, again, Parts.small("rate-close", TrainViewModel.text("close"), close));
        header.setAlignment(Pos.CENTER_LEFT);

        Label says = new Label();
        says.setId("rate-says");
        says.setWrapText(true);
        says.setMinHeight(Region.USE_PREF_SIZE);
        says.textProperty()
                .bind(Bindings.createStringBinding(
                        this::words, search.foundProperty(), search.problemProperty(), search.searchingProperty()));
        Label stage = new Label();
        stage.getStyleClass().addAll("muted", "small");
        ProgressBar bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        search.jobProperty().addListener((property, old, job) -> {
            stage.textProperty().bind(job.stageProperty());
            bar.progressProperty().bind(job.progressProperty());
        });
        VBox progress = new VBox(4, stage, bar);
        Parts.shownIf(progress, search.searchingProperty());
        VBox.setVgrow(plot, Priority.ALWAYS);
        getChildren().addAll(header, says, progress, plot, choices);
        search.foundProperty().addListener((property, old, found) -> show(found));
        show(search.foundProperty().get());
    }

    private String words() {
        Found found = search.foundProperty().get();
        if (!search.problemProperty().get().isEmpty()) {
            return search.problemProperty().get();
        }
        return found == null
                ? TrainViewModel.text(search.searchingProperty().get() ? "rate.says" : "rate.idle")
                : RateWords.of(found);
    }

    private void show(Found found) {
        plot.show(found);
        choices.getChildren().clear();
        if (found != null && found.brisk() != null) {
            choices.getChildren().add(choice("rate-use", found.brisk(), true));
        }
        if (found != null && found.suggestion() != null) {
            choices.getChildren().add(choice("rate-use-careful", found.suggestion(), false));
        }
    }

    private Button choice(String id, double rate, boolean first) {
        double rounded = RateWords.rounded(rate);
        Button out = new Button(TrainViewModel.text("rate.use", TimelineView.rate(rounded)));
        out.setId(id);
        if (first) {
            out.getStyleClass().add("accent");
        }
        out.setOnAction(event -> {
            search.use(rounded);
            close.run();
        });
        return out;
    }
}
