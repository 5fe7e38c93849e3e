package graft.app.train;

import graft.app.controls.NumberField;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.image.Augmentation;
import graft.options.Group;
import graft.options.Kinds;
import graft.options.Option;
import graft.options.Range;
import graft.run.PlanGroups;
import graft.run.PlanOptions;
import graft.run.RateKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** A form for everything that can be set of a run, made from the table of options. */
final class SettingsForm {
    private static final double CONTROL_WIDTH = 118;
    private static final double UNIT_WIDTH = 60;
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("danger");

    /** Of steps. */
    private static final Set<Group> STEPPED = Set.of(PlanGroups.STAGE, PlanGroups.OPTIMIZATION);

    /** Above it something else was meant. */
    private static final double LARGEST_USUAL_RATE = 10;

    private static final double BEYOND_USE = 100_000;

    private final RunSettings settings;
    private final ResourceBundle texts;
    /** What is wrong with what was typed into a field. */
    private final Map<Region, ObservableStringValue> complaints = new HashMap<>();

    /** What stands below the control of an option, by the option; made once. */
    private final Map<Option<?>, Node> below;

    private SettingsForm(RunSettings settings, ResourceBundle texts, Map<Option<?>, Node> below) {
        this.settings = settings;
        this.texts = texts;
        this.below = below;
    }

    /** One part per group. */
    static List<Node> of(RunSettings settings, ResourceBundle texts) {
        return of(settings, texts, Map.of());
    }

    /** The same, with more below the controls of some options. */
    static List<Node> of(RunSettings settings, ResourceBundle texts, Map<Option<?>, Node> below) {
        SettingsForm form = new SettingsForm(settings, texts, below);
        List<Node> out = new ArrayList<>();
        List<Group> groups =
                RunSettings.all().stream().map(Option::group).distinct().toList();
        for (Group group : groups) {
            Label heading = new Label(group.words().toUpperCase(Locale.ROOT));
            heading.setAccessibleText(group.words());
            heading.getStyleClass().add("section-label");
            VBox rows = new VBox(6, heading);
            rows.getStyleClass().add("setting-group");
            RunSettings.all().stream()
                    .filter(option -> option.group().equals(group))
                    .forEach(option -> rows.getChildren().add(form.row(option)));
            form.showForRecipe(group, rows);
            out.add(rows);
        }
        return out;
    }

    /** What means nothing to a recipe cannot be set, or is not there. */
    private void showForRecipe(Group group, VBox rows) {
        if (group.equals(PlanGroups.EPISODIC)) {
            rows.visibleProperty().bind(settings.recipeProperty().isEqualTo(Recipe.EPISODES));
            rows.managedProperty().bind(rows.visibleProperty());
        } else if (STEPPED.contains(group)) {
            rows.getChildren().stream().skip(1).forEach(row -> row.disableProperty()
                    .bind(settings.recipeProperty().map(Recipe::isAtOnce)));
            Label without = new Label(texts.getString("advanced.at.once"));
            without.getStyleClass().addAll("muted", "small");
            without.setWrapText(true);
            without.setMinHeight(Region.USE_PREF_SIZE);
            without.visibleProperty().bind(settings.recipeProperty().map(Recipe::isAtOnce));
            without.managedProperty().bind(without.visibleProperty());
            rows.getChildren().add(1, without);
        }
    }

    /** A name, what is set and its unit, and a button that says what it is for. */
    private <T> Node row(Option<T> option) {
        Region control = control(option);
        control.setId(option.key());
        if (!option.applies().words().isEmpty()) {
            control.disableProperty()
                    .bind(Bindings.createBooleanBinding(
                            () -> !option.applies().when().test(settings.values()), settings.observables()));
        }
        Label says = new Label(help(option));
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(Region.USE_PREF_SIZE);
        says.setVisible(false);
        says.managedProperty().bind(says.visibleProperty());
        Button ask = new Button("?");
        ask.getStyleClass().addAll("setting-help", "small");
        ask.setId("help-" + option.key());
        ask.setAccessibleText(TrainViewModel.text("help.of", option.title()));
        ask.setTooltip(new Tooltip(says.getText()));
        ask.setOnAction(event -> says.setVisible(!says.isVisible()));
        HBox line = new HBox(8);
        line.setAlignment(Pos.CENTER_LEFT);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        VBox out = new VBox(4, line);
        if (control instanceof CheckBox) {
            line.getChildren().addAll(control, gap, ask);
        } else {
            Label name = new Label(option.title());
            name.setLabelFor(control);
            name.setMinWidth(Region.USE_PREF_SIZE);
            control.setAccessibleText(option.title());
            line.getChildren().addAll(name, gap);
            if (control instanceof GridPane) {
                line.getChildren().add(ask);
                out.getChildren().add(control);
            } else {
                control.setPrefWidth(CONTROL_WIDTH);
                control.setMinWidth(CONTROL_WIDTH);
                Label unit = new Label(word("unit." + option.key()));
                unit.getStyleClass().addAll("muted", "small");
                unit.setMinWidth(UNIT_WIDTH);
                line.getChildren().addAll(control, unit, ask);
            }
        }
        if (complaints.containsKey(control)) {
            out.getChildren().add(complaint(complaints.get(control)));
        }
        if (option.equals(PlanOptions.LEARNING_RATE)) {
            out.getChildren().add(byTest());
        }
        out.getChildren().add(says);
        if (below.containsKey(option)) {
            out.getChildren().add(below.get(option));
        }
        return out;
    }

    private static Label complaint(ObservableStringValue words) {
        Label out = Parts.wrapped("", "problem", "small");
        out.textProperty().bind(words);
        Parts.shownIf(out, Bindings.isNotEmpty(words));
        return out;
    }

