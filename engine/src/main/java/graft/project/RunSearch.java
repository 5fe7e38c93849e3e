package graft.project;

import graft.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which run somebody means. */
final class RunSearch {
    private RunSearch() {}

    /** @param history its file, for refusals */
    static RunEntry in(List<RunEntry> runs, String words, Path history) {
        Path folder = Path.of(words).toAbsolutePath().normalize();
        List<Predicate<RunEntry>> meanings = List.of(
                run -> Path.of(run.folder()).toAbsolutePath().normalize().equals(folder),
                run -> run.name().equals(words),
                run -> Path.of(run.folder()).endsWith(words),
                run -> Long.toString(run.id()).equals(words));
        for (Predicate<RunEntry> meaning : meanings) {
            List<RunEntry> found = runs.stream().filter(meaning).toList();
            if (found.size() > 1) {
                throw new Refusal("\"" + words + "\" may be any of the runs "
                        + found.stream().map(run -> Long.toString(run.id())).collect(Collectors.joining(", ")) + " in "
                        + history + ": say its number.");
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        throw new Refusal("There is no run \"" + words + "\" in " + history
                + ": say its number, its name or its folder; `graft runs` lists them.");
    }
}
