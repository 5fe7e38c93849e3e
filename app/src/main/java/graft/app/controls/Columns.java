package graft.app.controls;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;

/** Columns of tables whose rows are values. */
public final class Columns {
    private static final double WIDEST_NUMBER = 110;

    private Columns() {}

    public static <T> TableColumn<T, String> text(String title, Function<T, String> of, double least) {
        return column(title, of, least);
    }

    /** Whole numbers. */
    public static <T> TableColumn<T, Integer> count(String title, Function<T, Integer> of, double least) {
        return numeric(column(title, of, least), count -> Counts.exact(count));
    }

    /** In percent. */
    public static <T> TableColumn<T, Double> share(String title, Function<T, Double> of, double least) {
        return numeric(column(title, of, least), Numbers::percent);
    }

    private static <T, V> TableColumn<T, V> column(String title, Function<T, V> of, double least) {
        TableColumn<T, V> out = new TableColumn<>(title);
        out.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(of.apply(row.getValue())));
        out.setMinWidth(least);
        return out;
    }

    private static <T, V> TableColumn<T, V> numeric(TableColumn<T, V> out, Function<V, String> words) {
        out.getStyleClass().add("numeric");
        out.setMaxWidth(WIDEST_NUMBER);
        out.setCellFactory(any -> cell(words));
        return out;
    }

    /** One that says its value. */
    public static <T, V> TableCell<T, V> cell(Function<V, String> words) {
        return new TableCell<>() {
            @Override
            protected void updateItem(V value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty || value == null ? null : words.apply(value));
            }
        };
    }
}
