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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Sizes of the card from the smallest window to a usual one; texts of 100 and 150 %. */
    @ParameterizedTest
    @CsvSource({"198, 120", "198, 190", "210, 160", "260, 240", "300, 300", "380, 420"})
    void aCellHasItsNumberAndItsNamesOrThePairsAreListed(double width, double height, FxRobot robot) {
        for (double size : new double[] {13, 19.5}) {
            for (int classes : new int[] {2, 5, 10}) {
                robot.interact(() -> {
                    matrix.setStyle("-fx-font-size: " + size + "px");
                    matrix.show(names(classes), counts(classes));
                    matrix.applyCss();
                    matrix.resize(width, height);
                });
                double across = matrix.centreOf(0, 1)[0] - matrix.centreOf(0, 0)[0];
                double down = matrix.centreOf(1, 0)[1] - matrix.centreOf(0, 0)[1];
                double line = 15 * size / 13;
                assertThat(matrix.isList())
                        .as("%d classes in %.0f × %.0f at %.1f px", classes, width, height, size)
                        .isEqualTo(across < Math.max(line, (3 * 6 + 4) * size / 13) || down < line);
            }
        }
    }

    @Test
    void aFewClassesInACardOfUsualSizeAreAMatrix(FxRobot robot) {
        robot.interact(() -> {
            matrix.show(names(10), counts(10));
            matrix.resize(420, 420);
        });
        assertThat(matrix.isList()).isFalse();
        robot.interact(() -> matrix.resize(198, 120));
        assertThat(matrix.isList()).isTrue();
    }

    private static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "material " + i).toList();
    }

    private static int[][] counts(int classes) {
        int[][] counts = new int[classes][classes];
        IntStream.range(0, classes).forEach(i -> {
            counts[i][i] = 100 + i;
            counts[i][(i + 1) % classes] = 1;
        });
        return counts;
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
