package graft.app.data;

import graft.app.controls.Numbers;
import graft.app.jobs.WindowWords;
import graft.data.Corrections;
import graft.data.Remark;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;

/** A remark, with a button where there is something to press. */
final class RemarkCell extends ListCell<Remark> {
    private final ResourceBundle texts;
    private final boolean mendable;
    private final Button fix = new Button();

    RemarkCell(ResourceBundle texts, Consumer<Remark> mend) {
        this(texts, mend, true);
    }

    /** Words alone. */
    RemarkCell(ResourceBundle texts) {
        this(texts, remark -> {}, false);
    }

    private RemarkCell(ResourceBundle texts, Consumer<Remark> mend, boolean mendable) {
        this.mendable = mendable;
        this.texts = texts;
        setWrapText(true);
        getStyleClass().add("wrapped-cell");
        setContentDisplay(ContentDisplay.RIGHT);
        setGraphicTextGap(8);
        fix.setMinWidth(Button.USE_PREF_SIZE);
        fix.getStyleClass().add("small");
        fix.setTooltip(new Tooltip(Numbers.message(texts.getString("fix.hint"), Corrections.FILE)));
        fix.setOnAction(event -> mend.accept(getItem()));
        setPrefWidth(0); // as wide as the list, so that the words are wrapped instead of cut off
    }

    /** At the first line: in the middle of many lines the button would be out of sight. */
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (getGraphic() != null) {
            fix.setLayoutY(snappedTopInset());
        }
    }

    @Override
    protected void updateItem(Remark remark, boolean empty) {
        super.updateItem(remark, empty);
        if (empty || remark == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        setText(WindowWords.of(remark.text()));
        if (remark.fix().isNone() || !mendable) {
            setGraphic(null);
            return;
        }
        fix.setText(DataProblems.words(remark.fix()));
        setGraphic(fix);
    }
}
