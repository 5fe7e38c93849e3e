package graft.task;

import graft.options.Option;
import graft.testdata.GeneratedPage;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TasksPageTest {
    @Test
    void thePageOfTasksSaysWhatTheTableSays() throws IOException {
        GeneratedPage.check("docs/tasks.md", text(), getClass());
    }

    private static String text() {
        StringBuilder text = new StringBuilder("""
                # Tasks

                What a network can be fine-tuned to answer. `--task NAME` says which; where it is not given, data are of the first of these
                that they fit. The file that is written notes its task, and commands that judge it go by that note.

                This page is written from the table in the code.

                | task | answers | data | head; loss | chosen by |
                |---|---|---|---|---|
                """);
        for (Task task : TaskTable.all()) {
            Task.Words words = task.words();
            text.append("| `")
                    .append(task.name())
                    .append("` | ")
                    .append(words.question())
                    .append(" | ")
                    .append(words.data())
                    .append(" | ")
                    .append(words.head())
                    .append(" | ")
                    .append(words.scores())
                    .append(" |\n");
        }
        text.append("""

                What can be set of every task stands in `docs/options.md`. These make a difference for some tasks only; with another task they
                are left aside, which is said:

                | task | options |
                |---|---|
                """);
        for (Task task : TaskTable.all()) {
            text.append("| `")
                    .append(task.name())
                    .append("` | ")
                    .append(task.options().stream()
                            .map(Option::name)
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return text.toString();
    }
}
