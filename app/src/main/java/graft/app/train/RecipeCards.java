package graft.app.train;

import graft.app.controls.ArrowKeys;
import graft.app.controls.InView;
import java.util.Locale;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.util.StringConverter;

/** The recipes to choose from: as cards, and as a list for windows that have no room for cards. */
final class RecipeCards {
    /** What a card has around its texts. */
    private static final double AROUND = 38;

    private final TrainViewModel model;

    RecipeCards(TrainViewModel model) {
        this.model = model;
    }

    private static String title(Recipe recipe) {
        return TrainViewModel.text("recipe." + recipe);
    }

    void showCards(VBox cards, ScrollPane around) {
        ToggleGroup group = new ToggleGroup();
        Recipe.Group before = null;
        for (Recipe recipe : Recipe.values()) {
            if (recipe.group() != before) {
                before = recipe.group();
                cards.getChildren().add(heading(before));
            }
            Label name = new Label(title(recipe));
            name.getStyleClass().add("recipe-name");
            // A wrapped label in a button asks for the height of one word a line.
            Text says = new Text(TrainViewModel.text("recipe." + recipe + ".says"));
            says.wrappingWidthProperty().bind(cards.widthProperty().subtract(AROUND));
            says.getStyleClass().addAll("muted", "small");
            ToggleButton card = new ToggleButton();
            card.setGraphic(new VBox(2, name, says));
            card.setMaxWidth(Double.MAX_VALUE);
            card.setMinWidth(0); // or its words, once wide, would keep it so
            card.getStyleClass().add("choice-card");
            card.setId("recipe-" + recipe);
            card.setAccessibleText(name.getText() + ". " + says.getText());
            card.setToggleGroup(group);
            card.setUserData(recipe);
            card.focusedProperty().addListener((property, was, focused) -> {
                if (focused) {
                    InView.show(around, card);
                }
            });
            card.setSelected(recipe == model.recipeProperty().get());
            card.setOnAction(event -> {
                card.setSelected(true); // a card that is pressed again stays chosen
                model.choose(recipe);
            });
            cards.getChildren().add(card);
        }
        ArrowKeys.choose(group);
        model.recipeProperty().addListener((property, old, recipe) -> {
            for (Toggle card : group.getToggles()) {
                card.setSelected(card.getUserData() == recipe);
                if (card.isSelected()) {
                    InView.show(around, (ToggleButton) card);
                }
            }
        });
    }

    private static Label heading(Recipe.Group group) {
        Label out = new Label(TrainViewModel.text("recipes." + group).toUpperCase(Locale.getDefault()));
        out.setAccessibleText(TrainViewModel.text("recipes." + group));
        out.getStyleClass().add("section-label");
        return out;
    }

    void showList(ComboBox<Recipe> list) {
        list.getItems().setAll(Recipe.values());
        list.setConverter(new StringConverter<>() {
            @Override
            public String toString(Recipe recipe) {
                return recipe == null ? "" : title(recipe);
            }

            @Override
            public Recipe fromString(String text) {
                throw new UnsupportedOperationException("recipes are chosen, not typed");
            }
        });
        list.setValue(model.recipeProperty().get());
        model.recipeProperty().addListener((property, old, recipe) -> list.setValue(recipe));
        list.setOnAction(event -> {
            if (list.getValue() != model.recipeProperty().get()) {
                model.choose(list.getValue());
            }
        });
    }
}
