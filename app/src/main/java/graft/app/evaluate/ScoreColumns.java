package graft.app.evaluate;

import graft.app.controls.Columns;
import graft.app.controls.Numbers;
import graft.evaluate.ClassScore;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;

/** Fills columns of the table of classes. */
final class ScoreColumns {
    private ScoreColumns() {}

    static <T> void of(TableColumn<ClassScore, T> column, Function<ClassScore, T> value) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    }

    /** In percent. */
    static void ofShare(TableColumn<ClassScore, Double> column, Function<ClassScore, Double> value) {
        of(column, value);
        column.setCellFactory(any -> Columns.cell(Numbers::percent));
    }
}
