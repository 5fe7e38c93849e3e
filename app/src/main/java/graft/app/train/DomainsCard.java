package graft.app.train;

import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.domains.TwoDomains;
import graft.domains.TwoDomains.Domain;
import graft.domains.TwoDomains.View;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What adapting did to the features: a plot of the network before the run beside one of the network after it. */
final class DomainsCard extends VBox {
    private final DomainPlot before = new DomainPlot();
    private final DomainPlot after = new DomainPlot();
    private final Label beforeSays = small();
    private final Label afterSays = small();
    private final Label foot = small();

    /** @param open whether the card is seen */
    DomainsCard(DomainsLook look, BooleanProperty open) {
        super(8);
        setId("domains-card");
        getStyleClass().add("card");
        setMinHeight(0);
        Label title = new Label(TrainViewModel.text("domains.title"));
        title.getStyleClass().add("card-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button cancel = Parts.small("domains-cancel", TrainViewModel.text("queue.cancel"), look::cancel);
        Parts.shownIf(cancel, look.lookingProperty());
        HBox header = new HBox(
                16,
                title,
                legend(Domain.SOURCE, "domains.source"),
                legend(Domain.TARGET, "domains.target"),
                gap,
                cancel,
                Parts.small("domains-close", TrainViewModel.text("close"), () -> open.set(false)));
        header.setAlignment(Pos.CENTER_LEFT);

        Label problem = new Label();
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.textProperty().bind(look.problemProperty());
        Parts.shownIf(problem, look.problemProperty().isNotEmpty());
        Label stage = new Label();
        stage.getStyleClass().addAll("muted", "small");
        ProgressBar bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        look.jobProperty().addListener((property, old, job) -> {
            stage.textProperty().bind(job.stageProperty());
            bar.progressProperty().bind(job.progressProperty());
        });
        VBox progress = new VBox(4, stage, bar);
        Parts.shownIf(progress, look.lookingProperty());
        HBox plots = new HBox(24, plot("domains.before", beforeSays, before), plot("domains.after", afterSays, after));
        VBox seen = new VBox(8, plots, foot);
        seen.setMinHeight(0);
        VBox.setVgrow(plots, Priority.ALWAYS);
        VBox.setVgrow(seen, Priority.ALWAYS);
        Parts.shownIf(seen, Bindings.isNotNull(look.foundProperty()));
        foot.setId("domains-foot");
        beforeSays.setId("domains-before");
        afterSays.setId("domains-after");
        getChildren().addAll(header, problem, progress, seen);
        look.foundProperty().addListener((property, old, found) -> show(found));
        look.possibleProperty().addListener((property, was, possible) -> open.set(open.get() && possible));
        show(look.foundProperty().get());
    }

    /** What opens the card; seen where the run shown had a target domain. */
    static Button opener(DomainsLook look, BooleanProperty open) {
        Button out = Parts.small("domains", TrainViewModel.text("domains.title"), () -> {
            open.set(true);
            look.look();
        });
        out.setTooltip(new Tooltip(TrainViewModel.text("domains.tip")));
        Parts.shownIf(out, look.possibleProperty());
        return out;
    }

    private void show(TwoDomains found) {
        if (found == null) {
            return;
        }
        show(found.before(), before, beforeSays);
        show(found.after(), after, afterSays);
        String words = TrainViewModel.text("domains.foot", found.each());
        foot.setText(
                found.learntFrom() == 0
                        ? words
                        : words + " " + TrainViewModel.text("domains.filled", found.learntFrom()));
    }

    private static void show(View view, DomainPlot plot, Label says) {
        says.setText(TrainViewModel.text(
                "domains.apart",
                Numbers.percent(view.domainAccuracy()),
                Numbers.percent(view.interval()[0]),
                Numbers.percent(view.interval()[1]),
                view.width()));
        plot.show(view, says.getText());
    }

    private static VBox plot(String key, Label says, DomainPlot plot) {
        Label title = new Label(TrainViewModel.text(key));
        title.getStyleClass().add("section-label");
        VBox.setVgrow(plot, Priority.ALWAYS);
        VBox out = new VBox(4, title, says, plot);
        out.setMinSize(0, 0);
        out.setPrefWidth(320);
        HBox.setHgrow(out, Priority.ALWAYS);
        return out;
    }

    private static HBox legend(Domain domain, String key) {
        Label name = new Label(TrainViewModel.text(key));
        name.getStyleClass().add("small");
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox out = new HBox(6, DomainPlot.mark(domain), name);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private static Label small() {
        Label out = new Label();
        out.getStyleClass().addAll("muted", "small");
        out.setWrapText(true);
        out.setMinHeight(Region.USE_PREF_SIZE);
        return out;
    }
}
