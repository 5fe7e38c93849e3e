package graft.app.data;

import graft.app.task.ExampleSet;
import graft.run.PlanOptions;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;

/** The slider that says how many of the examples are set aside; the data are read anew once it rests. */
final class ValidationShare {
    private final Node around;
    private final Slider slider;
    private final Label says;
    private final DataViewModel model;

    ValidationShare(Node around, Slider slider, Label says, DataViewModel model) {
        this.around = around;
        this.slider = slider;
        this.says = says;
        this.model = model;
        slider.valueProperty().addListener((property, old, now) -> {
            say();
            if (!slider.isValueChanging()) {
                validate();
            }
        });
        slider.valueChangingProperty().addListener((property, was, is) -> {
            if (!is) {
                validate();
            }
        });
    }

    private void say() {
        says.setText(DataTexts.text("split.says", slider.getValue()));
    }

    private void validate() {
        model.validateOn(Math.round(slider.getValue()) / 100.0);
    }

    /** Not there where the data say themselves what is set aside. */
    void show(ExampleSet set) {
        around.setVisible(set.isDrawn());
        around.setManaged(set.isDrawn());
        slider.setValue(100 * set.how().get(PlanOptions.VAL_SHARE));
        say();
    }
}
