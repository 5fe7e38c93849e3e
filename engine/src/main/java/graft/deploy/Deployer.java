package graft.deploy;

import graft.Refusal;
import graft.data.DataSet;
import graft.deploy.Deployment.Standing;
import graft.deploy.Deployment.Variant;
import graft.deploy.FormJudge.Found;
import graft.files.AsideFile;
import graft.files.AsideFiles;
import graft.files.CannotWrite;
import graft.files.OutputFolder;
import graft.files.OutputPlace;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.judge.Judging;
import graft.meaning.Classifier;
import graft.meaning.CompleteNotes;
import graft.meaning.Reading;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.RandomNumbers;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.quantize.HalfPrecision;
import graft.quantize.ProvenFile;
import graft.quantize.QuantizationPlan;
import graft.quantize.Quantizer;
import graft.task.Task;
import graft.task.TaskTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Writes every form of a network and judges each file as it will be shipped: through ONNX Runtime, on the same examples. */
public final class Deployer {
    private static final int CALIBRATION_EXAMPLES = 200;
    private static final int BATCH = 16;
    private static final int WARM_UP = 10;
    private static final int TIMED = 60;
    private static final Map<String, QuantizationPlan> INT8 = int8();
    private static final List<String> NAMES =
            Stream.concat(Stream.of("fp32", "fp16"), INT8.keySet().stream()).toList();

    private final Classifier network;
    private final Reading reading;
    private final FormJudge judge;
    private final DataSet data;
    private final int batch;
    private final double maxLoss;
    private final Progress progress;

    private Deployer(
            Classifier network, Reading reading, Judging judging, DataSet data, double maxLoss, Progress progress) {
        this.network = network;
        this.reading = reading;
        this.data = data.fedTo(network.file(), network.inputs());
        this.progress = progress;
        this.batch = network.batch(this.data.train(), BATCH, told -> {});
        this.maxLoss = maxLoss;
        this.judge = data.classes().isEmpty()
                ? new ScoredForms(
                        judging, this.data.val(), batch, network.fixedBatch().isPresent(), progress)
                : new ClassForms(reading, this.data, progress);
    }

    private static Map<String, QuantizationPlan> int8() {
        Map<String, QuantizationPlan> out = new LinkedHashMap<>();
        out.put("int8-dynamic", QuantizationPlan.dynamic());
        out.put("int8-static", QuantizationPlan.staticPerTensor());
        out.put("int8-static-per-channel", QuantizationPlan.staticPerChannel());
        return out;
    }

    /**
     * The files get their names together, when all is measured: a deployment that is refused or cancelled leaves none.
     *
     * @param out folder for the files
     * @param maxLoss percentage points of a score that is a share, or per cent of any other, that the recommended form may lose
     */
    public static Deployment deploy(Path network, DataSet data, Path out, double maxLoss, Progress progress) {
        return deploy(network, Reading.USUAL, data, out, maxLoss, progress);
    }

    /** The same, with what the user says of the file. */
    public static Deployment deploy(
            Path network, Reading reading, DataSet data, Path out, double maxLoss, Progress progress) {
        return deploy(network, reading, task(network, data), data, out, maxLoss, progress);
    }

    /** The task that the file was trained for; of answers that are classes it does not matter. */
    private static Task task(Path network, DataSet data) {
        String noted = OnnxFile.read(network).metadata().get(Task.NOTE);
        if (noted == null && data.classes().isEmpty()) {
            throw new Refusal(
                    network + " does not note what it was trained for, so that nobody knows how its answers are"
                            + " to be judged. Deploy a file that `graft train` wrote.");
        }
        return noted == null || !data.classes().isEmpty() ? TaskTable.all().get(0) : TaskTable.named(noted);
    }

    /**
     * The same for a task, which may stand in no table.
     *
     * @param task by whose judge forms are compared, where answers are no classes
     */
    public static Deployment deploy(
            Path network, Reading reading, Task task, DataSet data, Path out, double maxLoss, Progress progress) {
        Classifier classifier = Classifier.read(network, reading);
        RandomNumbers.in(classifier.model().graph()).ifPresent(which -> {
            throw new Refusal(network + " draws random numbers (" + which + "): what its forms lose cannot be told from"
                    + " chance. Export it in inference mode, model.eval() in PyTorch.");
        });
        Reading ofForms = new Reading(classifier.reading().output(), Map.of(), reading.classes(), reading.order());
        return new Deployer(classifier, ofForms, task.judging(), data, maxLoss, progress).run(out);
    }