    private CheckBox byTest() {
        CheckBox box = new CheckBox(texts.getString("rate.by.test"));
        box.setId("lr-by-test");
        box.getStyleClass().add("small");
        box.setWrapText(true);
        box.setTooltip(new Tooltip(texts.getString("rate.by.test.tip")));
        box.selectedProperty().bindBidirectional(settings.rateByTestProperty());
        return box;
    }

    /** Its sentence, what may be set, and what is usual. */
    private <T> String help(Option<T> option) {
        StringBuilder out = new StringBuilder(option.help());
        rangeOf(option).ifPresent(range -> out.append(' ').append(TrainViewModel.text("help.range", range(range))));
        if (!option.applies().words().isEmpty()) {
            out.append(' ')
                    .append(TrainViewModel.text("help.applies", option.applies().words()));
        }
        return out.toString();
    }

    private static Optional<Range> rangeOf(Option<?> option) {
        return option.kind() instanceof Kinds.Numeric<?> number
                ? Optional.of(number.range())
                : option.kind() instanceof RateKind rate ? Optional.of(rate.range()) : Optional.empty();
    }

    /** Upper ends that are far beyond use are not worth a word. */
    private static String range(Range range) {
        return range.toString()
                .replaceFirst(", at most \\d{6,}$", "")
                .replaceFirst(" from (\\S+) to \\d{5,}$", " of at least $1");
    }

    /** "" where there is none. */
    private String word(String key) {
        return texts.containsKey(key) ? texts.getString(key) : "";
    }

    @SuppressWarnings("unchecked") // the kind of an option says what its values are
    private <T> Region control(Option<T> option) {
        Property<T> value = settings.property(option);
        if (option.isFlag()) {
            CheckBox box = new CheckBox(option.title());
            box.selectedProperty().bindBidirectional((Property<Boolean>) value);
            return box;
        }
        Optional<Range> range = rangeOf(option);
        if (range.isPresent()) {
            return field(option, range.get(), value);
        }
        if (option.kind() instanceof Kinds.Choice<?>) {
            ComboBox<T> choices = new ComboBox<>();
            option.kind().choices().forEach(word -> choices.getItems()
                    .add(option.kind().parse(word)));
            choices.setConverter(converter(option));
            choices.valueProperty().bindBidirectional(value);
            return choices;
        }
        if (option.equals(PlanOptions.AUGMENT)) {
            return new AugmentationBoxes((Property<Augmentation>) value, texts);
        }
        return text(option, value);
    }

    private <T> NumberField field(Option<T> option, Range range, Property<T> value) {
        NumberField field = new NumberField();
        field.setWhole(range.whole());
        field.setLimits(range::contains, limits(range));
        if (option.equals(PlanOptions.LEARNING_RATE)) {
            field.setDoubt(rate -> rate > LARGEST_USUAL_RATE, texts.getString("lr.doubt"));
        }
        complaints.put(field, field.complaintProperty());
        field.setValue(((Number) value.getValue()).doubleValue());
        field.valueProperty().addListener((property, old, now) -> {
            if (((Number) value.getValue()).doubleValue() != now.doubleValue()) {
                value.setValue(option.kind().parse(plain(range, now.doubleValue())));
            }
        });
        value.addListener((property, old, now) -> field.setValue(((Number) now).doubleValue()));
        return field;
    }

    /** "above 0"; upper ends that are far beyond use are not worth a word. */
    private static String limits(Range range) {
        boolean open = range.to() >= BEYOND_USE;
        String key = range.fromExcluded()
                ? open ? "above" : "above.most"
                : open ? "least" : range.toExcluded() ? "below" : "between";
        return TrainViewModel.text("range." + key, Numbers.value(range.from()), Numbers.value(range.to()));
    }

    private static String plain(Range range, double number) {
        return range.whole() ? String.format(Locale.ROOT, "%.0f", number) : Double.toString(number);
    }

    private <T> StringConverter<T> converter(Option<T> option) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                if (value == null) {
                    return "";
                }
                String word = option.kind().text(value);
                String said = word("choice." + option.key() + "." + word.toLowerCase(Locale.ROOT));
                return said.isEmpty() ? word : said;
            }

            @Override
            public T fromString(String text) {
                return option.kind().parse(text);
            }
        };
    }

    /** What is no value is marked, and has no effect. */
    private <T> TextField text(Option<T> option, Property<T> value) {
        TextField field = new TextField(option.kind().text(value.getValue()));
        StringProperty complaint = new SimpleStringProperty("");
        complaints.put(field, complaint);
        field.textProperty().addListener((property, old, text) -> {
            Optional<T> read = read(option, text);
            field.pseudoClassStateChanged(INVALID, read.isEmpty());
            complaint.set(
                    read.isPresent()
                            ? ""
                            : TrainViewModel.text(
                                    "field.no.value",
                                    complaint(option, text),
                                    option.kind().text(value.getValue())));
            read.ifPresent(value::setValue);
        });
        value.addListener((property, old, now) -> {
            if (!read(option, field.getText()).equals(Optional.of(now))) {
                field.setText(option.kind().text(now));
            }
        });
        return field;
    }

    private static <T> String complaint(Option<T> option, String text) {
        try {
            return option.kind().complaint(option.kind().parse(text)).orElse(text);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static <T> Optional<T> read(Option<T> option, String text) {
        try {
            T read = option.kind().parse(text);
            return option.kind().complaint(read).isPresent() ? Optional.empty() : Optional.of(read);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static GridPane grid(double across, double down) {
        GridPane out = new GridPane();
        out.setHgap(across);
        out.setVgap(down);
        return out;
    }
}
