package graft.app.shell;

import graft.app.controls.Dialogs;
import graft.app.controls.Numbers;
import graft.app.memory.Memory;
import graft.app.memory.Preferences;
import graft.app.memory.Preferences.ThemeChoice;
import graft.run.PlanOptions;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import javafx.util.StringConverter;

/** What the user prefers. Everything counts at once, but for the languages, which say so. */
final class SettingsDialog {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.settings");
    private static final double MIB = 1 << 20;
    private static final int STEP = 25;
    private static final int MOST_THREADS = 1024;
    private static final double SENTENCE = 320;

    private final Workbench workbench;
    private final GridPane grid = new GridPane();
    private int row;

    private SettingsDialog(Workbench workbench) {
        this.workbench = workbench;
    }

    static void open(Window owner, Workbench workbench) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(TEXTS.getString("title"));
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        Dialogs.fill(dialog.getDialogPane(), content(workbench), owner);
        dialog.getDialogPane().setId("settings-dialog");
        dialog.setResizable(true);
        Dialogs.show(dialog);
    }

    static Region content(Workbench workbench) {
        return new SettingsDialog(workbench).content();
    }

    private Region content() {
        grid.setHgap(16);
        grid.setVgap(12);
        grid.getStyleClass().add("settings");
        section("look");
        add(
                "theme",
                choice(
                        List.of(ThemeChoice.values()),
                        ThemeChoice::name,
                        preferences().theme(),
                        preferences -> preferences::with));
        add("size", textSize());
        add("language", languages(preferences().language(), preferences -> preferences::withLanguage));
        add("numbers", languages(preferences().numbers(), preferences -> preferences::withNumbers));
        section("computing");
        add("device", device());
        add("threads", threads());
        section("disk");
        add("cache", cache());
        return grid;
    }

    private Preferences preferences() {
        return workbench.memory().now().preferences();
    }

    private void prefer(UnaryOperator<Preferences> change) {
        workbench.memory().change((Memory memory) -> memory.with(change.apply(memory.preferences())));
    }

    private void section(String key) {
        Label label = new Label(TEXTS.getString(key));
        label.getStyleClass().add("card-title");
        grid.add(label, 0, row++, 2, 1);
    }

    private void add(String key, Node control) {
        Label name = new Label(TEXTS.getString(key));
        name.setLabelFor(control);
        name.setMinWidth(Label.USE_PREF_SIZE);
        GridPane.setValignment(name, VPos.CENTER);
        grid.addRow(row++, name, control);
        if (TEXTS.containsKey(key + ".says")) {
            Label says = new Label(Numbers.kept(TEXTS.getString(key + ".says")));
            says.getStyleClass().addAll("muted", "small");
            says.setWrapText(true);
            says.setPrefWidth(SENTENCE);
            says.setMinHeight(Region.USE_PREF_SIZE);
            grid.add(says, 1, row++);
        }
    }

    private <T> ChoiceBox<T> choice(
            List<T> values, Function<T, String> word, T chosen, Function<Preferences, Function<T, Preferences>> set) {
        ChoiceBox<T> box = new ChoiceBox<>();
        box.getItems().setAll(values);
        box.setConverter(words(value -> TEXTS.getString("choice." + word.apply(value))));
        box.setValue(chosen);
        box.valueProperty()
                .addListener((property, old, value) ->
                        prefer(before -> set.apply(before).apply(value)));
        return box;
    }

    private ChoiceBox<String> languages(String chosen, Function<Preferences, Function<String, Preferences>> set) {
        List<String> tags = Stream.concat(Stream.of(Preferences.SYSTEM), Preferences.LANGUAGES.stream())
                .toList();
        return choice(tags, tag -> tag, chosen, set);
    }

    private Node textSize() {
        Slider slider = new Slider(
                Preferences.SMALLEST, Preferences.LARGEST, preferences().textSize());
        slider.setId("text-size");
        slider.setMajorTickUnit(STEP);
        slider.setMinorTickCount(0);
        slider.setBlockIncrement(STEP);
        slider.setSnapToTicks(true);
        Label says = new Label();
        says.setMinWidth(Region.USE_PREF_SIZE);
        says.textProperty().bind(slider.valueProperty().asString("%.0f %%"));
        slider.valueChangingProperty().addListener((property, old, changing) -> {
            if (!changing) {
                prefer(before -> before.withTextSize((int) slider.getValue()));
            }
        });
        slider.valueProperty().addListener((property, old, value) -> {
            if (!slider.isValueChanging()) {
                prefer(before -> before.withTextSize(value.intValue()));
            }
        });
        HBox both = new HBox(8, slider, says);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    private Node device() {
        var property = workbench.train().settings().property(PlanOptions.DEVICE);
        return chosen(property);
    }

    private static <E extends Enum<E>> ChoiceBox<E> chosen(javafx.beans.property.Property<E> property) {
        ChoiceBox<E> box = new ChoiceBox<>();
        box.getItems()
                .setAll(Arrays.asList(property.getValue().getDeclaringClass().getEnumConstants()));
        box.setConverter(words(value -> value.toString().toUpperCase(java.util.Locale.ROOT)));
        box.valueProperty().bindBidirectional(property);
        return box;
    }

    private Node threads() {
        var property = workbench.train().settings().property(PlanOptions.THREADS);
        Spinner<Integer> spinner = new Spinner<>(0, MOST_THREADS, property.getValue());
        spinner.setEditable(true);
        spinner.valueProperty().addListener((observable, old, value) -> property.setValue(value));
        return spinner;
    }

    private Node cache() {
        Label size = new Label("…");
        Button clean = new Button(TEXTS.getString("cache.clean"));
        clean.getStyleClass().add("small");
        clean.setId("clean-cache");
        Runnable measure = () -> workbench.measureCache(bytes -> {
            size.setText(Numbers.message(TEXTS.getString("cache.size"), bytes / MIB));
            clean.setDisable(bytes == 0);
        });
        clean.setOnAction(event -> {
            clean.setDisable(true);
            workbench.cleanCache(measure);
        });
        measure.run();
        HBox both = new HBox(8, size, clean);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    private static <T> StringConverter<T> words(Function<T, String> word) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : word.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed here");
            }
        };
    }
}
