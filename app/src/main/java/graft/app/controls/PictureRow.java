package graft.app.controls;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;

/** Pictures side by side. The list moves it to where it is needed, and its cells go on with other pictures. */
final class PictureRow extends ListCell<Integer> {
    private final PictureGrid grid;
    private final HBox place = new HBox(2 * PictureGrid.GAP);
    private final List<PictureCell> cells = new ArrayList<>();

    PictureRow(PictureGrid grid) {
        this.grid = grid;
        place.getStyleClass().add("picture-row");
        setPrefWidth(0); // as wide as the list, and no wider
    }

    @Override
    protected void updateItem(Integer row, boolean empty) {
        super.updateItem(row, empty);
        setGraphic(empty ? null : place);
        cells.forEach(this::fill);
        if (!empty && cells.size() < wanted()) {
            grid.filling().of(this);
        }
    }

    private int first() {
        return isEmpty() || getItem() == null ? grid.files().size() : getItem() * grid.columns();
    }

    private int wanted() {
        return Math.max(0, Math.min(grid.columns(), grid.files().size() - first()));
    }

    private void fill(PictureCell cell) {
        int column = cells.indexOf(cell);
        cell.show(column < wanted() ? first() + column : -1);
    }

    /** @return whether cells are still missing */
    private boolean addCell() {
        if (cells.size() < wanted()) {
            PictureCell cell = new PictureCell(grid);
            cells.add(cell);
            place.getChildren().add(cell);
            fill(cell);
        }
        return cells.size() < wanted();
    }

    /** Makes cells, a few for each pulse: all of a screen at once would hold up the window. */
    static final class Filling extends AnimationTimer {
        private static final int AT_ONCE = 6;

        private final Set<PictureRow> lacking = new LinkedHashSet<>();

        private void of(PictureRow row) {
            if (lacking.add(row) && lacking.size() == 1) {
                start();
            }
        }

        @Override
        public void handle(long now) {
            for (int i = 0; i < AT_ONCE && !lacking.isEmpty(); i++) {
                PictureRow row = lacking.iterator().next();
                if (!row.addCell()) {
                    lacking.remove(row);
                }
            }
            if (lacking.isEmpty()) {
                stop();
            }
        }
    }
}
