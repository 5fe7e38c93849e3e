package graft.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table of texts of two classes. */
public final class Mails {
    private Mails() {}

    /** Columns {@code body} and {@code kind}. */
    public static Path table(Path file, int ofEach) throws IOException {
        StringBuilder rows = new StringBuilder("body,kind\n");
        for (int i = 0; i < ofEach; i++) {
            rows.append("Shall we meet at ").append(i).append(" tomorrow,ham\n");
            rows.append("Buy ").append(i).append(" watches now,spam\n");
        }
        return Files.writeString(file, rows);
    }
}
