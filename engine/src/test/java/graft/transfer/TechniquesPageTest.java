package graft.transfer;

import static java.util.stream.Collectors.joining;

import graft.testdata.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TechniquesPageTest {
    @Test
    void thePageOfTechniquesSaysWhatTheTableSays() throws IOException {
        GeneratedPage.check("docs/techniques.md", text(), getClass());
    }

    private static String text() {
        StringBuilder text = new StringBuilder("""
                # Techniques

                Each turns what a run is to solve into something else; with none of them a run is as `docs/recipes.md` tells. They can be
                combined with each other and with recipes, but where a command refuses in words, and act anew in each stage. `docs/options.md` says which values there are.

                This page is written from the table in the code.

                | technique | options | what it does, and when to use it |
                |---|---|---|
                """);
        for (Technique technique : TechniqueTable.all()) {
            text.append("| ")
                    .append(technique.name())
                    .append(" | ")
                    .append(technique.options().stream()
                            .map(option -> "`" + (option.name() + " " + option.label()).strip() + "`")
                            .collect(joining(", ")))
                    .append(" | ")
                    .append(technique.when())
                    .append(" |\n");
        }
        return text.toString();
    }
}
