package graft.app.controls;

import java.util.HashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** What is measured in pixels and holds texts grows with them. */
public final class TextScale {
    /** Pixels of the body's font as usual. */
    private static final double USUAL = 13;

    private TextScale() {}

    /** 1 where texts are as usual, 2 where they are twice as large. */
    public static DoubleBinding of(Labeled body) {
        return Bindings.createDoubleBinding(() -> body.getFont().getSize() / USUAL, body.fontProperty());
    }

    /**
     * Lets columns grow with the texts in them.
     *
     * @param body a label with the body's font, on the same screen
     */
    public static void columns(TableView<?> table, Labeled body) {
        Map<TableColumn<?, ?>, double[]> usual = new HashMap<>();
        table.getColumns()
                .forEach(column -> usual.put(column, new double[] {column.getMinWidth(), column.getMaxWidth()}));
        Runnable grow = () -> usual.forEach((column, widths) -> {
            double scale = body.getFont().getSize() / USUAL;
            column.setMaxWidth(Math.max(widths[1], widths[1] * scale));
            column.setMinWidth(widths[0] * scale);
        });
        body.fontProperty().addListener((property, old, font) -> grow.run());
        grow.run();
    }
}
