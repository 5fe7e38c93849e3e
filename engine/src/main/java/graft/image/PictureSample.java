package graft.image;

import graft.data.Examples;
import graft.data.FileNames;
import graft.data.InputWalk;
import graft.image.PictureExamples.Entry;
import graft.image.PictureFiles.Found;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;

/** A few pictures of many, decoded once, to look at in several preparations of one size. Which they are depends on their names alone. */
public final class PictureSample {
    private static final long SEED = 1;

    private final PictureStore store;
    private final List<Entry> entries;
    private final List<String> classes;

    private PictureSample(PictureStore store, List<Entry> entries, List<String> classes) {
        this.store = store;
        this.entries = entries;
        this.classes = classes;
    }

    private record Named(Path file, String name, String className) {}

    /** Of a folder of classes: of what is to be learnt from where it says so, as many of each class as of the others. */
    public static PictureSample ofClasses(Path source, int most, Preprocessing size, Progress progress) {
        PictureFiles files = PictureFiles.scan(source);
        boolean split = files.files().stream().anyMatch(file -> file.part().equals(PictureFiles.TRAIN));
        List<Named> all = new ArrayList<>();
        for (Found file : files.files()) {
            if (split ? file.part().equals(PictureFiles.TRAIN) : !file.part().equals(PictureFiles.TEST)) {
                all.add(new Named(file.file(), file.name(), file.className()));
            }
        }
        return read(all, files.classes(), most, size, progress);
    }

    /** Of files and folders of any depth, of which nobody says what is on them. */
    public static PictureSample of(List<Path> inputs, int most, Preprocessing size, Progress progress) {
        List<Named> all = new ArrayList<>();
        InputWalk.over(inputs, new InputWalk.Visitor() {
            @Override
            public void found(Path file, String name) {
                if (PictureName.whyNot(file, FileNames.last(file)).isEmpty()) {
                    named(file, name);
                }
                if (progress.isCancelled()) {
                    throw new CancellationException("looking for pictures was cancelled");
                }
            }

            @Override
            public void named(Path file, String name) {
                all.add(new Named(file, name, ""));
            }

            @Override
            public void unreadable(String name, String reason) {
                // whoever asks about all of them is told
            }

            @Override
            public void passed(Path folder) {
                // nothing to look at
            }
        });
        return read(all, List.of(""), most, size, progress);
    }

    private static PictureSample read(
            List<Named> all, List<String> classes, int most, Preprocessing size, Progress progress) {
        List<Named> chosen = chosen(all, most);
        PictureStore store = new PictureStore(chosen.stream().map(Named::file).toList(), size);
        List<PictureStore.Outcome> outcomes = store.readAll(Progress.withoutStages(progress));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            if (outcomes.get(i).failure().isEmpty()) { // whoever learns from them names those that cannot be read
                Named named = chosen.get(i);
                entries.add(new Entry(i, named.name(), classes.indexOf(named.className())));
            }
        }
        return new PictureSample(store, List.copyOf(entries), classes);
    }

    private static List<Named> chosen(List<Named> all, int most) {
        Map<String, List<Named>> byClass = new LinkedHashMap<>();
        all.forEach(each -> byClass.computeIfAbsent(each.className(), name -> new ArrayList<>())
                .add(each));
        byClass.values().forEach(each -> Collections.shuffle(each, new Random(SEED)));
        List<Named> out = new ArrayList<>();
        for (int turn = 0; out.size() < Math.min(most, all.size()); turn++) {
            for (List<Named> each : byClass.values()) {
                if (turn < each.size() && out.size() < most) {
                    out.add(each.get(turn));
                }
            }
        }
        return out;
    }

    public int size() {
        return entries.size();
    }

    /** What labels count; one class where nobody says. */
    public List<String> classes() {
        return classes;
    }

    public int[] labels() {
        return entries.stream().mapToInt(Entry::label).toArray();
    }

    /** @param how of the size that they were read for */
    public Examples prepared(Preprocessing how) {
        return new PictureExamples(store, how, entries, classes.size());
    }
}
