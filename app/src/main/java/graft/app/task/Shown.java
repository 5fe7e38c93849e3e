package graft.app.task;

import graft.data.Corrections;
import graft.data.Span;
import graft.image.PictureFiles.Found;
import graft.text.TextExample;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An example to be shown.
 *
 * @param key what corrections of the data set call it; "" where it is of none
 * @param name what the user calls it
 * @param file where it lies; for texts of a table, the data set
 * @param words the example itself, where it is of words; else ""
 * @param marks what stands where in these words, where that is known
 */
public record Shown(String key, String name, Path file, String words, List<Span> marks) {
    /** One without places. */
    public Shown(String key, String name, Path file, String words) {
        this(key, name, file, words, List.of());
    }

    static Shown picture(Found found) {
        return new Shown(found.name(), found.file().getFileName().toString(), found.file(), "");
    }

    /** What tells the rows of tables among examples from others, by key. */
    public static Map<String, String> rows(List<Shown> examples) {
        Map<String, String> out = new LinkedHashMap<>();
        examples.stream()
                .filter(each -> !each.words.isEmpty() && TextExample.isRow(each.key))
                .forEach(each -> out.put(each.key, Corrections.fingerprint(each.words)));
        return out;
    }
}
