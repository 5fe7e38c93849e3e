package graft.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ClassSearchTest {
    private final List<String> chosen = new ArrayList<>();
    private ClassSearch search;

    @Start
    void start(Stage stage) {
        search = new ClassSearch(
                IntStream.range(0, 1000).mapToObj(i -> "Class_" + i).toList(), () -> chosen.add(search.chosen()));
        stage.setScene(new Scene(search));
        stage.show();
    }

    @Test
    void everyClassOfVeryManyIsFoundByAPartOfItsName(FxRobot robot) {
        ListView<?> found = robot.lookup("#class-found").queryListView();
        assertThat(found.getItems()).hasSize(1000);
        TextField typed = robot.lookup("#class-typed").queryAs(TextField.class);
        robot.interact(() -> typed.setText("class_99"));
        assertThat(found.getItems()).hasSize(11); // 99 and 990 … 999
        assertThat(search.chosen()).isEqualTo("Class_99");
        robot.interact(() -> typed.setText("999"));
        assertThat(search.chosen()).isEqualTo("Class_999");
        robot.interact(() -> typed.setText("wasp"));
        assertThat(search.chosen()).isNull();
    }
}
