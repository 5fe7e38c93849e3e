package graft.app.deploy;

import graft.app.controls.Numbers;
import graft.app.problem.Problem;
import graft.app.problem.Problem.Fix;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** Which forms of a network are of no use, and why. */
public final class DeployProblems {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.deploy");

    private DeployProblems() {}

    public static ObservableValue<List<Problem>> of(DeployViewModel model) {
        return Bindings.createObjectBinding(
                () -> find(model),
                model.problemProperty(),
                model.deploymentProperty(),
                model.staleProperty(),
                model.trainedBeforeProperty());
    }

    private static List<Problem> find(DeployViewModel model) {
        List<Problem> out = new ArrayList<>();
        if (!model.problemProperty().get().isEmpty()) {
            out.add(Problem.wrong(model.problemProperty().get()));
        }
        Deployment forms = model.deploymentProperty().get();
        if (forms != null) {
            forms.variants().stream()
                    .filter(form -> form.standing() == Standing.BROKEN || form.score() == null)
                    .forEach(form -> out.add(Problem.warning(Numbers.message(
                            TEXTS.getString("problem.broken"),
                            FormWords.name(form),
                            FormWords.verdict(form, forms.variants().get(0))))));
            if (model.staleProperty().get()) {
                out.add(Problem.note(model.sayOlder()).with(new Fix(TEXTS.getString("compare"), model::compare)));
            }
        }
        return List.copyOf(out);
    }
}
