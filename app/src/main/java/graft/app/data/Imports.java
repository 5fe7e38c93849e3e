package graft.app.data;

import graft.Refusal;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.app.task.Understanding;
import graft.data.FileNames;
import graft.data.JoinedData;
import graft.data.ZippedData;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.text.TableLook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Looks at data before they are taken: what is understood of them, and how they are read, is shown and can be changed. */
public final class Imports {
    private final JobRunner jobs;
    private final Path folder;
    private final PictureLooks looks;
    private final Consumer<ExampleSet> taken;
    private final Consumer<String> problem;
    private final ReadOnlyObjectWrapper<Understanding> understood = new ReadOnlyObjectWrapper<>();
    private Job looking;
    /** What was unpacked and is not taken yet. */
    private Path unpacked;

    /**
     * @param folder of the project for what is unpacked
     * @param taken gets what is to be opened
     * @param problem gets what went wrong; "" as something new begins
     */
    Imports(JobRunner jobs, Path folder, PictureLooks looks, Consumer<ExampleSet> taken, Consumer<String> problem) {
        this.jobs = jobs;
        this.folder = folder;
        this.looks = looks;
        this.taken = taken;
        this.problem = problem;
    }

    /** What was dropped: folders and tables, several as one data set. Of loose files it is not known of which class they are. */
    void drop(List<Path> files) {
        List<Path> loose = files.stream().filter(Imports::isLoose).toList();
        if (!loose.isEmpty()) {
            problem.accept(DataTexts.text("drop.loose", loose.size(), FileNames.last(loose.get(0))));
        } else if (files.size() == 1) {
            look(files.get(0));
        } else if (files.stream().anyMatch(ZippedData::isOne)) {
            problem.accept(DataTexts.text("drop.zips"));
        } else {
            look(DataTexts.text("several", files.size()), () -> JoinedData.of(files), Settings.NONE);
        }
    }

    /** Neither a folder nor a file that can be a data set of its own. */
    static boolean isLoose(Path file) {
        String name = FileNames.last(file).toLowerCase(Locale.ROOT);
        return !Files.isDirectory(file)
                && name.matches(".*\\.(txt|jpe?g|png|bmp|gif|webp|tiff?|jfif)")
                && !ExampleSet.mayBe(file); // columns of words and tags are often called .txt
    }

    /** Shows what is understood of data; {@link #accept} takes them. A zip file is unpacked into the project first. */
    public void look(Path source) {
        if (ZippedData.isOne(source)) {
            unpack(source);
        } else {
            look(source, Settings.NONE);
        }
    }

    private void unpack(Path zip) {
        problem.accept("");
        decline();
        looking = jobs.start(
                DataTexts.text("unpacking", zip.getFileName()),
                progress -> {
                    Path place = newFolder(zip);
                    ZippedData.unpack(zip, place, progress);
                    try {
                        return Understanding.of(place, Settings.NONE);
                    } catch (Refusal e) {
                        ZippedData.clear(place);
                        throw e;
                    }
                },
                found -> {
                    unpacked = found.source();
                    understand(found);
                },
                problem);
    }

    private Path newFolder(Path zip) {
        String name = FileNames.last(zip).replaceFirst("(?i)\\.zip$", "");
        Path place = folder.resolve(name);
        for (int i = 2; Files.exists(place); i++) {
            place = folder.resolve(name + " " + i);
        }
        return place;
    }

    /** Looks again, in a way that the user said. */
    void look(Path source, Settings how) {
        look(FileNames.last(source), () -> source, how);
    }

    private interface Place {
        Path find();
    }

    private void look(String name, Place source, Settings how) {
        problem.accept("");
        if (looking != null) {
            looking.cancel();
        }
        looking = jobs.start(
                DataTexts.text("looking", name),
                progress -> Understanding.of(source.find(), how),
                this::understand,
                words -> {
                    understood.set(null);
                    problem.accept(words);
                });
    }

    /** Also before data are taken it is to be seen what of them cannot be read. */
    private void understand(Understanding found) {
        understood.set(found);
        found.examples()
                .ifPresent(set -> looks.look(set, seen -> {
                    if (understood.get() == found) {
                        understood.set(found.with(seen));
                    }
                }));
    }

    /** Looks at the data again, read in another way. */
    public <T> void say(Option<T> option, T value) {
        Understanding now = understood.get();
        if (now != null && !now.how().get(option).equals(value)) {
            look(now.source(), now.how().with(option, value));
        }
    }

    /** Reads a second text together with the first; none where {@code column} is "". */
    public void pair(TableLook table, String column) {
        Understanding now = understood.get();
        if (now != null && !table.pair().orElse("").equals(column)) {
            // A pair is looked for where neither text is named.
            Settings first = table.text().isEmpty() ? now.how() : now.how().with(PlanOptions.TEXT, table.text());
            look(
                    now.source(),
                    first.with(PlanOptions.TEXT_PAIR, column.isEmpty() ? Optional.empty() : Optional.of(column)));
        }
    }

    /** Takes what was understood; nothing happens where it cannot be taken. */
    public void accept() {
        Understanding now = understood.get();
        if (now != null && now.examples().isPresent()) {
            understood.set(null);
            unpacked = null;
            taken.accept(now.examples().get());
        }
    }

    /** Leaves the data alone. */
    public void decline() {
        if (looking != null) {
            looking.cancel();
        }
        understood.set(null);
        Path unwanted = unpacked;
        unpacked = null;
        if (unwanted != null) {
            jobs.start(
                    DataTexts.text("clearing", unwanted.getFileName()),
                    progress -> {
                        ZippedData.clear(unwanted);
                        return unwanted;
                    },
                    cleared -> {},
                    problem);
        }
    }

    /** Other data are opened without a question. */
    void forget() {
        understood.set(null);
    }

    /** What was understood of data that are not taken yet; null where there are none. */
    public ReadOnlyObjectProperty<Understanding> understoodProperty() {
        return understood.getReadOnlyProperty();
    }
}
