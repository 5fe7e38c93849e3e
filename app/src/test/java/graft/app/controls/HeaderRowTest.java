package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class HeaderRowTest {
    private final Region title = box(100, 100);
    private final Region says = box(40, 200);
    private final Region first = box(120, 120);
    private final Region second = box(120, 120);
    private HeaderRow row;

    @Start
    void start(Stage stage) {
        row = new HeaderRow();
        HBox.setHgrow(says, Priority.ALWAYS);
        row.getChildren().addAll(title, says, first, second);
        stage.setScene(new Scene(new StackPane(row), 600, 400));
    }

    private static Region box(double least, double wanted) {
        Region out = new Region();
        out.setMinSize(least, 20);
        out.setPrefSize(wanted, 20);
        out.setMaxSize(Double.MAX_VALUE, 20);
        return out;
    }

    private void wide(double width) {
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
            row.resize(width, row.prefHeight(width));
            row.layout();
        });
    }

    private static List<Double> place(Region region) {
        Bounds bounds = region.getBoundsInParent();
        return List.of(bounds.getMinX(), bounds.getMinY(), bounds.getWidth());
    }

    @Test
    void whatCanBeDoneStandsAtTheRightOfTheSameRow() {
        wide(700); // 100 + 8 + words + 8 + 120 + 8 + 120
        assertThat(row.getHeight()).isEqualTo(20);
        assertThat(place(title)).containsExactly(0.0, 0.0, 100.0);
        assertThat(place(says)).containsExactly(108.0, 0.0, 336.0);
        assertThat(place(first)).containsExactly(452.0, 0.0, 120.0);
        assertThat(place(second)).containsExactly(580.0, 0.0, 120.0);
    }

    @Test
    void wordsGiveWayBeforeAnythingWraps() {
        wide(404); // exactly the least of the words
        assertThat(row.getHeight()).isEqualTo(20);
        assertThat(place(says)).containsExactly(108.0, 0.0, 40.0);
        assertThat(place(second)).containsExactly(284.0, 0.0, 120.0);
    }

    @Test
    void whatDoesNotFitGoesOnInRowsOfItsOwn() {
        wide(300);
        assertThat(row.getHeight()).isEqualTo(20 + 8 + 20);
        assertThat(place(first)).containsExactly(52.0, 28.0, 120.0);
        assertThat(place(second)).containsExactly(180.0, 28.0, 120.0);
        wide(200);
        assertThat(row.getHeight()).isEqualTo(20 + 8 + 20 + 8 + 20);
        assertThat(place(first)).containsExactly(80.0, 28.0, 120.0);
        assertThat(place(second)).containsExactly(80.0, 56.0, 120.0);
    }
}
