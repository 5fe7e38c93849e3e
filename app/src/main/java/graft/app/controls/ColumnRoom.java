package graft.app.controls;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Gives each column of a table its least width and a share of what is over; where even the least ones have no room, the table is
 * moved sideways. The policy that the toolkit has for it leaves columns outside once a table has become narrower.
 */
public final class ColumnRoom {
    /** The table's own borders, and the bar that moves its rows. */
    private static final double EDGE = 16;

    private ColumnRoom() {}

    public static void share(TableView<?> table) {
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.widthProperty().addListener((property, old, now) -> fit(table));
        table.getColumns().forEach(column -> column.minWidthProperty().addListener((property, old, now) -> fit(table)));
        fit(table);
    }

    private static void fit(TableView<?> table) {
        List<? extends TableColumn<?, ?>> columns =
                table.getColumns().stream().filter(TableColumn::isVisible).toList();
        double over = table.getWidth() - EDGE;
        for (TableColumn<?, ?> column : columns) {
            over -= column.getMinWidth();
        }
        over = Math.max(0, over);
        for (int i = columns.size() - 1; i >= 0; i--) {
            TableColumn<?, ?> column = columns.get(i);
            double more = Math.min(Math.floor(over / (i + 1)), column.getMaxWidth() - column.getMinWidth());
            column.setPrefWidth(column.getMinWidth() + more);
            over -= more;
        }
    }
}
