package graft.app.data;

import graft.app.controls.Counts;
import graft.app.task.ExampleSet.ClassCount;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.cell.ProgressBarTableCell;
import javafx.util.Duration;

/** What the columns of the table of classes hold. */
final class ClassColumns {
    private static final double SCROLL_BAR = 18;

    private ClassColumns() {}

    static <T> void of(TableColumn<ClassCount, T> column, Function<ClassCount, T> value) {
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    }

    static void ofCount(TableColumn<ClassCount, Integer> column, Function<ClassCount, Integer> value) {
        of(column, value);
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Integer count, boolean empty) {
                super.updateItem(count, empty);
                setText(empty || count == null ? null : Counts.exact(count));
            }
        });
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

    /** The bars say what the numbers do: where there is no room for both, the numbers stay, and nothing scrolls sideways. */
    static void giveWay(TableColumn<ClassCount, Double> bars, TableView<ClassCount> table) {
        // Not while the table is laid out: cells that come then stay without their styles.
        PauseTransition afterwards = new PauseTransition(Duration.ONE);
        afterwards.setOnFinished(event -> bars.setVisible(table.getWidth()
                > SCROLL_BAR
                        + table.getColumns().stream()
                                .mapToDouble(TableColumn::getMinWidth)
                                .sum()));
        table.widthProperty().addListener((property, old, width) -> afterwards.playFromStart());
        bars.minWidthProperty().addListener((property, old, least) -> afterwards.playFromStart());
    }
}
