package graft.train;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.features.FeatureSets;
import graft.features.Features;
import graft.features.Frontier;
import graft.features.FrozenPart;
import graft.features.MicroBatch;
import graft.files.Several;
import graft.image.Preprocessing;
import graft.meaning.NamedClasses;
import graft.network.Head;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.Node;
import graft.onnx.Values;
import graft.problem.Sources;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.Fit;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.task.Reading;
import graft.task.Task;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * A trained network whose answers are learnt. ONNX Runtime computes them, once where an example is the same in each epoch. It is
 * given the examples as it takes them itself, in the same view.
 */
final class Teacher implements AutoCloseable {
    private final FrozenPart part;
    private final FeatureSets sets;
    private final Sources.Teacher answers;

    private Teacher(FrozenPart part, FeatureSets sets, Sources.Teacher answers) {
        this.part = part;
        this.sets = sets;
        this.answers = answers;
    }

    /**
     * That of a plan.
     *
     * @param data what the student learns from
     * @throws Refusal where its answers cannot be compared with the student's
     */
    static Optional<Teacher> of(FineTuningPlan plan, Task task, DataSet data, Progress progress) {
        return plan.get(TransferOptions.TEACHER).map(file -> open(Path.of(file), plan, task, data, progress));
    }

    private static Teacher open(Path file, FineTuningPlan plan, Task task, DataSet data, Progress progress) {
        if (data.classes().isEmpty()) {
            throw new Refusal(
                    Fit.of(plan.settings()) == Fit.EPISODES
                            ? "Episodes teach features, and a teacher's answers are classes. Leave --teacher out, or take another"
                                    + " recipe."
                            : "--teacher is for answers that are classes, and " + plan.data()
                                    + " has none. Train without a teacher.");
        }
        progress.stage("opening the teacher", 0, 0);
        Network opened = Importer.open(file);
        DataSet own = examples(file, opened, plan, task, progress);
        requireSame(file, data.train(), own.train());
        String scores = logits(opened);
        Network network = new Company(file, own.train(), progress).decide(opened, scores);
        FrozenPart part = FrozenPart.open(
                Frontier.belowAll(network.model(), scores),
                plan.get(PlanOptions.THREADS),
                own.train().alike());
        try {
            int fixed = Math.toIntExact(network.report().fixedBatch());
            FeatureSets sets = FeatureSets.prepare(plan, part, fixed, own, progress)
                    .orElseThrow(() -> new CancellationException("asking the teacher was cancelled"));
            Features train = fixed > 0 ? new Cut(sets.train(), scores, fixed) : sets.train();
            Features val = fixed > 0 ? new Cut(sets.val(), scores, fixed) : sets.val();
            long[] places = places(file, opened, width(val, scores), data.classes(), progress);
            tell(file, task, data, val, scores, places, progress);
            return new Teacher(part, sets, new Sources.Teacher(train, scores, places));
        } catch (RuntimeException e) {
            part.close();
            throw e;
        }
    }

    private static DataSet examples(Path file, Network teacher, FineTuningPlan plan, Task task, Progress progress) {
        Optional<Preprocessing> noted =
                Preprocessing.fromMetadata(teacher.model().metadata());
        if (noted.isEmpty() && plan.preprocessing().isPresent()) {
            progress.note("The file of the teacher, " + file.getFileName()
                    + ", does not say how pictures are prepared for it; it is given them as the student is.");
        }
        DataSet read = task.reading()
                .open(
                        plan.data(),
                        file,
                        new Reading.How(
                                teacher.model(),
                                () -> noted.isPresent() ? noted : plan.preprocessing(),
                                plan.settings(),
                                Set.of()),
                        Progress.withoutNotes(progress));
        try {
            return read.fedTo(file, teacher.model().graph().inputs());
        } catch (Refusal e) {
            throw new Refusal(
                    "The teacher " + file + " cannot be given these examples: "
                            + (noted.isEmpty()
                                    ? "its file does not say how they are prepared for it, and as the student takes them they do not fit."
                                    : "they do not fit its inputs as its file says they are prepared.")
                            + " Take a teacher that Graft has trained, whose file says how, or one with the same input as the student.",
                    e);
        }
    }

