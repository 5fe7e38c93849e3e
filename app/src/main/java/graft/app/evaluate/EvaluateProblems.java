package graft.app.evaluate;

import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** What is wrong with the figures of a network's file, or with its answers. */
public final class EvaluateProblems {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private EvaluateProblems() {}

    public static ObservableValue<List<Problem>> of(EvaluateViewModel model) {
        return Bindings.createObjectBinding(
                () -> find(model),
                model.problemProperty(),
                model.remarksProperty(),
                model.staleNoteProperty(),
                model.staleProperty());
    }

    private static List<Problem> find(EvaluateViewModel model) {
        List<Problem> out = new ArrayList<>();
        if (!model.problemProperty().get().isEmpty()) {
            out.add(Problem.wrong(model.problemProperty().get()));
        }
        model.remarksProperty()
                .get()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> out.add(Problem.warning(line)));
        if (model.staleProperty().get()) {
            out.add(Problem.note(model.staleNoteProperty().get())
                    .with(new Fix(TEXTS.getString("problem.again"), model::judge)));
        }
        return List.copyOf(out);
    }
}
