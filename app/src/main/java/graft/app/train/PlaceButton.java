package graft.app.train;

import graft.app.controls.Choosers;
import graft.options.Option;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

/** Asks for the folder or the file that an option names. */
final class PlaceButton extends Button {
    private PlaceButton(RunSettings settings, Option<Optional<String>> option, String words, Asking asking) {
        super(words);
        setId("choose-" + option.key());
        getStyleClass().add("small");
        setTooltip(new Tooltip(option.help()));
        setAccessibleText(option.title() + ": " + words);
        setOnAction(event -> asking.ask(this)
                .ifPresent(chosen -> settings.property(option).setValue(Optional.of(chosen.toString()))));
        disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !option.applies().when().test(settings.values()), settings.observables()));
    }

    /** Where the dialog stands. */
    private interface Asking {
        Optional<Path> ask(Button button);
    }

    static PlaceButton folder(RunSettings settings, Option<Optional<String>> option, Choosers choosers) {
        return new PlaceButton(
                settings,
                option,
                TrainViewModel.text("choose.folder"),
                button -> choosers.folder(button.getScene().getWindow(), option.title()));
    }

    static PlaceButton network(RunSettings settings, Option<Optional<String>> option, Choosers choosers) {
        return new PlaceButton(
                settings,
                option,
                TrainViewModel.text("choose.file"),
                button -> choosers.file(button.getScene().getWindow(), option.title(), ".onnx"));
    }
}
