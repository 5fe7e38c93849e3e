package graft.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.options.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TasksPageTest {
    private static final String REGENERATE =
            "mvn -pl engine test -Dtest=TasksPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.regenerate=true";

    @Test
    void thePageOfTasksSaysWhatTheTableSays() throws IOException {
        Path page = page();
        if (Boolean.getBoolean("graft.regenerate")) {
            Files.writeString(page, text());
        }
        assertThat(page)
                .as("docs/tasks.md is stale; write it again with: " + REGENERATE)
                .content()
                .isEqualTo(text());
    }

    private static Path page() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("graft"))) {
            root = root.getParent();
        }
        return root.resolve("docs/tasks.md");
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
