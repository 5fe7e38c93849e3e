package graft.fewshot;

import graft.Refusal;
import graft.data.Examples;
import graft.data.Unlabelled;
import graft.data.Unlabelled.Unread;
import graft.features.MicroBatch;
import graft.files.AsideFile;
import graft.files.OutputPlace;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.network.Means;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.task.Reading;
import graft.task.Task;
import graft.task.TaskTable;
import graft.text.TokenizerFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Adds a class to a network whose classes are means of examples: one more mean, no step of training, nothing else changed.
 *
 * @param network the file that is read
 * @param name of the class; where the file knows it, the examples are added to those that it is the mean of
 * @param inputs the examples
 * @param how they are read
 * @param threads 0 = one per core
 */
public record ClassAdder(
        NetworkFile network,
        graft.meaning.Reading reading,
        String name,
        List<Path> inputs,
        Reading.How how,
        Path out,
        int threads) {
    private static final int BATCH = 16;
    /** What single precision leaves, of the largest score. */
    private static final double APART = 1e-4;

    /** @throws Refusal where that cannot be; nothing is then written */
    public AddedClass add(Progress progress) {
        long start = System.nanoTime();
        if (name.isBlank()) {
            throw new Refusal("A class needs a name; the one that was given is empty.");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("The name of a class is one line of text; in \"" + name.replaceAll("\\p{Cntrl}", "?")
                    + "\" there is a line break, a tab or the like (shown as ?). Leave it out.");
        }
        inputs.stream().filter(input -> !Files.exists(input)).findFirst().ifPresent(missing -> {
            throw new Refusal("There is no " + missing + ". Check the path of the examples.");
        });
        OutputPlace.checkFile(out, MadeByGraft::isOn, network.path());
        PrototypeFile file = PrototypeFile.of(Classifier.of(network.path(), network.model(), reading));
        Task task = TaskTable.ofNetwork(network, progress);
        Unlabelled examples = task.questions().open(inputs, network.path(), how, progress);
        Means means = new Means(1);
        List<Unread> skipped = new ArrayList<>();
        each(
                file.network(),
                below(file),
                file.head().features(),
                examples,
                skipped,
                progress,
                rows -> means.add(rows, new int[Math.toIntExact(rows.shape()[0])]));
        int count = means.counts()[0];
        if (count == 0) {
            throw new Refusal(inputs.get(0) + " holds no " + task.questions().words()
                    + " that can be read, so that there is nothing to"
                    + " make the class " + name + " of."
                    + (skipped.isEmpty() ? "" : " " + skipped.get(0).inWords()));
        }
        Model written = file.with(name, means.means()[0], count);
        if (network.model().metadata().containsKey(MadeByGraft.EXAMPLES)) {
            progress.note("What " + network.path() + " notes of the examples that it learnt from is not in " + out
                    + ": those of " + name + " are not among them. `graft ood` makes the note anew.");
        }
        int recognized = write(file, written, examples, progress);
        return new AddedClass(
                out,
                name,
                !file.knows(name),
                count,
                count + (file.knows(name) ? file.counts().get(file.number(name)) : 0),
                recognized,
                graft.data.ClassNames.fromMetadata(written.metadata()).orElseThrow(),
                List.copyOf(skipped),
                (System.nanoTime() - start) / 1e9);
    }

    /** Gives the file its name once ONNX Runtime answers from it for all other classes as it did from the one that was read. */
    private int write(PrototypeFile file, Model written, Unlabelled examples, Progress progress) {
        int at = file.number(name);
        int[] recognized = {0};
        String scores = file.network().answer().output();
        List<float[]> before = new ArrayList<>();
        each(
                file.network(),
                file.network().model(),
                scores,
                examples,
                new ArrayList<>(),
                progress,
                rows -> add(before, rows));
        try (AsideFile aside = AsideFile.of(out)) {
            OnnxFile.write(written, aside);
            Classifier now = Classifier.read(aside.path(), reading);
            List<float[]> after = new ArrayList<>();
            each(now, now.model(), scores, examples, new ArrayList<>(), progress, rows -> add(after, rows));
            for (int i = 0; i < before.size(); i++) {
                float[] row = after.get(i);
                requireSame(before.get(i), row, at);
                int best = at;
                for (int c = 0; c < row.length; c++) {
                    best = row[c] > row[best] ? c : best;
                }
                recognized[0] += best == at ? 1 : 0;
            }
            aside.take();
        }
        TokenizerFile.follow(network.path(), written, out);
        return recognized[0];
    }

    private void requireSame(float[] before, float[] after, int but) {
        double largest = 1;
        for (float score : before) {
            largest = Math.max(largest, Math.abs(score));
        }
        for (int c = 0; c < before.length; c++) {
            if (c != but && !(Math.abs(before[c] - after[c]) <= APART * largest)) {
                throw new Refusal(
                        "With the class " + name + ", " + network.path()
                                + " would answer otherwise about the classes that it knows. Nothing was written; report the network.");
            }
        }
    }

    private static void add(List<float[]> all, Values rows) {
        FloatBuffer values = rows.floats();
        int count = Math.toIntExact(rows.shape()[0]);
        int width = values.remaining() / count;
        for (int i = 0; i < count; i++) {
            float[] row = new float[width];
            values.get(row);
            all.add(row);
        }
    }

    private static Model below(PrototypeFile file) {
        return SubGraph.cut(
                file.network().model(), Set.of(), List.of(file.head().features()), Map.of());
    }

    /** Takes rows of a tensor, those of real examples only. */
    private interface Taker {
        void take(Values rows);
    }

    private void each(
            Classifier fed,
            Model model,
            String tensor,
            Unlabelled examples,
            List<Unread> skipped,
            Progress progress,
            Taker taker) {
        Optional<Integer> fixed = fed.fixedBatch();
        try (OrtSession session = OrtSession.open(model, threads)) {
            examples.read(
                    portion -> {
                        skipped.addAll(portion.unread());
                        Examples some = portion.examples().fedTo(fed.file(), fed.inputs());
                        int[] all = IntStream.range(0, some.size()).toArray();
                        for (MicroBatch pass : MicroBatch.of(all, fixed.orElse(BATCH), fixed.isPresent())) {
                            Values rows = session.run(session.taken(some.inputs(pass.examples(), Examples.PLAIN)))
                                    .get(tensor);
                            taker.take(real(rows, pass.real()));
                        }
                    },
                    progress);
        }
    }

    private static Values real(Values rows, int count) {
        long[] shape = rows.shape().clone();
        long width = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            width *= shape[axis];
        }
        float[] some = new float[Math.toIntExact(count * width)];
        rows.floats().get(some);
        shape[0] = count;
        return Values.ofFloats(shape, some);
    }
}
