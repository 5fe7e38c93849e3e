package graft.text;

import graft.data.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of one file that cannot be learnt from, by what is wrong with them. */
final class Problems {
    private static final int NAMED = 5;

    private final Path file;
    private final Map<String, List<Long>> lines = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Problems(Path file) {
        this.file = file;
    }

    void add(String what, long line) {
        if (counts.merge(what, 1, Integer::sum) <= NAMED) {
            lines.computeIfAbsent(what, w -> new ArrayList<>()).add(line);
        }
    }

    int count() {
        return counts.values().stream().mapToInt(i -> i).sum();
    }

    /** "3 rows have no label (lines 4, 7 and 9)". */
    String words() {
        return counts.entrySet().stream()
                .map(each -> each.getValue() + (each.getValue() == 1 ? " row " : " rows ") + each.getKey() + " ("
                        + (each.getValue() == 1 ? "line " : "lines ")
                        + lines.get(each.getKey()).stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + (each.getValue() > NAMED ? ", …" : "") + ")")
                .collect(Collectors.joining("; "));
    }

    List<Skipped> skipped() {
        return counts.isEmpty() ? List.of() : List.of(new Skipped(file, words()));
    }
}
