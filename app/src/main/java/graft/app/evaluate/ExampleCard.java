package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.evaluate.Judgement.Example;
import graft.app.task.Correcting;
import graft.app.task.CorrectionMenu;
import graft.app.task.ExampleSet;
import graft.app.task.PictureLoaders;
import graft.app.task.Portrait;
import graft.app.task.TaskView;
import graft.worker.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;

/** One example, what it is and what the network says of it, with what can be done where that is wrong. */
final class ExampleCard {
    private final EvaluateViewModel model;
    private final Correcting data;
    private final PictureLoaders loaders;
    private final ResourceBundle resources;
    private final WhyView why;
    private final Label verdict;
    private final GridPane bars;
    private final HBox actions;
    private final Map<TaskView, Portrait> portraits = new HashMap<>();
    /** Null = none. */
    private Example shown;

    ExampleCard(
            EvaluateViewModel model,
            Correcting data,
            PictureLoaders loaders,
            ResourceBundle resources,
            WhyView why,
            Label verdict,
            GridPane bars,
            HBox actions) {
        this.model = model;
        this.data = data;
        this.loaders = loaders;
        this.resources = resources;
        this.why = why;
        this.verdict = verdict;
        this.bars = bars;
        this.actions = actions;
    }

    /** The same once more: what is known of it has changed. */
    void again() {
        if (shown != null && model.isOf(data.examplesProperty().getValue())) {
            verdict.setText(verdict(shown));
        }
    }

    /** One example large, with what it is and what the network says; null = none. */
    void show(Example example) {
        shown = example;
        TaskView view = example == null ? model.viewProperty().getValue() : example.view();
        Portrait portrait =
                portraits.computeIfAbsent(view, one -> one.portrait().apply(loaders));
        portrait.show(example == null ? null : example.shown());
        why.show(example, portrait.node());
        actions.getChildren().clear();
        if (example == null) {
            verdict.setText(view.text("try"));
            bars.getChildren().clear();
            return;
        }
        verdict.setText(verdict(example));
        if (example.strange()) {
            actions.getChildren().add(strange());
        }
        if (WhyViewModel.isExplainable(example)) {
            actions.getChildren().addAll(why.toggle(), why.choice());
        }
        showActions(example);
        bars.getChildren().clear();
        int row = 0;
        for (Share share : example.shares()) {
            ProgressBar bar = new ProgressBar(share.probability());
            bar.setMaxWidth(Double.MAX_VALUE);
            Label className = new Label(example.classes().get(share.label()));
            String percent = Numbers.format("%.1f %%", 100 * share.probability());
            bars.addRow(row++, className, bar, new Label(percent));
        }
    }

    private Label strange() {
        Label out = new Label(resources.getString("strange"));
        out.setId("strange");
        out.getStyleClass().addAll("chip", "chip-warn");
        out.setTooltip(new Tooltip(resources.getString("strange.tip")));
        out.setMinWidth(Label.USE_PREF_SIZE);
        return out;
    }

    /** Of an example of the open data it can be said what it is. */
    private void showActions(Example example) {
        ExampleSet open = data.examplesProperty().getValue();
        boolean ofOpen = !example.truth().isEmpty() && model.isOf(open) && open.isRelabellable();
        if (!ofOpen) {
            return;
        }
        MenuButton move = new MenuButton(resources.getString("move"));
        move.setId("move-to");
        move.getStyleClass().add("small");
        move.getItems().setAll(CorrectionMenu.moves(data, List.of(example.shown())));
        Button leave = new Button(resources.getString("leave.out"));
        leave.setId("leave-out");
        leave.getStyleClass().add("small");
        leave.setOnAction(event -> data.leaveOut(List.of(example.shown())));
        actions.getChildren().addAll(move, leave);
    }

    private String verdict(Example example) {
        String name = example.shown().name();
        if (!example.truth().isEmpty()) {
            String words = say("says.truth", name, example.truth(), example.predicted());
            String since = since(example);
            return since.isEmpty() ? words : words + "\n" + since;
        }
        return name.isEmpty() ? say("says.typed", example.predicted()) : say("says", name, example.predicted());
    }

    /** What the open data say of an example since it was judged; "" where that is the same. */
    private String since(Example example) {
        ExampleSet open = data.examplesProperty().getValue();
        return model.isOf(open) ? since(open.classOf().get(example.shown().key()), example.truth(), resources) : "";
    }

    /** @param now null = left out */
    static String since(String now, String truth, ResourceBundle texts) {
        if (now == null) {
            return texts.getString("since.left");
        }
        return now.equals(truth) ? "" : Numbers.message(texts.getString("since.moved"), now);
    }

    private String say(String key, Object... values) {
        return Numbers.message(resources.getString(key), values);
    }
}
