package graft.app.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** The pages of the Evaluate screen: one at a time; what stands there instead where a page has nothing to show yet. */
final class EvaluatePages {
    private record Page(ToggleButton button, ObservableBooleanValue filled, ObservableBooleanValue offered) {}

    private static final ObservableBooleanValue ALWAYS = new SimpleBooleanProperty(true);

    private final HBox bar;
    private final ResourceBundle texts;
    private final Node instead;
    private final ToggleGroup group = new ToggleGroup();
    private final List<Page> pages = new ArrayList<>();

    /**
     * @param bar holds a button for each
     * @param instead is shown where the chosen page has nothing to show
     */
    EvaluatePages(HBox bar, ResourceBundle texts, Node instead) {
        this.bar = bar;
        this.texts = texts;
        this.instead = instead;
        group.selectedToggleProperty().addListener((property, old, chosen) -> {
            if (chosen == null) {
                old.setSelected(true); // one page is always shown
            }
        });
    }

    /** @param filled whether there is something to show on it */
    void add(String key, Node content, ObservableBooleanValue filled) {
        add(key, content, filled, ALWAYS);
    }

    /** @param offered whether the page means anything for what is open */
    void add(String key, Node content, ObservableBooleanValue filled, ObservableBooleanValue offered) {
        ToggleButton button = new ToggleButton(texts.getString(key));
        button.setId("page-" + key);
        button.setToggleGroup(group);
        button.setMinWidth(ToggleButton.USE_PREF_SIZE);
        button.visibleProperty().bind(offered);
        button.managedProperty().bind(offered);
        offered.addListener((property, old, now) -> {
            if (!now && button.isSelected()) {
                pages.get(0).button().setSelected(true);
            }
        });
        pages.add(new Page(button, filled, offered));
        bar.getChildren().add(button);
        content.visibleProperty().bind(Bindings.and(button.selectedProperty(), filled));
    }

    /** Once all are there. */
    void showFirst() {
        int last = pages.size() - 1;
        for (int i = 0; i <= last; i++) {
            pages.get(i).button().getStyleClass().add(i == 0 ? "left-pill" : i == last ? "right-pill" : "center-pill");
        }
        pages.get(0).button().setSelected(true);
        instead.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> pages.stream()
                                .noneMatch(page -> page.button().isSelected()
                                        && page.filled().get()),
                        pages.stream()
                                .flatMap(page -> List.of(page.button().selectedProperty(), page.filled()).stream())
                                .toArray(Observable[]::new)));
    }
}
