package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.task.ExampleSet;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableValue;

/** Why the network of a run cannot be evaluated by the data that are open: it answers with other classes, or with none. */
public final class Misfit {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");
    private static final int NAMED = 5;

    private Misfit() {}

    /**
     * In words; "" where it can.
     *
     * @param classes of the run shown
     * @param features whether its file gives features, and no classes
     * @param data null where none are open
     */
    public static StringBinding of(
            ObservableValue<List<String>> classes,
            ObservableValue<Boolean> features,
            ObservableValue<ExampleSet> data) {
        return Bindings.createStringBinding(
                () -> data.getValue() == null
                        ? ""
                        : features.getValue()
                                ? TEXTS.getString("misfit.features")
                                : of(classes.getValue(), data.getValue().classNames()),
                classes,
                features,
                data);
    }

    private static String of(List<String> known, List<String> open) {
        List<String> strange =
                open.stream().filter(name -> !known.contains(name)).toList();
        return strange.isEmpty() || known.isEmpty()
                ? ""
                : Numbers.message(TEXTS.getString("misfit.classes"), named(strange), named(known));
    }

    private static String named(List<String> classes) {
        String all = classes.stream().limit(NAMED).collect(Collectors.joining(", "));
        return classes.size() > NAMED ? all + ", …" : all;
    }
}
