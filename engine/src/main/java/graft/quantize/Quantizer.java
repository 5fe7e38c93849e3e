package graft.quantize;

import graft.Refusal;
import graft.files.AsideFile;
import graft.files.OutputPlace;
import graft.inference.ExampleInputs;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.quantize.QuantizationPlan.Granularity;
import graft.quantize.QuantizationPlan.Method;
import graft.quantize.QuantizationReport.Left;
import graft.rewrite.InferenceForm;
import graft.rewrite.OpsetRaise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes int8 networks. */
public final class Quantizer {
    private static final long FIRST_WITH_INT8 = 10;
    /** A share of equal answers below this is said aloud. */
    private static final double FEW = 0.9;
    /** So is an error of the outputs above this, by what tells examples apart. */
    private static final double FAR = 0.5;

    private static final Set<String> INTEGER_OPERATORS = Set.of(
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "MatMulInteger",
            "ConvInteger",
            "QLinearConv",
            "QLinearMatMul");

    private Quantizer() {}

    /**
     * Quantizes a file into another, which gets its name only after ONNX Runtime has run it.
     *
     * @param examples batches of inputs by name, for calibration, gone through three times; may be empty for the dynamic
     *     method
     * @throws Refusal where the network cannot be quantized, with the reason
     * @throws java.util.concurrent.CancellationException when {@code progress} was cancelled; nothing is written then
     */
    public static QuantizationReport quantizeFile(
            Path network, Path out, QuantizationPlan plan, Iterable<Map<String, Values>> examples, Progress progress) {
        return quantizeFile(network, Reading.USUAL, out, plan, Map.of(), examples, progress);
    }

    /**
     * The same, with what the user says of the file's inputs and outputs.
     *
     * @param notes what the file is to say beside what the network says
     */
    public static QuantizationReport quantizeFile(
            Path network,
            Reading reading,
            Path out,
            QuantizationPlan plan,
            Map<String, String> notes,
            Iterable<Map<String, Values>> examples,
            Progress progress) {
        OutputPlace.checkFile(out, MadeByGraft::isOn, network);
        Classifier classifier = Classifier.read(network, reading);
        classifier.lines().forEach(progress::note);
        Model model = classifier.model().withMetadata(notes);
        try (AsideFile aside = AsideFile.of(out)) {
            Quantized quantized = quantize(model, plan, examples, progress);
            double difference = write(quantized, aside, model, examples);
            QuantizationReport report =
                    quantized.report().written(ProvenFile.size(network), ProvenFile.size(aside.path()), difference);
            Optional<Agreement> agreement =
                    Agreement.of(classifier, Classifier.read(aside.path(), classifier.reading()), examples, progress);
            agreement.ifPresent(found -> remark(found, report, progress));
            aside.take();
            return agreement
                    .map(found -> report.agreeing(found.share(), found.spread(), found.always()))
                    .orElse(report);
        }
    }

    private static void remark(Agreement found, QuantizationReport report, Progress progress) {
        String wayOut = report.perChannel()
                ? "Calibrate with more examples, or with another --calibration."
                : "Try a scale for each channel (--per-channel).";
        if (found.always().isPresent()) {
            progress.note("The int8 network gives the same answer (output "
                    + found.always().get() + ") for every calibration example, which the float one does not. "
                    + wayOut);
        } else if (found.share() < FEW) {
            progress.note(String.format(
                    Locale.ROOT,
                    "The int8 network answers as the float one on only %.1f %% of the calibration examples. %s",
                    100 * found.share(),
                    wayOut));
        }
        found.spread()
                .filter(spread -> spread > FAR)
                .ifPresent(spread -> progress.note(String.format(
                        Locale.ROOT,
                        "The outputs of the int8 network are off by %.2f of what tells the calibration examples apart%s. %s",
                        spread,
                        spread >= 1 ? ": nothing of it is left" : "",
                        wayOut)));
    }

    /** Writes and runs the file; answers the largest difference on the first example. */
    public static double write(
            Quantized quantized, AsideFile out, Model model, Iterable<Map<String, Values>> examples) {
        Iterator<Map<String, Values>> first = examples.iterator();
        Map<String, Values> example = first.hasNext() ? first.next() : ExampleInputs.random(model.graph(), 1, 1);
        return ProvenFile.write(quantized.model(), out, model, example);
    }

    /**
     * The int8 form of a network held in memory; sizes and difference of the report are 0.
     *
     * @param examples gone through once, by the static method alone
     */
    public static Quantized quantize(
            Model model, QuantizationPlan plan, Iterable<Map<String, Values>> examples, Progress progress) {
        refuseQuantized(model);
        List<String> notes = new ArrayList<>();
        OpsetRaise.Result raised = OpsetRaise.raise(InferenceForm.of(model));
        if (raised.model().opset("") != model.opset("")) {
            notes.add("The operators were rewritten from operator set " + model.opset("") + " to "
                    + raised.model().opset("") + ", which knows one scale per channel.");
        }
        Quantized quantized = plan.method() == Method.STATIC
                ? StaticQuantizer.quantize(raised.model(), within(plan, raised, notes), examples, progress)
                : DynamicQuantizer.quantize(raised.model());
        QuantizationReport report = quantized.report();
        if (report.nodesQuantized() == 0) {
            throw new Refusal("Nothing in this network can be int8. " + reasons(report.left()));
        }
        notes.forEach(progress::note);
        return new Quantized(quantized.model(), report.with(notes));
    }

    /** What the operator set allows, where it could not be raised. */
    private static QuantizationPlan within(QuantizationPlan plan, OpsetRaise.Result raised, List<String> notes) {
        if (raised.blockers().isEmpty()) {
            return plan;
        }
        long opset = raised.model().opset("");
        String why = "its operator set " + opset + " cannot be raised to " + OpsetRaise.TARGET + ": "
                + raised.blockers().stream().limit(5).collect(Collectors.joining(", "));
        if (opset < FIRST_WITH_INT8) {
            throw new Refusal("The network cannot be quantized with calibration, since " + why
                    + ". Export it again with operator set " + OpsetRaise.TARGET
                    + " or later, or use the dynamic method.");
        }
        if (plan.granularity() == Granularity.PER_CHANNEL) {
            notes.add("Each weight got one scale, not one per channel, since " + why + ".");
        }
        return plan.with(Granularity.PER_TENSOR);
    }

    private static void refuseQuantized(Model model) {
        for (Node node : model.graph().nodes()) {
            if (INTEGER_OPERATORS.contains(node.opType()) || node.opType().startsWith("QLinear")) {
                throw new Refusal("The network is quantized already: it holds " + node
                        + ". Quantize the float network it was made from.");
            }
        }
    }

    private static String reasons(List<Left> left) {
        if (left.isEmpty()) {
            return "It has no Conv, ConvTranspose, Gemm or MatMul with a float weight.";
        }
        return left.stream()
                .limit(5)
                .map(l -> l.op() + " " + l.node() + ": " + l.reason())
                .collect(Collectors.joining("; ", "", "."));
    }
}
