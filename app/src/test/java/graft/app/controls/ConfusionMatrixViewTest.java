package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Settled;
import java.util.List;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ConfusionMatrixViewTest {
    private ConfusionMatrixView matrix;
    private int[] chosen;

    @Start
    void start(Stage stage) {
        matrix = new ConfusionMatrixView();
        matrix.setOnCell((row, column) -> chosen = new int[] {row, column});
        stage.setScene(new Scene(matrix, 420, 380));
        stage.show();
        matrix.show(List.of("ants", "bees", "wasps"), new int[][] {{8, 2, 0}, {1, 9, 0}, {0, 0, 5}});
    }

    @Test
    void aClickChoosesTheCellThatIsDrawnThere(FxRobot robot) throws Exception {
        Settled.click(robot, matrix, () -> {
            double[] centre = matrix.centreOf(1, 0);
            return new Point2D(centre[0], centre[1]);
        });
        assertThat(chosen).containsExactly(1, 0);
        assertThat(matrix.getAccessibleText()).isEqualTo("bees, taken for ants: 1 (10 % of the row)");
    }

    @Test
    void theKeyboardReachesEveryCell(FxRobot robot) {
        robot.interact(matrix::requestFocus);
        robot.type(KeyCode.DOWN, KeyCode.DOWN, KeyCode.DOWN, KeyCode.RIGHT, KeyCode.ENTER);
        assertThat(chosen).containsExactly(2, 1);
    }

    @Test
    void manyClassesBecomeAListOfTheMostConfusedPairs(FxRobot robot) throws Exception {
        int[][] counts = new int[25][25];
        IntStream.range(0, 25).forEach(i -> counts[i][i] = 4);
        counts[3][7] = 2;
        counts[20][1] = 5;
        robot.interact(() ->
                matrix.show(IntStream.range(0, 25).mapToObj(i -> "class " + i).toList(), counts));
        Settled.click(robot, matrix, () -> new Point2D(60, 46 + 11)); // the first line
        assertThat(chosen).containsExactly(20, 1);
    }
}
