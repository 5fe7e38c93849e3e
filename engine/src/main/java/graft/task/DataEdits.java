package graft.task;

import graft.Refusal;
import graft.data.Corrections;
import graft.files.Several;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.Listing.Listed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes what is known of the examples of a data set, never the examples: what is said lies beside them, and can be taken back. */
public final class DataEdits {
    private static final int NAMED = 3;

    private final Path source;
    private final Settings how;
    private final Listing before;
    private final Reading reading;

    private DataEdits(Path source, Settings how, Reading reading) {
        this.source = source;
        this.how = how;
        this.reading = reading;
        this.before = reading.listed(source, how);
    }

    /**
     * Reads the names of the examples.
     *
     * @param how what the user said of how they are read
     * @throws Refusal where the examples have no names
     */
    public static DataEdits of(Path source, Settings how) {
        return new DataEdits(
                source, how, TaskTable.of(source, how.get(PlanOptions.TASK)).reading());
    }

    /** As they were when they were read. */
    public Listing before() {
        return before;
    }

    /** The same once each example was opened. */
    public Listing looked(Progress progress) {
        return reading.looked(before, how, progress);
    }

    /** Says that examples are of a class, which may be a new one. */
    public Listing relabel(List<String> names, String className) {
        List<Listed> examples = find(names);
        examples.stream()
                .filter(example -> !example.text().isEmpty())
                .findFirst()
                .ifPresent(example -> refuseWhole(example.name()));
        Map<String, String> relabel = new LinkedHashMap<>();
        examples.forEach(example -> relabel.put(example.name(), className));
        return say(Corrections.relabelling(relabel).withRows(Listing.rows(examples)));
    }

    /** Leaves examples out of the data. */
    public Listing leaveOut(List<String> names) {
        List<Listed> examples = find(names);
        return say(Corrections.leavingOut(examples.stream().map(Listed::name).toList())
                .withRows(Listing.rows(examples)));
    }

    /** Calls a class by another name; where a class has that name, both become one. */
    public Listing rename(String className, String name) {
        if (!before.classes().contains(className)) {
            throw unknownClass(className);
        }
        return become(before.corrections().renamed(className, name));
    }

    private void refuseWhole(String name) {
        throw new Refusal(
                name + " of " + source + " is of no one class: the words of a sentence have tags of their own. Mend"
                        + " these in the file; `graft data leave-out` leaves a sentence out, `graft data rename` calls a tag by another"
                        + " name.");
    }

    /** What adding files to a class would do. */
    public AddedFiles adding(List<Path> files, String className, Progress progress) {
        before.examples().stream()
                .filter(example -> !example.text().isEmpty())
                .findFirst()
                .ifPresent(example -> refuseWhole(example.name()));
        return AddedFiles.of(before, reading, files, className, progress);
    }

    /** Both together with what was said before. */
    public Listing say(Corrections fix) {
        return become(before.corrections().and(fix));
    }

    /** Takes back what was said of examples, files or classes; all of it where none are named. */
    public Listing restore(Set<String> names) {
        Corrections said = before.corrections();
        Set<String> spoken = new LinkedHashSet<>(said.leaveOut());
        spoken.addAll(said.relabel().keySet());
        spoken.addAll(said.merge().keySet());
        said.add().values().forEach(spoken::addAll);
        names.stream().filter(name -> !spoken.contains(name)).findFirst().ifPresent(name -> {
            throw new Refusal("Nothing was said of " + name + " in " + source + ". "
                    + (spoken.isEmpty()
                            ? "Nothing was corrected there."
                            : "Corrected are " + shortened(new ArrayList<>(spoken)) + "."));
        });
        return become(names.isEmpty() ? Corrections.NONE : said.without(names));
    }

    private Listing become(Corrections now) {
        now.writeTo(source);
        try {
            return reading.listed(source, how);
        } catch (Refusal e) {
            // Nothing would be left to learn from: as it was.
            before.corrections().writeTo(source);
            throw new Refusal("Nothing was changed, for so the data could not be learnt from: " + e.getMessage(), e);
        }
    }

    /** Whether they are pictures, which training may vary. */
    public boolean takesPictures() {
        return reading.takesPictures(source);
    }

    /** @throws Refusal where one of them is not there */
    public List<Listed> find(List<String> names) {
        Map<String, Listed> byName = before.byName();
        List<Listed> out = new ArrayList<>();
        for (String name : names) {
            Listed found = byName.get(name);
            if (found == null) {
                throw new Refusal(source + " has no example " + name + ". Its examples are called "
                        + shortened(byName.keySet().stream().limit(NAMED + 1).toList())
                        + "; `graft data --examples` lists them.");
            }
            out.add(found);
        }
        return out;
    }

    private Refusal unknownClass(String className) {
        return new Refusal(source + " has no class " + className + ", but " + Several.of(before.classes()) + ".");
    }

    /** The names of the examples of a class. */
    public List<String> ofClass(String className) {
        if (!before.classes().contains(className)) {
            throw unknownClass(className);
        }
        return before.examples().stream()
                .filter(example -> example.counted().contains(className))
                .map(Listed::name)
                .toList();
    }

    private static String shortened(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? ", …" : "");
    }
}
