package graft.app.controls;

import java.util.function.DoublePredicate;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/** A text field for one number. What is no number within the limits is marked, and put right when the field is left. */
public final class NumberField extends TextField {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("danger");

    private final DoubleProperty value = new SimpleDoubleProperty(this, "value");
    private double min = Double.NEGATIVE_INFINITY;
    private double max = Double.POSITIVE_INFINITY;
    private boolean whole;
    private DoublePredicate limits = any -> true;

    public NumberField() {
        setPrefColumnCount(7);
        value.addListener((property, old, number) -> show());
        textProperty().addListener((property, old, text) -> read(text));
        focusedProperty().addListener((property, had, has) -> {
            if (!has) {
                show();
            }
        });
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                show();
            }
        });
        show();
    }

    private void read(String text) {
        double number;
        try {
            number = Double.parseDouble(Numbers.plain(text));
        } catch (NumberFormatException e) {
            pseudoClassStateChanged(INVALID, true);
            return;
        }
        boolean valid =
                number >= min && number <= max && (!whole || number == Math.rint(number)) && limits.test(number);
        pseudoClassStateChanged(INVALID, !valid);
        if (valid && number != value.get()) {
            value.set(number);
        }
    }

    private void show() {
        String text = Numbers.value(value.get());
        boolean typing = isFocused() && !getText().isEmpty() && parses(getText(), value.get());
        if (!typing && !text.equals(getText())) {
            setText(text);
        }
        pseudoClassStateChanged(INVALID, false);
    }

    private static boolean parses(String text, double number) {
        try {
            return Double.parseDouble(Numbers.plain(text)) == number;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    public DoubleProperty valueProperty() {
        return value;
    }

    public double getValue() {
        return value.get();
    }

    public void setValue(double number) {
        value.set(number);
    }

    public double getMin() {
        return min;
    }

    public void setMin(double least) {
        min = least;
    }

    public double getMax() {
        return max;
    }

    public void setMax(double most) {
        max = most;
    }

    /** Whether only whole numbers are numbers here. */
    public boolean isWhole() {
        return whole;
    }

    public void setWhole(boolean only) {
        whole = only;
    }

    /** Which numbers are numbers here, where a least and a most one do not say it. */
    public void setLimits(DoublePredicate allowed) {
        limits = allowed;
    }
}
