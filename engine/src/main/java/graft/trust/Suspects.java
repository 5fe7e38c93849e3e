package graft.trust;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.files.Several;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labels that look wrong: of each example, how likely its label is to a head that learnt from other examples.
 *
 * @param n examples that were looked at, those to learn from and those to validate; the test part is left as it is
 * @param folds of the cross-validation
 * @param accuracy share of the labels that such a head gives too, 0…1
 * @param expectedWrong how many labels are wrong, as far as confident learning can tell
 * @param suspects every example, the most suspicious first
 * @param remarks what was left aside
 */
public record Suspects(
        int n,
        List<String> classes,
        int folds,
        double accuracy,
        int expectedWrong,
        List<Suspect> suspects,
        List<String> remarks) {
    /** Of a class with fewer none would be left to learn from. */
    private static final int LEAST = 3;

    private static final int LEAST_EXAMPLES = 20;

    /**
     * One example.
     *
     * @param name as other commands take it
     * @param part {@code train} or {@code val}
     * @param label as the data say it
     * @param suggested the likeliest class
     * @param score quality of the label, 0…1: its probability; low is suspicious
     * @param wrong whether it is among those that are expected to be wrong
     * @param place where the example lies
     * @param words the example itself, where it is of words; else ""
     */
    public record Suspect(
            String name,
            String part,
            String label,
            String suggested,
            double score,
            boolean wrong,
            String place,
            String words) {}

    /**
     * Looks at the labels of the training and of the validation part.
     *
     * @param file whose body makes the features; what its head answers does not matter
     * @throws Refusal where there are too few examples
     * @throws java.util.concurrent.CancellationException when {@code progress} was cancelled
     */
    static Suspects of(
            NetworkFile file,
            Reading reading,
            DataSet data,
            Task task,
            int folds,
            long seed,
            int threads,
            Progress progress) {
        if (folds < 2 || folds > 50) {
            throw new Refusal("--folds must be a whole number from 2 to 50; it was " + folds
                    + ". So many times a head learns from what is not in a fold; 5 are usual.");
        }
        if (data.classes().size() < 2) {
            throw new Refusal(
                    data.source() + " has one class only, so that no label can be told to be wrong. Add examples"
                            + " of another class.");
        }
        List<String> remarks = new ArrayList<>();
        List<Labelled> chosen = labelled(data, remarks);
        if (chosen.size() < LEAST_EXAMPLES) {
            throw new Refusal(data.source() + " has " + chosen.size()
                    + " labelled examples to learn from and to validate; to tell wrong labels at least "
                    + LEAST_EXAMPLES
                    + " are needed, " + LEAST + " or more of each class.");
        }
        BodyFeatures features = BodyFeatures.of(file, reading, data, task, threads, progress);
        double[][] x = Coordinates.of(
                chosen.stream()
                        .map(each -> (each.part() == Parts.TRAIN ? features.train() : features.val())[each.at()])
                        .toArray(float[][]::new),
                seed);
        int[] labels = chosen.stream().mapToInt(Labelled::label).toArray();
        List<String> keys = chosen.stream()
                .map(each -> data.part(each.part()).key(each.at()))
                .toList();
        double[][] probabilities = CrossValidation.probabilities(
                x, labels, data.classes().size(), CrossValidation.folds(labels, keys, folds, seed), progress);
        data.test()
                .ifPresent(test -> remarks.add("The " + test.size()
                        + " examples of the test part were not looked at: what judges in the end is not to be cleaned by what"
                        + " is judged."));
        return judged(data, chosen, probabilities, folds, remarks);
    }

    private record Labelled(Parts part, int at, int label) {}

    /** Classes of which too few examples are there are left aside. */
    private static List<Labelled> labelled(DataSet data, List<String> remarks) {
        List<Labelled> all = new ArrayList<>();
        for (Parts part : List.of(Parts.TRAIN, Parts.VAL)) {
            Examples examples = data.part(part);
            IntStream.range(0, examples.size()).forEach(i -> all.add(new Labelled(part, i, examples.label(i))));
        }
        int[] counts = new int[data.classes().size()];
        all.forEach(each -> counts[each.label()]++);
        List<String> small = IntStream.range(0, counts.length)
                .filter(c -> counts[c] > 0 && counts[c] < LEAST)
                .mapToObj(c -> data.classes().get(c))
                .toList();
        if (!small.isEmpty()) {
            remarks.add(
                    "Of " + Several.of(small) + " there are fewer than " + LEAST + " examples: they were left aside.");
        }
        return all.stream().filter(each -> counts[each.label()] >= LEAST).toList();
    }

    private static Suspects judged(
            DataSet data, List<Labelled> chosen, double[][] probabilities, int folds, List<String> remarks) {
        int classes = data.classes().size();
        int[] labels = chosen.stream().mapToInt(Labelled::label).toArray();
        ConfidentJoint joint = ConfidentJoint.of(probabilities, labels, classes);
        List<Suspect> out = new ArrayList<>();
        int agreed = 0;
        for (int i = 0; i < labels.length; i++) {
            int likeliest = likeliest(probabilities[i]);
            agreed += likeliest == labels[i] ? 1 : 0;
            boolean wrong = joint.sure()[i] >= 0 && joint.sure()[i] != labels[i];
            Examples examples = data.part(chosen.get(i).part());
            int at = chosen.get(i).at();
            out.add(new Suspect(
                    examples.name(at),
                    chosen.get(i).part().word(),
                    data.classes().get(labels[i]),
                    data.classes().get(wrong ? joint.sure()[i] : likeliest),
                    probabilities[i][labels[i]],
                    wrong,
                    examples.place(at),
                    examples.words(at).orElse("")));
        }
        out.sort(Comparator.comparingDouble(Suspect::score));
        long most = Arrays.stream(labels)
                .boxed()
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()))
                .values()
                .stream()
                .max(Long::compare)
                .orElse(0L);
        if (agreed <= most) {
            remarks.add(
                    "The heads were no better than always naming the most frequent class, so that what they call wrong says"
                            + " nothing. Take a network whose features tell these classes apart.");
        }
        return new Suspects(
                labels.length,
                data.classes(),
                folds,
                (double) agreed / labels.length,
                joint.wrong(),
                List.copyOf(out),
                List.copyOf(remarks));
    }

    private static int likeliest(double[] row) {
        return IntStream.range(0, row.length)
                .reduce((best, c) -> row[c] > row[best] ? c : best)
                .orElseThrow();
    }

    /** Those that are expected to be wrong, the most suspicious first. */
    public List<Suspect> expected() {
        return suspects.stream().filter(Suspect::wrong).toList();
    }
}
