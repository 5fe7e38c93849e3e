package graft.app.runs;

import graft.project.RunEntry;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A run on one line: its star, what it was, and its score at the right. */
public final class RunCell extends ListCell<RunEntry> {
    private final Label title = new Label();
    /** Its data: many runs have the same recipe. */
    private final Label of = new Label();

    private final Label score = new Label();
    private final HBox line = new HBox(6, title, of, score);

    public RunCell() {
        title.setMinWidth(0);
        // What it was gives way after its data have: names of runs are short, those of folders are not.
        of.setMinWidth(0);
        of.setPrefWidth(0);
        of.setMaxWidth(Double.MAX_VALUE);
        of.getStyleClass().addAll("muted", "small");
        HBox.setHgrow(of, Priority.ALWAYS);
        score.setMinWidth(USE_PREF_SIZE);
        score.getStyleClass().add("muted");
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        setPrefWidth(0); // as wide as the list, not as the line
    }

    @Override
    protected void updateItem(RunEntry run, boolean empty) {
        super.updateItem(run, empty);
        if (empty || run == null) {
            setGraphic(null);
            setTooltip(null);
            setOnMouseEntered(null);
            return;
        }
        title.setText((run.starred() ? "★ " : "") + RunWords.title(run));
        of.setText(RunWords.data(run));
        score.setText(RunWords.score(run));
        setGraphic(line);
        setAccessibleText(title.getText() + ", " + of.getText() + ", " + score.getText());
        String details = String.join(
                "\n",
                title.getText(),
                RunWords.data(run) + " · " + RunWords.network(run),
                RunWords.date(run),
                run.folder());
        // Made when it is wanted: one takes longer to make than the whole cell.
        setOnMouseEntered(event -> setTooltip(new Tooltip(details)));
    }
}
