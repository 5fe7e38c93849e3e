package graft.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is written from a table of the code; it must say what the table says. */
public final class GeneratedPage {
    private GeneratedPage() {}

    /**
     * Fails where the page is stale, and writes it where that was asked for.
     *
     * @param page its path in the project
     * @param text what it should say
     * @param test the test that asks
     */
    public static void check(String page, String text, Class<?> test) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("graft"))) {
            root = root.getParent();
        }
        Path file = root.resolve(page);
        if (Boolean.getBoolean("graft.regenerate")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(page + " is stale; write it again with: mvn -pl engine test -Dtest=" + test.getSimpleName()
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.regenerate=true")
                .content()
                .isEqualTo(text);
    }
}
