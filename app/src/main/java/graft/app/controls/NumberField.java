package graft.app.controls;

import java.util.ResourceBundle;
import java.util.function.DoublePredicate;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/**
 * A text field for one number. What is no number within the limits is marked, said in words, and put right when the field is left;
 * the words stay until something else is typed.
 */
public final class NumberField extends TextField {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("danger");

    private final DoubleProperty value = new SimpleDoubleProperty(this, "value");
    private double min = Double.NEGATIVE_INFINITY;
    private double max = Double.POSITIVE_INFINITY;
    private boolean whole;
    private DoublePredicate limits = any -> true;
    private String limitWords = "";
    private DoublePredicate doubtful = any -> false;
    private String doubt = "";
    private final ReadOnlyStringWrapper complaint = new ReadOnlyStringWrapper(this, "complaint", "");
    /** Whether what is typed gives way to what counts. */
    private boolean showing;

    public NumberField() {
        setPrefColumnCount(7);
        value.addListener((property, old, number) -> {
            complaint.set(doubtful.test(number.doubleValue()) ? doubt : "");
            show();
        });
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
        if (showing) {
            return;
        }
        double number;
        try {
            number = Double.parseDouble(Numbers.plain(text));
        } catch (NumberFormatException e) {
            complain(text, "field.no.number");
            return;
        }
        if (whole && number != Math.rint(number)) {
            complain(text, "field.not.whole");
        } else if (!(number >= min && number <= max && limits.test(number))) {
            complain(text, "field.outside");
        } else {
            pseudoClassStateChanged(INVALID, false);
            complaint.set(doubtful.test(number) ? doubt : "");
            value.set(number);
        }
    }

    /** Nothing is said of a field that is empty while something is about to be typed. */
    private void complain(String text, String key) {
        pseudoClassStateChanged(INVALID, true);
        complaint.set(
                text.isBlank()
                        ? ""
                        : Numbers.message(TEXTS.getString(key), text, limits(), Numbers.value(value.get())));
    }

    private String limits() {
        if (!limitWords.isEmpty()) {
            return limitWords;
        }
        return Double.isFinite(min) && Double.isFinite(max)
                ? Numbers.message(TEXTS.getString("field.between"), Numbers.value(min), Numbers.value(max))
                : Double.isFinite(min)
                        ? Numbers.message(TEXTS.getString("field.least"), Numbers.value(min))
                        : Numbers.message(TEXTS.getString("field.most"), Numbers.value(max));
    }

    private void show() {
        String text = Numbers.value(value.get());
        boolean typing = isFocused() && !getText().isEmpty() && parses(getText(), value.get());
        if (!typing && !text.equals(getText())) {
            showing = true;
            setText(text);
            showing = false;
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

    /**
     * Which numbers are numbers here, where a least and a most one do not say it.
     *
     * @param words "above 0"; "" where least and most say it
     */
    public void setLimits(DoublePredicate allowed, String words) {
        limits = allowed;
        limitWords = words;
    }

    /** Numbers that are taken, and of which something is to be said. */
    public void setDoubt(DoublePredicate which, String words) {
        doubtful = which;
        doubt = words;
    }

    /** What is wrong with what was typed, and what counts instead; "" where nothing is. */
    public ReadOnlyStringProperty complaintProperty() {
        return complaint.getReadOnlyProperty();
    }
}
