package graft.app.network;

import graft.meaning.Reading;
import graft.network.Network;
import graft.onnx.ValueInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;

/** What a file with several inputs or outputs leaves open; there is nothing to see of the usual ones. */
final class ReadingController {
    private final NetworkViewModel networks;
    private boolean filling;

    @FXML
    private Node form;

    @FXML
    private Node outputRow;

    /** Empty text = found by Graft. */
    @FXML
    private ComboBox<String> output;

    @FXML
    private Node inputsRow;

    @FXML
    private TextField inputs;

    @FXML
    private Label inputsError;

    ReadingController(NetworkViewModel networks) {
        this.networks = networks;
    }

    @FXML
    private void initialize() {
        output.setButtonCell(cell());
        output.setCellFactory(list -> cell());
        output.valueProperty().addListener((observable, before, now) -> commit());
        inputs.setOnAction(event -> commit());
        inputs.focusedProperty().addListener((observable, before, focused) -> {
            if (!focused) {
                commit();
            }
        });
        inputsError.visibleProperty().bind(inputsError.textProperty().isNotEmpty());
        inputsError.managedProperty().bind(inputsError.visibleProperty());
        networks.networkProperty().addListener((observable, before, now) -> show());
        show();
    }

    private ListCell<String> cell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(String name, boolean empty) {
                super.updateItem(name, empty);
                setText(empty || name == null ? null : name.isEmpty() ? Texts.of("network.output.found") : name);
            }
        };
    }

    private void show() {
        OpenedNetwork opened = networks.opened();
        List<String> outputs = opened == null ? List.of() : names(opened.network(), true);
        List<String> taken = opened == null ? List.of() : names(opened.network(), false);
        Reading reading = networks.reading();
        shown(outputRow, outputs.size() > 1);
        shown(inputsRow, taken.size() > 1 || !reading.inputs().isEmpty());
        shown(form, outputRow.isManaged() || inputsRow.isManaged());
        filling = true;
        List<String> choices = Stream.concat(Stream.of(""), outputs.stream()).toList();
        if (!output.getItems().equals(choices)) { // put in anew, what is chosen would no longer be shown
            output.getItems().setAll(choices);
        }
        output.setValue(reading.output().orElse(""));
        inputs.setText(words(reading.inputs()));
        filling = false;
        inputsError.setText("");
    }

    private static List<String> names(Network network, boolean outputs) {
        List<ValueInfo> values = outputs
                ? network.model().graph().outputs()
                : network.model().graph().inputs();
        return values.stream().map(ValueInfo::name).toList();
    }

    private static void shown(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    private static String words(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining("; "));
    }

    private void commit() {
        boolean underWay = !networks.openingProperty().get().isEmpty(); // the field loses the focus as it begins
        if (filling || underWay || networks.opened() == null) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String one : inputs.getText().split(";")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                values.put(
                        one.substring(0, equals).strip(),
                        one.substring(equals + 1).strip());
            } else if (!one.isBlank()) {
                inputsError.setText(Texts.of("network.inputs.wrong", one.strip()));
                return;
            }
        }
        inputsError.setText("");
        Optional<String> chosen = Optional.ofNullable(output.getValue()).filter(name -> !name.isEmpty());
        Reading wanted = Reading.of(chosen, values);
        if (!wanted.equals(networks.reading())) {
            networks.read(wanted);
        }
    }
}
