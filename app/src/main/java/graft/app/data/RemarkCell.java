package graft.app.data;

import graft.data.Corrections;
import graft.data.Remark;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A remark, with a button where there is something to press. */
final class RemarkCell extends ListCell<Remark> {
    private static final double MARGIN = 40;

    private final ResourceBundle texts;
    private final Label words = new Label();
    private final Button fix = new Button();
    private final HBox row = new HBox(8, words, fix);

    RemarkCell(ResourceBundle texts, Consumer<Remark> mend) {
        this.texts = texts;
        words.setWrapText(true);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        row.setAlignment(Pos.CENTER_LEFT);
        fix.setMinWidth(Button.USE_PREF_SIZE);
        fix.setTooltip(new Tooltip(MessageFormat.format(texts.getString("fix.hint"), Corrections.FILE)));
        fix.setOnAction(event -> mend.accept(getItem()));
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(Remark remark, boolean empty) {
        super.updateItem(remark, empty);
        if (empty || remark == null) {
            setGraphic(null);
            return;
        }
        words.setText(remark.text());
        row.prefWidthProperty().bind(getListView().widthProperty().subtract(MARGIN));
        boolean mendable = !remark.fix().isNone();
        fix.setVisible(mendable);
        fix.setManaged(mendable);
        if (mendable) {
            int files = remark.fix().leaveOut().size();
            fix.setText(
                    remark.fix().merge().isEmpty()
                            ? MessageFormat.format(texts.getString("fix.leave.out"), files)
                            : texts.getString("fix.merge"));
        }
        setGraphic(row);
    }
}
