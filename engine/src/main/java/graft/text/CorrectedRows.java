package graft.text;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Remark;
import graft.data.Skipped;
import graft.text.LabelledRows.Labelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the user said of rows and files of texts, applied to them. A row is meant by its line and by what it held then: one that moved
 * is found by its text, and what is said of a text that is not there any more is passed over, and told.
 */
final class CorrectedRows {
    private static final int NAMED = 3;

    private final Corrections said;
    private final Path source;
    private final Map<Parts, List<Labelled>> parts = new EnumMap<>(Parts.class);
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    /** By the names that rows have now, what is said of them under the names that they had. */
    private final Map<String, String> meant = new HashMap<>();

    private final List<String> moved = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private CorrectedRows(Corrections said, Path source) {
        this.said = said;
        this.source = source;
    }

    static CorrectedRows of(Map<Parts, List<Labelled>> parts, Corrections said, Path source) {
        CorrectedRows out = new CorrectedRows(said, source);
        out.find(parts);
        out.apply(parts);
        return out;
    }

    Map<Parts, List<Labelled>> parts() {
        return parts;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    List<Remark> remarks() {
        return remarks;
    }

    private void find(Map<Parts, List<Labelled>> all) {
        if (said.rows().isEmpty()) {
            return;
        }
        Map<String, String> wanted = new LinkedHashMap<>(said.rows());
        Set<String> taken = new HashSet<>();
        all.values()
                .forEach(rows -> rows.forEach(row -> {
                    if (row.fingerprint().equals(wanted.get(row.name()))) {
                        meant.put(row.name(), row.name());
                        taken.add(row.name());
                        wanted.remove(row.name());
                    }
                }));
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, List<String>> byText = new HashMap<>();
        all.values().forEach(rows -> rows.stream()
                .filter(row -> !taken.contains(row.name()))
                .forEach(row -> byText.computeIfAbsent(fileOf(row.name()) + row.fingerprint(), key -> new ArrayList<>())
                        .add(row.name())));
        wanted.forEach((name, fingerprint) -> {
            List<String> now = byText.getOrDefault(fileOf(name) + fingerprint, List.of());
            if (now.size() == 1) {
                meant.put(now.get(0), name);
                moved.add(name);
            } else {
                lost.add(name);
            }
        });
    }

    private static String fileOf(String row) {
        return row.substring(0, Math.max(0, row.lastIndexOf(':')));
    }

    /** The name that something was said under; of another text nothing was said. */
    private String saidOf(Labelled row) {
        return meant.getOrDefault(row.name(), said.rows().containsKey(row.name()) ? "" : row.name());
    }

    private void apply(Map<Parts, List<Labelled>> all) {
        Set<String> out = new LinkedHashSet<>(said.leaveOut());
        Set<String> merged = new TreeSet<>();
        int[] counts = new int[2];
        all.forEach((part, rows) -> {
            List<Labelled> kept = new ArrayList<>();
            for (Labelled row : rows) {
                String name = saidOf(row);
                String byLabel = said.className(row.label());
                if (!byLabel.equals(row.label())) {
                    merged.add(row.label() + " and " + byLabel);
                }
                if (said.leavesOut(name, out)) {
                    counts[0]++;
                } else {
                    String className = said.relabel().getOrDefault(name, byLabel);
                    counts[1] += className.equals(byLabel) ? 0 : 1;
                    kept.add(row.of(className));
                }
            }
            parts.put(part, kept);
        });
        int added = add();
        tell(counts[0], counts[1], added, merged);
    }

    /** Files are examples to learn from, as far as the data themselves say which those are. */
    private int add() {
        List<Labelled> learnt = new ArrayList<>(parts.getOrDefault(Parts.TRAIN, List.of()));
        boolean pairs = learnt.stream().anyMatch(row -> row.pair().isPresent());
        int before = learnt.size();
        said.add()
                .forEach((className, files) -> files.forEach(name -> {
                    Path file = Path.of(name);
                    try {
                        if (!Files.isRegularFile(file)) {
                            skipped.add(new Skipped(
                                    file, "it was added to the class " + className + " and is not there any more"));
                        } else if (pairs) {
                            skipped.add(new Skipped(file, "it holds one text, and the examples are pairs of texts"));
                        } else {
                            learnt.add(new Labelled(
                                    name, TextDataSet.read(file, note -> {}).text(), Optional.empty(), className));
                        }
                    } catch (Refusal e) {
                        skipped.add(new Skipped(file, e.getMessage()));
                    }
                }));
        parts.put(Parts.TRAIN, learnt);
        return learnt.size() - before;
    }

    private void tell(int left, int relabelled, int added, Set<String> merged) {
        List<String> words = new ArrayList<>();
        if (left > 0) {
            words.add("leaves out " + left + (left == 1 ? " text" : " texts"));
        }
        if (relabelled > 0) {
            words.add("gives " + relabelled + " another class");
        }
        if (added > 0) {
            words.add("adds " + added + (added == 1 ? " file that lies" : " files that lie") + " elsewhere");
        }
        if (!merged.isEmpty()) {
            words.add("puts together the classes " + String.join(", ", merged));
        }
        Path file =
                (Files.isDirectory(source) ? source : source.toAbsolutePath().getParent()).resolve(Corrections.FILE);
        if (!words.isEmpty()) {
            String where = moved.isEmpty()
                    ? ""
                    : "; " + moved.size() + (moved.size() == 1 ? " row stands" : " rows stand") + " elsewhere now and "
                            + (moved.size() == 1 ? "was" : "were") + " found by the text";
            remarks.add(Remark.of(
                    Remark.Kind.CORRECTED, file + " " + String.join(" and ", words) + where + ".", List.of()));
        }
        if (!lost.isEmpty()) {
            remarks.add(Remark.of(
                    Remark.Kind.DOUBTFUL,
                    lost.size() + (lost.size() == 1 ? " correction is" : " corrections are")
                            + " of a row that holds another text now, such as "
                            + String.join(", ", lost.subList(0, Math.min(NAMED, lost.size())))
                            + ", and what it held is not in " + FileNames.last(source)
                            + " any more, or there more than once: nothing was done to it. `graft data restore` takes such words"
                            + " back.",
                    List.of(file)));
        }
    }
}
