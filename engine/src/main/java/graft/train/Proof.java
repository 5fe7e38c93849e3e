package graft.train;

import graft.Refusal;
import graft.data.Examples;
import graft.features.MicroBatch;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.network.Importer;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.problem.Problem;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What was found in a written file, answered by ONNX Runtime.
 *
 * @param evaluation on the validation examples
 * @param parityMaxAbs largest difference to the engine's answers
 * @param frozenTensors weights and statistics of the body that did not learn
 * @param frozenUnchanged whether they equal those of the file the run began with, byte for byte
 * @param how in words, where not every example went through the whole file
 */
record Proof(
        Evaluation evaluation, double parityMaxAbs, int frozenTensors, boolean frozenUnchanged, Optional<String> how) {
    private static final double PARITY = 1e-4;
    private static final int BATCH = 32;
    /** Examples that go through the whole file where kept features answer for its frozen part. */
    private static final int SAMPLE = 64;

    /**
     * What is held against the file.
     *
     * @param held the network that the run computed with
     * @param frozen names of all its constants that did not learn
     * @param answers the engine's, on the validation examples
     */
    record Claim(FineTuningPlan plan, Problem problem, Examples val, Model held, Set<String> frozen, Answers answers) {

        /** @throws Refusal if the file's answers differ by more than 1e-4 (of the largest, above 1) */
        Proof on(Path file) {
            Judge judge = problem.judge().apply(val.targets());
            // One file after the other: each is as large as the network.
            boolean asBegun = areAsHeld(original(), true);
            Read read = read(file);
            // Two networks were read; ONNX Runtime opens the file itself.
            Memory.giveBack();
            double difference = read.above.isEmpty()
                    ? whole(file, val.bySize(), Optional.of(judge))
                    : above(read.above.get(), judge);
            if (read.above.isPresent()) {
                difference = Math.max(difference, whole(file, spread(), Optional.empty()));
            }
            return new Proof(
                    judge.done(),
                    difference,
                    frozen.size(),
                    asBegun && read.unchanged,
                    read.above.map(session -> how()));
        }

        /**
         * What a file says before it is asked.
         *
         * @param unchanged whether what did not learn is as it was
         * @param above the frontier, where the file computes below it what is kept
         */
        private record Read(boolean unchanged, Optional<OrtSession> above) {}

        private Read read(Path file) {
            Model written = Importer.lifted(file);
            boolean unchanged = areAsHeld(written.graph().initializers(), false);
            Optional<Model> above =
                    val.size() > SAMPLE ? problem.val().features().above(written) : Optional.empty();
            return new Read(unchanged, above.map(model -> OrtSession.open(model, plan.get(PlanOptions.THREADS))));
        }

        private Map<String, Tensor> original() {
            return Importer.open(plan.network(), plan.reading()).model().graph().initializers();
        }

        private String how() {
            return "The written file was proved: opened by ONNX Runtime it answers " + SAMPLE + " of the "
                    + val.size()
                    + " validation examples as what was trained does. What it has above the frontier answers all of"
                    + " them, from the kept features: nodes and tensors that had computed these are those of the file, bit for bit.";
        }

        /** Some examples, evenly spread over all sizes; the largest first. */
        private int[] spread() {
            int[] all = val.bySize();
            return IntStream.range(0, SAMPLE)
                    .map(i -> all[(int) ((long) i * all.length / SAMPLE)])
                    .toArray();
        }

        /** The difference of the file's answers on some examples to the engine's. */
        private double whole(Path file, int[] some, Optional<Judge> judge) {
            Answers written = answers.ofTheSameKind();
            int fixed = Math.toIntExact(problem.network().report().fixedBatch());
            Set<String> wanted = Set.copyOf(problem.network().model().graph().outputNames());
            FileJudge.ask(file, val, some, fixed, plan.get(PlanOptions.THREADS), wanted, (pass, said) -> {
                judge.ifPresent(it -> it.add(said, pass.examples(), pass.real()));
                written.put(said, pass.examples(), pass.real());
            });
            return difference(written.on(some), answers.on(some));
        }

        /** The same for all examples, from their kept features. */
        private double above(OrtSession above, Judge judge) {
            Answers written = answers.ofTheSameKind();
            int fixed = Math.toIntExact(problem.network().report().fixedBatch());
            int[] all = IntStream.range(0, val.size()).toArray();
            try (OrtSession session = above) {
                for (MicroBatch pass : MicroBatch.of(all, fixed > 0 ? fixed : BATCH, fixed > 0)) {
                    Map<String, Values> said =
                            session.run(session.taken(problem.val().features().of(pass.examples(), Examples.PLAIN)));
                    judge.add(said, pass.examples(), pass.real());
                    written.put(said, pass.examples(), pass.real());
                }
            }
            return difference(written, answers);
        }

        private double difference(Answers written, Answers engine) {
            Answers.Difference off = written.to(engine);
            // Written so that a number that is not finite is no proof either.
            if (!(off.most() <= PARITY * off.largest()) || !Double.isFinite(off.largest())) {
                throw new Refusal(
                        "What was trained from " + plan.network() + " was not exported: the file answers differently"
                                + " from what was trained, by " + off.most() + " where " + PARITY * off.largest()
                                + " is allowed. Use a smaller --lr (it was " + plan.get(PlanOptions.LEARNING_RATE)
                                + "); if that does not help, report the network.");
            }
            return off.most();
        }

        /**
         * Whether a file's tensors are, byte for byte, those that the run computed with.
         *
         * @param some whether one may be missing: what is not the file's own (a Reshape's, whose batch was made free) was made
         *     before anything learnt
         */
        private boolean areAsHeld(Map<String, Tensor> file, boolean some) {
            Map<String, Tensor> mine = held.graph().initializers();
            return frozen.stream()
                    .allMatch(name -> file.containsKey(name) ? mine.get(name).sameAs(file.get(name)) : some);
        }
    }
}
