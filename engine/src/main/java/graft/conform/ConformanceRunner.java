package graft.conform;

import graft.Refusal;
import graft.conform.CaseEngine.Answer;
import graft.conform.CaseEngine.Prepared;
import graft.conform.CaseResult.Status;
import graft.conform.Conformance.Gradients;
import graft.conform.ConformanceCase.DataSet;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.ops.TorchEngine.Hardware;
import graft.ops.Unsupported;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs cases whose answers are known. Outputs agree within rtol 1e-3, atol 1e-5; gradients within 1e-3 of the tensor's
 * largest plus 1e-6 of the network's largest.
 */
public final class ConformanceRunner {
    /** Who computes. */
    public enum Engine {
        /** Graft's own executor, the one that trains. */
        DJL,
        /** ONNX Runtime; computes no gradients. */
        ORT
    }

    private final Engine kind;
    private final Hardware device;
    private int gradientsPassed;
    private int gradientsFailed;

    /**
     * @param device of the executor; ONNX Runtime computes on the processor
     */
    public ConformanceRunner(Engine kind, Hardware device) {
        this.kind = kind;
        this.device = device;
    }

    /**
     * Runs every case in and below {@code folder}; a cancelled run returns what it has.
     *
     * @throws Refusal where there is no case
     */
    public Conformance run(Path folder, Progress progress) {
        List<ConformanceCase> cases = ConformanceCase.below(folder);
        List<CaseResult> results = new ArrayList<>();
        gradientsPassed = 0;
        gradientsFailed = 0;
        // Only the engine asked for is loaded: its classes are not touched otherwise.
        try (CaseEngine engine = kind == Engine.DJL ? new ExecutorCases(device) : new OrtCases()) {
            for (ConformanceCase one : cases) {
                if (progress.isCancelled()) {
                    break;
                }
                results.add(check(one, engine));
                progress.stage("running cases", results.size(), cases.size());
            }
        }
        return Conformance.of(results, new Gradients(gradientsPassed, gradientsFailed));
    }

    private CaseResult check(ConformanceCase one, CaseEngine engine) {
        Findings findings = new Findings();
        boolean gradientsAwaited = false;
        try {
            List<DataSet> sets = one.dataSets();
            Set<String> learning = new HashSet<>();
            if (engine.hasGradients()) {
                sets.forEach(set -> learning.addAll(set.gradients().keySet()));
            }
            gradientsAwaited = !learning.isEmpty();
            Model model = OnnxFile.read(one.modelFile());
            for (DataSet set : sets) {
                // Gradients add up in the weights, so that each set has weights of its own.
                try (Prepared prepared = engine.prepare(model, learning)) {
                    check(model, set, prepared, engine.hasGradients(), findings);
                }
            }
            if (gradientsAwaited) {
                count(findings.gradientsAgree());
            }
            return findings.result(one.name());
        } catch (Unsupported e) {
            if (gradientsAwaited) {
                count(false);
            }
            return new CaseResult(one.name(), Status.UNSUPPORTED, Optional.empty(), e.getMessage());
        } catch (RuntimeException e) {
            // Whatever one case makes the engine throw is that case's result; the others still run.
            if (gradientsAwaited) {
                count(false);
            }
            String message = e instanceof Refusal ? e.getMessage() : e.toString();
            return new CaseResult(one.name(), Status.FAILED, findings.maxAbsError(), message);
        }
    }

    private void count(boolean gradientsAgree) {
        if (gradientsAgree) {
            gradientsPassed++;
        } else {
            gradientsFailed++;
        }
    }

    private static void check(Model model, DataSet set, Prepared prepared, boolean withGradients, Findings findings) {
        Map<String, Tensor> wanted = withGradients ? set.gradients() : Map.of();
        Optional<Tensor> cotangent = wanted.isEmpty() ? Optional.empty() : set.cotangent();
        if (!wanted.isEmpty() && cotangent.isEmpty()) {
            throw new Refusal(set.folder() + " has gradients.onnx but no cotangent_0.pb. Make the case again.");
        }
        Answer answer = prepared.run(set.inputs(model.graph().inputs()), cotangent);
        List<Tensor> outputs = set.outputs();
        if (outputs.isEmpty() || outputs.size() > answer.outputs().size()) {
            throw new Refusal(set.folder() + " expects " + outputs.size() + " outputs, the graph has "
                    + answer.outputs().size() + ". Make the case again.");
        }
        for (int i = 0; i < outputs.size(); i++) {
            String name = model.graph().outputNames().get(i);
            Tensor actual = answer.outputs().get(i);
            if (actual == null) {
                findings.outputMissing(name);
            } else {
                findings.output(Comparison.ofOutput(name, outputs.get(i), actual));
            }
        }
        double largest =
                wanted.values().stream().mapToDouble(Comparison::largest).max().orElse(0);
        wanted.forEach((name, expected) -> {
            Tensor actual = answer.gradients().get(name);
            if (actual == null) {
                findings.gradientMissing(name);
            } else {
                findings.gradient(Comparison.ofGradient(name, expected, actual, largest));
            }
        });
    }
}
