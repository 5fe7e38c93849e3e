package graft.text;

import graft.progress.Note;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of texts for tests, and what was said while they were read. */
final class Reading {
    final List<String> notes = new ArrayList<>();
    final Progress progress = event -> {
        if (event instanceof Note note) {
            notes.add(note.message());
        }
    };

    TextData open(Path source) {
        return open(source, TextOptions.DEFAULT);
    }

    TextData open(Path source, TextOptions options) {
        return TextData.open(source, options, progress);
    }

    String said() {
        return String.join("\n", notes);
    }

    static Path write(Path folder, String name, String content) throws IOException {
        return write(folder, name, content, StandardCharsets.UTF_8);
    }

    static Path write(Path folder, String name, String content, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(charset));
    }

    static TextOptions naming(String text, String pair, String label) {
        return new TextOptions(
                new ColumnNames(Optional.ofNullable(text), Optional.ofNullable(pair), Optional.ofNullable(label)),
                1,
                false);
    }

    /** All texts of a data set with their classes, as "class|text". */
    static List<String> all(TextData data) {
        return Stream.of(data.train(), data.val(), data.test())
                .flatMap(List::stream)
                .map(each -> data.classes().get(each.label()) + "|" + each.text()
                        + each.pair().map(pair -> "|" + pair).orElse(""))
                .toList();
    }
}
