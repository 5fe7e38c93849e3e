package graft.app.network;

import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import graft.image.Preprocessing;
import graft.network.Network;
import graft.ops.MissingOperator;
import graft.rewrite.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** What is wrong with the network that is open, for whoever wants to train it. */
public final class NetworkProblems {
    private NetworkProblems() {}

    public static ObservableValue<List<Problem>> of(NetworkViewModel model) {
        return Bindings.createObjectBinding(
                () -> find(model),
                model.networkProperty(),
                model.problemProperty(),
                model.headProblemProperty(),
                model.convertibleProperty(),
                model.preprocessingProperty(),
                model.preprocessingAssumedProperty());
    }

    private static List<Problem> find(NetworkViewModel model) {
        List<Problem> out = new ArrayList<>();
        String told = model.problemProperty().get();
        if (!told.isEmpty()) {
            out.add(Problem.wrong(told).with(new Fix(Texts.of("network.problem.dismiss"), model::dismissProblem)));
        }
        String headless = model.headProblemProperty().get();
        if (!headless.isEmpty() && !headless.equals(told)) {
            out.add(Problem.wrong(headless));
        }
        if (model.networkProperty().get() != null && model.origin() != null) {
            ofFile(model, out);
        }
        return List.copyOf(out);
    }

    private static void ofFile(NetworkViewModel model, List<Problem> out) {
        Network network = model.networkProperty().get();
        NumberFormat.hindrance(model.opened().network().model().graph())
                .ifPresent(how -> out.add(Problem.wrong(Texts.of(
                                "network.problem.format", model.opened().name(), how))
                        .with(new Fix(Texts.of("network.convert"), model::convert))));
        List<MissingOperator> missing = network.missingOperators();
        if (!missing.isEmpty()) {
            out.add(Problem.warning(Texts.of("network.problem.missing", MissingOperator.list(missing))));
        }
        if (network.report().batchNormFolded()) {
            out.add(Problem.note(Texts.of("network.problem.folded")));
        }
        if (network.report().fixedBatch() > 0) {
            out.add(Problem.note(
                    Texts.of("network.problem.batch", network.report().fixedBatch())));
        }
        ofPreparation(model).ifPresent(out::add);
    }

    /** Of pictures alone there is something to prepare. */
    private static Optional<Problem> ofPreparation(NetworkViewModel model) {
        if (model.input().filter(input -> input.shape().length == 4).isEmpty()) {
            return Optional.empty();
        }
        Preprocessing preparation = model.preprocessingProperty().get();
        if (preparation == null) {
            return Optional.of(Problem.warning(Texts.of("network.report.preprocessing.unknown")));
        }
        return model.preprocessingAssumedProperty().get()
                ? Optional.of(Problem.warning(Texts.of("network.report.preprocessing.assumed", preparation)))
                : Optional.empty();
    }
}