    /** Both read the same files in the same order; a preparation that leaves some out would shift them. */
    private static void requireSame(Path file, Examples student, Examples teacher) {
        boolean same = student.size() == teacher.size()
                && IntStream.range(0, student.size())
                        .allMatch(i -> student.name(i).equals(teacher.name(i)));
        if (!same) {
            throw new Refusal("The teacher " + file + " reads other examples than the student: " + teacher.size()
                    + " and " + student.size() + ". Take a teacher for the same kind of data.");
        }
    }

    /** The scores before a Softmax: its logarithm would do as well, but where a probability is rounded to zero. */
    private static String logits(Network teacher) {
        String scores = teacher.answer().scores();
        Map<String, Node> producers = teacher.model().graph().producers();
        Node last = producers.get(scores);
        while (last != null && Set.of("Softmax", "LogSoftmax", "Identity").contains(last.opType())) {
            scores = last.input(0);
            last = producers.get(scores);
        }
        return scores;
    }

    private static int width(Features answers, String scores) {
        long[] shape = answers.of(new int[] {0}, Examples.PLAIN).get(scores).shape();
        return Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
    }

    /** Where the student's classes are among the teacher's. */
    private static long[] places(Path file, Network teacher, int outputs, List<String> classes, Progress progress) {
        Optional<NamedClasses> named = NamedClasses.find(file, teacher.model(), teacher.answer(), outputs);
        if (named.isEmpty() || named.get().names().size() != outputs) {
            if (outputs != classes.size()) {
                throw new Refusal(
                        "The teacher " + file + " gives " + outputs + " scores and does not name them, and there are "
                                + classes.size() + " classes to learn: " + Several.of(classes)
                                + ". Take a teacher that was trained on these classes.");
            }
            progress.note("The file of the teacher does not name its classes; they are taken to be in the order "
                    + Several.of(classes) + ".");
            return IntStream.range(0, outputs).asLongStream().toArray();
        }
        List<String> names = named.get().names();
        List<String> missing =
                classes.stream().filter(name -> !names.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new Refusal("The teacher " + file + " does not know " + Several.of(missing) + "; it knows "
                    + Several.of(names) + ". Take a teacher that was trained on the classes of "
                    + "these data, or call the folders as it does.");
        }
        return classes.stream().mapToLong(names::indexOf).toArray();
    }

    /** How right the teacher is itself: of a bad one little can be learnt. */
    private static void tell(
            Path file, Task task, DataSet data, Features val, String scores, long[] places, Progress progress) {
        var judge = task.judging().of(data.val().targets(), data.classes());
        int[] all = IntStream.range(0, data.val().size()).toArray();
        for (MicroBatch pass : MicroBatch.of(all, 256, false)) {
            Values said = val.of(pass.examples(), Examples.PLAIN).get(scores);
            judge.add(Map.of(Head.LOGITS, chosen(said, places)), pass.examples(), pass.real());
        }
        var score = judge.done().primary();
        progress.note("The teacher " + file.getFileName() + " has a validation " + score.name() + " of " + score.text()
                + ".");
    }

    private static Values chosen(Values said, long[] places) {
        int rows = Math.toIntExact(said.shape()[0]);
        FloatBuffer numbers = said.floats();
        int width = numbers.remaining() / rows;
        float[] out = new float[rows * places.length];
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < places.length; c++) {
                out[i * places.length + c] = numbers.get(i * width + (int) places[c]);
            }
        }
        return Values.ofFloats(new long[] {rows, places.length}, out);
    }

    /** What problems take of it. */
    Sources.Teacher answers() {
        return answers;
    }

    @Override
    public void close() {
        sets.close();
        part.close();
    }

    /** Answers of a network that insists on a number of examples, for any number. */
    private record Cut(Features whole, String scores, int size) implements Features {
        @Override
        public Map<String, Values> of(int[] examples, long view) {
            List<float[]> rows = new ArrayList<>();
            for (MicroBatch pass : MicroBatch.of(examples, size, true)) {
                FloatBuffer numbers =
                        whole.of(pass.examples(), view).get(scores).floats();
                float[] real = new float[numbers.remaining() / size * pass.real()];
                numbers.get(real);
                rows.add(real);
            }
            int width = rows.get(0).length / Math.min(size, examples.length);
            float[] all = new float[examples.length * width];
            int to = 0;
            for (float[] some : rows) {
                System.arraycopy(some, 0, all, to, some.length);
                to += some.length;
            }
            return Map.of(scores, Values.ofFloats(new long[] {examples.length, width}, all));
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
