package graft.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorksTest {
    @Test
    void theWorkersProcessKnowsEveryWorkThatTheWindowCanAskFor() throws IllegalAccessException {
        List<Field> works = Arrays.stream(Works.class.getFields())
                .filter(field -> field.getType() == Work.class)
                .toList();
        assertThat(works).isNotEmpty();
        for (Field field : works) {
            Work<?, ?> work = (Work<?, ?>) field.get(null);
            assertThat(Works.named(work.name())).as(field.getName()).containsSame(work);
        }
    }
}
