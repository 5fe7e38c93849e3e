package graft.worker;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.McNemar;
import graft.evaluate.Predictions;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import graft.task.Reading;
import graft.task.TaskTable;
import graft.train.FineTuner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Two runs judged by the same examples, one by one: which of them only one of the two gets right. */
public final class PairedRuns {
    private static final int NAMED = 3;

    private PairedRuns() {}

    /**
     * @param first folder of a run
     * @param second folder of the run that it is compared with
     */
    public record Plan(Path first, Path second) implements Work.Plan {
        @Override
        public Path file() {
            return first;
        }

        @Override
        public List<Path> files() {
            return List.of(first, second);
        }
    }

    /**
     * What was found.
     *
     * @param n examples
     * @param first accuracy of the first run's network, and of the second's
     * @param firstInterval [low, high] (95 %, Wilson)
     * @param bothRight examples that both got right
     * @param onlyFirst that only the first got right
     * @param onlySecond that only the second got right
     * @param bothWrong that none got right
     * @param exact p of McNemar's exact test
     * @param mid p of the same test with mid-p: nearer to the level that is chosen
     * @param remarks what has changed of the examples since a run began
     * @param changed those that one of them alone got right, the ones that the second run lost first
     */
    public record Paired(
            int n,
            double first,
            double[] firstInterval,
            double second,
            double[] secondInterval,
            int bothRight,
            int onlyFirst,
            int onlySecond,
            int bothWrong,
            double exact,
            double mid,
            List<String> remarks,
            List<Changed> changed) {}

    /**
     * An example that one of them alone got right.
     *
     * @param name in the data set
     * @param file where it lies; "" where it is none of a folder
     * @param words the example itself, where it is of words; else ""
     * @param truth its class
     * @param first what the first run's network says
     * @param second what the second run's network says
     */
    public record Changed(String name, String file, String words, String truth, String first, String second) {
        /** Whether the second one got it right. */
        public boolean gained() {
            return second.equals(truth);
        }
    }

    /** Answers by the names of the examples. */
    private record Judged(DataSet data, Examples examples, Predictions said, Map<String, Integer> places) {
        String truth(int i) {
            return said.classes().get(said.truth()[i]);
        }

        String answer(int i) {
            return said.classes().get(said.predicted()[i]);
        }

        /** Content and class: what is the same where two examples are. */
        String content(String name) {
            int i = places.get(name);
            return examples.key(i) + " " + truth(i);
        }
    }

    /** @throws Refusal where the two are not judged by the same examples, saying in what they differ */
    public static Paired run(Plan plan, Progress progress) {
        Judged first = judged(plan.first(), progress);
        Judged second = judged(plan.second(), progress);
        refuseOthers(plan, first, second);
        int[] counts = new int[4];
        List<Changed> lost = new ArrayList<>();
        List<Changed> gained = new ArrayList<>();
        boolean inFolder = Files.isDirectory(first.data().source());
        first.places().forEach((name, i) -> {
            int j = second.places().get(name);
            String truth = first.truth(i);
            boolean right = first.answer(i).equals(truth);
            boolean thenRight = second.answer(j).equals(truth);
            counts[(right ? 0 : 2) + (thenRight ? 0 : 1)]++;
            if (right != thenRight) {
                (right ? lost : gained)
                        .add(new Changed(
                                name,
                                inFolder ? first.examples().place(i) : "",
                                first.examples().words(i).orElse(""),
                                truth,
                                first.answer(i),
                                second.answer(j)));
            }
        });
        lost.addAll(gained);
        McNemar test = new McNemar(counts[1], counts[2]);
        ClassEvaluation one = ClassEvaluation.of(first.said());
        ClassEvaluation other = ClassEvaluation.of(second.said());
        return new Paired(
                one.n(),
                one.accuracy(),
                one.interval(),
                other.accuracy(),
                other.interval(),
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                test.exact(),
                test.mid(),
                Stream.concat(since(plan.first(), first.data()).stream(), since(plan.second(), second.data()).stream())
                        .distinct()
                        .toList(),
                List.copyOf(lost));
    }

    private static Judged judged(Path run, Progress progress) {
        Path file = run.resolve("network.onnx");
        if (!Files.isRegularFile(file)) {
            throw new Refusal(
                    run + " holds no finished network, so that its answers cannot be compared. Let the run end, or"
                            + " choose another one.");
        }
        FineTuningPlan plan = FineTuner.plan(run);
        if (!Files.exists(plan.data())) {
            throw new Refusal("The examples of " + run + " are not at " + plan.data()
                    + " any more, so that nothing can be judged by them. Bring them back there.");
        }
        Reading reading = TaskTable.of(plan.data(), plan.get(PlanOptions.TASK)).reading();
        DataSet data = reading.open(
                plan.data(),
                file,
                new Reading.How(
                        OnnxFile.read(file),
                        plan::preprocessing,
                        plan.settings()
                                .with(PlanOptions.SKIP_UNREADABLE, true)
                                .with(PlanOptions.AUGMENT, PlanOptions.AUGMENT.usual()),
                        plan.reading().inputs().keySet()),
                progress);
        if (data.classes().isEmpty()) {
            throw new Refusal("The answers of " + run
                    + " are no classes, so that none of them is right or wrong. Compare the scores of the two runs.");
        }
        try (Evaluator evaluator = Evaluator.open(file, 0)) {
            Predictions said = evaluator.predict(data.classes(), data.val(), progress);
            Map<String, Integer> places = new LinkedHashMap<>();
            for (int i = 0; i < data.val().size(); i++) {
                places.put(data.val().name(i), i);
            }
            return new Judged(data, data.val(), said, places);
        }
    }

    private static Optional<String> since(Path run, DataSet now) {
        Map<String, String> classes = new LinkedHashMap<>();
        Stream.concat(Stream.of(now.train(), now.val()), now.test().stream()).forEach(part -> {
            for (int i = 0; i < part.size(); i++) {
                classes.put(part.name(i), now.classes().get(part.label(i)));
            }
        });
        String changes = RunFolder.changes(run, classes);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Since " + run + " began, of the examples " + changes
                                + ": both are judged by what they are now, and what it is judged by may have been learnt from.");
    }

    private static void refuseOthers(Plan plan, Judged first, Judged second) {
        List<String> words = new ArrayList<>();
        add(words, first, second, "judged by the first only");
        add(words, second, first, "judged by the second only");
        List<String> altered = first.places().keySet().stream()
                .filter(second.places()::containsKey)
                .filter(name -> !first.content(name).equals(second.content(name)))
                .toList();
        if (!altered.isEmpty()) {
            words.add(counted(altered) + " not the same in both");
        }
        if (!words.isEmpty()) {
            throw new Refusal(plan.first() + " and " + plan.second() + " are not judged by the same examples: "
                    + String.join("; ", words)
                    + ". Their answers can be compared only where data, --seed and --val-share are"
                    + " the same, or the data say themselves what is judged by.");
        }
    }

    private static void add(List<String> words, Judged some, Judged others, String what) {
        List<String> only = some.places().keySet().stream()
                .filter(name -> !others.places().containsKey(name))
                .toList();
        if (!only.isEmpty()) {
            words.add(counted(only) + " " + what);
        }
    }

    private static String counted(List<String> names) {
        return names.size() + " (" + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
                + (names.size() > NAMED ? ", …" : "") + ") " + (names.size() == 1 ? "is" : "are");
    }
}
