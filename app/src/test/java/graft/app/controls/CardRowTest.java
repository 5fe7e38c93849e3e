package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

@FxTest
class CardRowTest {
    private final Region first = card(200, 300, 50);
    private final Region second = card(150, 100, 40);
    private final CardRow row = new CardRow();

    CardRowTest() {
        row.getChildren().addAll(first, second);
    }

    private static Region card(double least, double wanted, double high) {
        Region out = new Region();
        out.setMinSize(least, high);
        out.setPrefSize(wanted, high);
        return out;
    }

    private void laidOut(double width, double height) {
        row.resize(width, height);
        row.layout();
    }

    private static List<Double> place(Region region) {
        Bounds bounds = region.getBoundsInParent();
        return List.of(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
    }

    @Test
    void cardsStandBesideEachOtherWhileEachHasItsLeastWidth() {
        HBox.setHgrow(first, Priority.ALWAYS);
        laidOut(362, 80); // 200 + 12 + 150
        assertThat(place(first)).containsExactly(0.0, 0.0, 200.0, 80.0);
        assertThat(place(second)).containsExactly(212.0, 0.0, 150.0, 80.0);
        laidOut(600, 80);
        assertThat(place(first)).as("what grows has the rest").containsExactly(0.0, 0.0, 438.0, 80.0);
        assertThat(row.minHeight(362)).isEqualTo(50);
    }

    @Test
    void whereTheyHaveNotOneStandsBelowTheOther() {
        VBox.setVgrow(first, Priority.ALWAYS);
        assertThat(row.minWidth(-1)).isEqualTo(200);
        assertThat(row.minHeight(361)).isEqualTo(102); // 50 + 12 + 40
        laidOut(361, 150);
        assertThat(place(first)).as("what may grow has what is over").containsExactly(0.0, 0.0, 361.0, 98.0);
        assertThat(place(second)).containsExactly(0.0, 110.0, 361.0, 40.0);
    }

    @Test
    void thoseThatGrowShareByWhatTheyWouldLikeAndNoneGoesBeyondItsMost() {
        List.of(first, second).forEach(card -> HBox.setHgrow(card, Priority.ALWAYS));
        laidOut(812, 50); // 800 as 300 to 100
        assertThat(place(first)).containsExactly(0.0, 0.0, 600.0, 50.0);
        assertThat(place(second)).containsExactly(612.0, 0.0, 200.0, 50.0);
        first.setMaxWidth(400);
        laidOut(812, 50);
        assertThat(place(first)).containsExactly(0.0, 0.0, 400.0, 50.0);
        assertThat(place(second)).containsExactly(412.0, 0.0, 400.0, 50.0);
    }
}
