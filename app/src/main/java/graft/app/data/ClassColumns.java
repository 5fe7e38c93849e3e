package graft.app.data;

import graft.app.task.ExampleSet.ClassCount;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.cell.ProgressBarTableCell;

/** What the columns of the table of classes hold. */
final class ClassColumns {
    private ClassColumns() {}

    static <T> void of(TableColumn<ClassCount, T> column, Function<ClassCount, T> value) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    }

    /** A bar for each class: the largest one's is whole. */
    static void ofBalance(TableColumn<ClassCount, Double> column, TableView<ClassCount> all) {
        of(
                column,
                count -> (double) count.all()
                        / all.getItems().stream()
                                .mapToInt(ClassCount::all)
                                .max()
                                .orElse(1));
        column.setCellFactory(ProgressBarTableCell.forTableColumn());
    }
}
