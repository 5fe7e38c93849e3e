package graft.cli;

import graft.image.Preprocessing;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as the command line that gives it: what a window does, a script can repeat. */
public final class TrainArguments {
    private final List<String> words = new ArrayList<>(List.of("train"));

    private TrainArguments() {}

    /** The arguments of {@code graft} that start a run by {@code plan}. */
    public static List<String> of(FineTuningPlan plan) {
        TrainArguments out = new TrainArguments();
        out.option("--network", plan.network());
        out.option("--data", plan.data());
        out.option("--out", plan.out());
        out.words.addAll(plan.settings().words(PlanOptions.ALL));
        plan.preprocessing().ifPresent(out::preprocessing);
        plan.reading().output().ifPresent(name -> out.option("--output", name));
        plan.reading().inputs().forEach((name, value) -> out.option("--input", name + "=" + value));
        return List.copyOf(out.words);
    }

    /** As it is typed into a shell, in quotes where a shell needs them. */
    public static String typed(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "graft ", ""));
    }

    private void preprocessing(Preprocessing how) {
        how.settings().forEach((key, value) -> option("--" + key.substring("graft.".length()), value));
    }

    private void option(String name, Object value) {
        words.add(name + "=" + value);
    }
}
