package graft.task;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.InputWalk;
import graft.data.Skipped;
import graft.progress.Progress;
import graft.task.Listing.Listed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Files that are to be examples of a class. Those of the data set become examples of that class; others are added where they lie:
 * nothing is copied, moved or written over.
 *
 * @param fix what is to be said of the data
 * @param added how many lie elsewhere
 * @param relabelled how many are of the data set, and were of another class
 * @param already how many were of the class before
 * @param refused what is no example, and why
 */
public record AddedFiles(Corrections fix, int added, int relabelled, int already, List<Skipped> refused) {

    /**
     * Looks at each file.
     *
     * @param files in folders of any depth too
     * @throws CancellationException when {@code progress} was cancelled
     */
    public static AddedFiles of(Listing data, Reading reading, List<Path> files, String className, Progress progress) {
        Map<Path, Listed> known = new HashMap<>();
        data.examples().stream()
                .filter(example -> example.fingerprint().isEmpty())
                .forEach(example -> known.put(whole(example.file()), example));
        Map<String, String> relabel = new LinkedHashMap<>();
        List<String> add = new ArrayList<>();
        List<Skipped> refused = new ArrayList<>();
        int already = 0;
        Set<Path> all = files(files, refused);
        int done = 0;
        for (Path file : all) {
            if (progress.isCancelled()) {
                throw new CancellationException("looking at what is to be added was cancelled");
            }
            Listed there = known.get(file);
            if (there != null && there.className().equals(className)) {
                already++;
            } else if (there != null) {
                relabel.put(there.name(), className);
            } else {
                Optional<String> reason = reading.whyNoExample(file);
                reason.ifPresentOrElse(words -> refused.add(new Skipped(file, words)), () -> add.add(file.toString()));
            }
            progress.stage("looking at files", ++done, all.size());
        }
        Corrections fix = Corrections.relabelling(relabel);
        return new AddedFiles(
                add.isEmpty() ? fix : fix.and(Corrections.adding(className, add)),
                add.size(),
                relabel.size(),
                already,
                List.copyOf(refused));
    }

    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private static Set<Path> files(List<Path> inputs, List<Skipped> refused) {
        Set<Path> out = new LinkedHashSet<>();
        inputs.stream().filter(input -> !Files.exists(input)).findFirst().ifPresent(gone -> {
            throw new Refusal("There is no " + gone + ". Check its path.");
        });
        InputWalk.over(inputs, new InputWalk.Visitor() {
            @Override
            public void named(Path file, String name) {
                out.add(whole(file));
            }

            @Override
            public void found(Path file, String name) {
                out.add(whole(file));
            }

            @Override
            public void unreadable(String name, String reason) {
                refused.add(new Skipped(Path.of(name), reason));
            }

            @Override
            public void passed(Path folder) {
                refused.add(new Skipped(folder, "it is a folder of a program or system, not of examples"));
            }
        });
        return out;
    }
}
