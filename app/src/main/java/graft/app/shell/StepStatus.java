package graft.app.shell;

import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;

/**
 * What the window says of a step.
 *
 * @param headline its number: "2 classes · 397"
 * @param reason why there is nothing yet, or what is missing to go on; "" where nothing is
 */
record StepStatus(
        Step step, ObservableValue<StepState> state, ObservableStringValue headline, ObservableStringValue reason) {}
