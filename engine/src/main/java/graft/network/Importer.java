package graft.network;

import graft.meaning.Answer;
import graft.meaning.FixedInputs;
import graft.meaning.Reading;
import graft.meaning.TrainingMode;
import graft.onnx.Bodies;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.NonFinite;
import graft.onnx.OnnxFile;
import graft.onnx.RandomNumbers;
import graft.ops.MissingOperator;
import graft.ops.OpTable;
import graft.rewrite.BatchNormTies;
import graft.rewrite.ConstantWeights;
import graft.rewrite.FreeBatch;
import graft.rewrite.FusedOperators;
import graft.rewrite.NumberFormat;
import graft.rewrite.OpenedBranches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens an {@code .onnx} file as a network, and says what it found. */
public final class Importer {
    private Importer() {}

    /** Every weight frozen; nothing but what {@link ImportReport#lines} says differs from the file. */
    public static Network open(Path file) {
        return open(file, Reading.USUAL);
    }

    /** The same, with what the user says of the file's inputs and outputs. */
    public static Network open(Path file, Reading reading) {
        return of(file, OnnxFile.read(file), reading);
    }

    /** The same for a file that was read. */
    public static Network of(Path file, Model original, Reading reading) {
        List<String> lines = new ArrayList<>();
        Model given = FixedInputs.apply(file, original.withoutFunctions(), reading.inputs(), lines);
        Model read = OpenedBranches.open(file, given, reading.inputs().keySet(), lines);
        Bodies.Lifted lifted = Bodies.lift(read, Set.of(Head.LOGITS));
        Model model = TrainingMode.off(FusedOperators.part(lifted.model(), lines), lines);
        model = ConstantWeights.name(model, lines);
        model = BatchNormTies.untie(model, lines);
        long fixedBatch = FreeBatch.fixedBatch(model.graph());
        if (fixedBatch > 0) {
            Optional<Model> freed = FreeBatch.free(model);
            if (freed.isPresent()) {
                model = freed.get();
                lines.add("The file fixes the batch at " + fixedBatch + "; it was made free.");
                fixedBatch = 0;
            } else {
                lines.add("The file fixes the batch at " + fixedBatch
                        + " and that cannot be changed safely: examples go " + fixedBatch
                        + " by " + fixedBatch + ", their gradients are added up.");
            }
        }
        Answer answer = Answer.of(file, model, reading);
        answer.inWords().ifPresent(lines::add);
        boolean folded = isBatchNormFolded(model.graph());
        if (folded) {
            lines.add("The exporter merged the batch norms into the convolutions: the network trains without them.");
        }
        NumberFormat.hindrance(model.graph())
                .ifPresent(
                        how -> lines.add("The network " + how + ". It is shown, and can be trained once `graft convert "
                                + file + " --out FILE` made it fp32."));
        NonFinite.inWeights(model.graph())
                .ifPresent(where -> lines.add("Weights that are no finite numbers: " + where
                        + ". What is computed from them is of no use: take an earlier version of the file."));
        RandomNumbers.remark(model.graph()).ifPresent(lines::add);
        List<MissingOperator> missing = OpTable.ALL.missing(model);
        if (!missing.isEmpty()) {
            lines.add("Operators that cannot be trained through: " + MissingOperator.list(missing)
                    + ". What lies above them can learn if ONNX Runtime runs them.");
        }
        return new Network(model, new ImportReport(folded, fixedBatch, answer, lines), lifted.homes());
    }

    /** A file's model with the named constants inside of If, Loop and Scan among its own, as an opened network has them. */
    public static Model lifted(Path file) {
        return Bodies.lift(OnnxFile.read(file), Set.of(Head.LOGITS)).model();
    }

    /** A network that was opened elsewhere, from what {@link #open} made of its file, and what it said. */
    public static Network opened(
            Path file,
            Model model,
            boolean batchNormFolded,
            long fixedBatch,
            List<String> lines,
            Map<String, List<Bodies.Place>> homes,
            Reading reading) {
        Answer answer = Answer.of(file, model, reading);
        return new Network(model, new ImportReport(batchNormFolded, fixedBatch, answer, lines), homes);
    }

    /**
     * Folding leaves convolutions whose weight and bias both have names that the exporter numbered, and no batch norm. A
     * network that never had any keeps its framework's names.
     */
    private static boolean isBatchNormFolded(Graph graph) {
        boolean numbered = false;
        for (Node node : graph.nodes()) {
            if (node.opType().equals("BatchNormalization")) {
                return false;
            }
            numbered |= node.opType().equals("Conv")
                    && !node.input(2).isEmpty()
                    && LayerNames.isNumbered(node.input(1))
                    && LayerNames.isNumbered(node.input(2));
        }
        return numbered;
    }
}