    private Deployment run(Path out) {
        OutputPlace.checkFolder(
                out, NAMES.stream().map(Deployer::fileName).toList(), MadeByGraft::isOn, data.source(), network.file());
        Model model = network.model().withMetadata(CompleteNotes.of(network, reading, data));
        try (OutputFolder folder = OutputFolder.make(out);
                AsideFiles files = new AsideFiles()) {
            AsideFile fp32 = files.add(out.resolve(fileName("fp32")));
            OnnxFile.write(MadeByGraft.note(model), fp32);
            Found truth = truth(fp32);
            truth.remarks().forEach(remark -> progress.note(named(fp32, network.file(), remark)));
            List<Variant> variants = new ArrayList<>();
            variants.add(judged("fp32", fp32, truth, truth));
            variants.add(form("fp16", files.add(out.resolve(fileName("fp16"))), truth, file -> {
                Map<String, Values> example = calibration(model).iterator().next();
                HalfPrecision.write(fp32.path(), file, example);
            }));
            for (Map.Entry<String, QuantizationPlan> int8 : INT8.entrySet()) {
                AsideFile file = files.add(out.resolve(fileName(int8.getKey())));
                variants.add(quantized(int8.getKey(), int8.getValue(), file, model, truth));
            }
            data.encoder().writeBeside(fp32.file());
            files.take();
            return Deployment.of(variants, maxLoss, data.val().wholes());
        }
    }

    /** What the network itself answers; what is wrong with its copy is wrong with it. */
    private Found truth(AsideFile fp32) {
        try {
            return judge.judged(fp32.path());
        } catch (Refusal e) {
            throw new Refusal(
                    e.getMessage()
                            .replace(fp32.path().toString(), network.file().toString()),
                    e);
        }
    }

    private static String fileName(String form) {
        return "network." + form + ".onnx";
    }

    private Variant quantized(String name, QuantizationPlan plan, AsideFile out, Model model, Found truth) {
        return form(name, out, truth, file -> {
            Iterable<Map<String, Values>> examples = calibration(model);
            Quantizer.write(Quantizer.quantize(model, plan, examples, progress), file, model, examples);
        });
    }

    private Iterable<Map<String, Values>> calibration(Model model) {
        return Batches.spread(data.train(), model, CALIBRATION_EXAMPLES, batch);
    }

    private Variant form(String name, AsideFile file, Found truth, Consumer<AsideFile> writer) {
        try {
            writer.accept(file);
            Found found = judge.judged(file.path());
            noteBatch(file, found, truth);
            return judged(name, file, found, truth);
        } catch (CannotWrite e) {
            throw e; // no verdict on the form: there is no room, or no permission
        } catch (Refusal e) {
            // One form that cannot be made or run must not hide the others. It does not get its name.
            file.close();
            String why =
                    e.getMessage().replace(file.path().toString(), file.file().toString());
            return new Variant(
                    name, null, 0, null, null, null, null, null, null, null, null, Standing.BROKEN, "broken: " + why);
        }
    }

    /** That a form's answers depend on their batch though the network's do not: what is quantized as it runs does so. */
    private void noteBatch(AsideFile form, Found found, Found truth) {
        if (oneByOne(truth).isEmpty()) {
            oneByOne(found).map(remark -> named(form, form.file(), remark)).ifPresent(progress::note);
        }
    }

    private static Optional<String> oneByOne(Found found) {
        return found.remarks().stream()
                .filter(remark -> remark.startsWith(Classifier.ONE_BY_ONE))
                .findFirst();
    }

    private static String named(AsideFile file, Path known, String remark) {
        return remark.replace(
                file.path().getFileName().toString(), known.getFileName().toString());
    }

    private Variant judged(String name, AsideFile file, Found found, Found truth) {
        Map<String, Values> one = Batches.spread(data.val(), OnnxFile.read(file.path()), 1, 1)
                .iterator()
                .next();
        double[] times = times(file.path(), one);
        return new Variant(
                name,
                file.file().toString(),
                ProvenFile.size(file.path()),
                found.score(),
                found.agreement(truth).orElse(null),
                found.spread(truth).orElse(null),
                found.always().orElse(null),
                found.worstClass().orElse(null),
                times[times.length / 2],
                times[(int) Math.ceil(times.length * 0.95) - 1],
                memory(file, one),
                null,
                "");
    }

    private Long memory(AsideFile file, Map<String, Values> one) {
        try {
            OptionalLong bytes = FormMemory.of(file.path(), one, progress);
            return bytes.isPresent() ? bytes.getAsLong() : null;
        } catch (IOException e) {
            progress.note("What " + file.file() + " needs of memory was not measured: " + e.getMessage() + ".");
            return null;
        }
    }

    /** Milliseconds for one example (or the batch that the file fixes), sorted. */
    private static double[] times(Path file, Map<String, Values> one) {
        double[] times = new double[TIMED];
        try (OrtSession session = OrtSession.open(file, 0)) {
            for (int i = -WARM_UP; i < TIMED; i++) {
                long start = System.nanoTime();
                session.runForNumbers(one);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(times);
        return times;
    }
}
