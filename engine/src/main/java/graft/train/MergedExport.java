package graft.train;

import graft.data.Examples;
import graft.files.AsideFile;
import graft.network.Adapters;
import graft.network.Network;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.problem.Problem;
import graft.run.AdapterFile;
import graft.run.FineTuningResult.Merged;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Adds what thin matrices learnt to the weights, looks whether the file answers as before, and keeps them beside it. */
final class MergedExport {
    /** Adding them rounds each weight once; what that may change of an answer, of the largest of them. */
    private static final double ALLOWED = 1e-5;

    private static final int SAMPLE = 64;

    private final RunParts run;
    private final Adapters adapters;
    private final Map<String, Tensor> learnt;
    private final Problem problem;
    private final Map<String, Tensor> merged;

    /** @param learnt values of what learnt, the thin matrices among them */
    MergedExport(RunParts run, Adapters adapters, Map<String, Tensor> learnt, Problem problem) {
        this.run = run;
        this.adapters = adapters;
        this.learnt = learnt;
        this.problem = problem;
        this.merged = adapters.merged(found(), learnt);
    }

    /** Values of the network's own tensors that are others now. */
    Map<String, Tensor> merged() {
        return merged;
    }

    private Map<String, Tensor> found() {
        return run.headed().model().graph().initializers();
    }

    /** To be called once {@code file} is written. */
    Merged proved(Path file) {
        Answers.Difference difference;
        Network headed = run.headed();
        try (AsideFile unmerged = AsideFile.of(file.resolveSibling("unmerged.onnx"))) {
            OnnxFile.write(headed.asFile(adapters.unmerged(learnt)), unmerged);
            difference = answers(file).to(answers(unmerged.path()));
        }
        Path kept = file.resolveSibling(AdapterFile.NAME);
        AdapterFile.of(run.plan(), file, adapters.products(), learnt).write(kept);
        int changed = (int) adapters.weights().stream()
                .filter(name -> !merged.get(name).sameAs(found().get(name)))
                .count();
        return new Merged(
                adapters.rank().rank(),
                adapters.rank().alpha(),
                adapters.layers(),
                adapters.learning().stream()
                        .mapToLong(name -> learnt.get(name).size())
                        .sum(),
                changed,
                difference.most(),
                difference.largest(),
                kept);
    }

    private Answers answers(Path file) {
        Examples val = run.data().val();
        int[] all = val.bySize();
        int count = Math.min(SAMPLE, all.length);
        int[] some = IntStream.range(0, count)
                .map(i -> all[(int) ((long) i * all.length / count)])
                .toArray();
        Answers out = new Answers(val.size(), val.targets()::rows);
        FileJudge.ask(
                file,
                val,
                some,
                Math.toIntExact(problem.network().report().fixedBatch()),
                run.plan().get(PlanOptions.THREADS),
                Set.copyOf(problem.network().model().graph().outputNames()),
                (pass, said) -> out.put(said, pass.examples(), pass.real()));
        return out.on(some);
    }

    static String words(Merged merged) {
        return String.format(
                Locale.ROOT,
                "What learnt beside %d weights was added to them: %d tensors changed. The file answers as the network with the"
                        + " thin matrices does, but for %.1e where the largest answer is %.3g.",
                merged.layers().size(),
                merged.tensorsChanged(),
                merged.maxAbsDifference(),
                merged.maxAbs());
    }

    /** For the user, where adding them changed more than rounding should. */
    static Optional<String> remark(Merged merged) {
        return merged.maxAbsDifference() <= ALLOWED * merged.maxAbs()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Adding the thin matrices to the weights changed answers by up to %.1e, more than the %.1e that rounding"
                                + " should: a lower --lr or alpha keeps them smaller.",
                        merged.maxAbsDifference(),
                        ALLOWED * merged.maxAbs()));
    }
}
