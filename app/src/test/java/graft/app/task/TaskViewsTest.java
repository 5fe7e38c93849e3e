package graft.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.task.TaskTable;
import org.junit.jupiter.api.Test;

class TaskViewsTest {
    @Test
    void everyTaskIsShownInOneWay() {
        assertThat(TaskViews.all()).extracting(TaskView::task).containsExactlyInAnyOrderElementsOf(TaskTable.all());
    }

    @Test
    void everyTaskHasItsWords() {
        for (TaskView view : TaskViews.all()) {
            for (String key :
                    new String[] {"counted", "sample", "sample.says", "network", "network.says", "needs", "try", "input"
                    }) {
                assertThat(view.text(key)).as(view.task().name() + "." + key).isNotBlank();
            }
        }
    }

    /** U+1F600 is two chars of Java. */
    @Test
    void theBeginningOfATextIsOneLineAndCutsNoLetter() {
        assertThat(TextGallery.beginning(" a\n\n b ")).isEqualTo("a b");
        String face = new String(Character.toChars(0x1F600));
        assertThat(TextGallery.beginning(face.repeat(301))).isEqualTo(face.repeat(300) + " …");
    }
}
