package graft.app.shell;

import graft.app.controls.Numbers;
import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import graft.app.shell.ProblemsViewModel.Found;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The problems as rows: how bad, where, what, and the button that mends it. */
final class ProblemList extends ScrollPane {
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    /** Rows that are drawn; whoever mends some sees the next. */
    private static final int MOST = 100;

    private final ProblemsViewModel model;
    private final ResourceBundle texts;
    private final Consumer<Step> show;
    private final VBox rows = new VBox();

    ProblemList(ProblemsViewModel model, ResourceBundle texts, Consumer<Step> show) {
        this.model = model;
        this.texts = texts;
        this.show = show;
        setId("problem-list");
        setContent(rows);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().addAll("edge-to-edge", "quiet");
        model.found().addListener((ListChangeListener<Found>) change -> draw());
        model.fixedProperty().addListener((property, old, now) -> draw());
        setOnKeyPressed(event -> {
            if (UNDO.match(event)) {
                model.undo();
                event.consume();
            }
        });
        draw();
    }

    private void draw() {
        boolean focused = getScene() != null && isInside(getScene().getFocusOwner());
        rows.getChildren().clear();
        Fix fixed = model.fixedProperty().get();
        if (fixed != null) {
            Button undo = button(Numbers.message(texts.getString("panel.undo"), fixed.words()), model::undo);
            undo.setId("problem-undo");
            undo.getStyleClass().add("flat");
            undo.setTooltip(new Tooltip(texts.getString("panel.undo.tip")));
            HBox row = new HBox(undo);
            row.getStyleClass().add("problem-row");
            rows.getChildren().add(row);
        }
        List<Found> found = model.found();
        if (found.isEmpty()) {
            Label none = new Label(texts.getString("panel.problems.none"));
            none.getStyleClass().addAll("muted", "problem-row");
            rows.getChildren().add(none);
        }
        found.stream().limit(MOST).map(this::row).forEach(rows.getChildren()::add);
        if (focused) { // the button that was pressed is gone; the keyboard stays here
            rows.lookupAll(".button").stream().findFirst().ifPresentOrElse(Node::requestFocus, this::requestFocus);
        }
    }

    private boolean isInside(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == this) {
                return true;
            }
        }
        return false;
    }

    private Node row(Found found) {
        Problem problem = found.problem();
        FontIcon icon = new FontIcon(
                switch (problem.severity()) {
                    case WRONG -> "fth-alert-octagon";
                    case WARNING -> "fth-alert-triangle";
                    case NOTE -> "fth-info";
                });
        Label severity = new Label(texts.getString("problem." + problem.severity()), icon);
        severity.getStyleClass().addAll("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        severity.setMinWidth(Region.USE_PREF_SIZE);
        Label what = new Label(problem.what());
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        Button go = button(texts.getString("step." + found.step().layout()), () -> show.accept(found.step()));
        go.getStyleClass().addAll("flat", "problem-step");
        go.setTooltip(new Tooltip(
                Numbers.message(texts.getString("problem.go"), found.step().number())));
        go.setAccessibleText(severity.getText() + ". " + problem.what() + " "
                + go.getTooltip().getText());
        HBox row = new HBox(8, severity, go, what);
        problem.fix().ifPresent(fix -> {
            Button mend = button(fix.words(), () -> model.fix(found));
            mend.getStyleClass().add("problem-fix");
            if (!fix.hint().isEmpty()) {
                mend.setTooltip(new Tooltip(fix.hint()));
            }
            mend.setAccessibleText(fix.words() + ". " + problem.what());
            row.getChildren().add(mend);
        });
        row.setAlignment(Pos.BASELINE_LEFT);
        row.getStyleClass().add("problem-row");
        return row;
    }

    private static Button button(String words, Runnable action) {
        Button button = new Button(words);
        button.getStyleClass().add("small");
        button.setMnemonicParsing(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }
}
