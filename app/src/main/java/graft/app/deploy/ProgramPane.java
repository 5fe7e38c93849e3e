package graft.app.deploy;

import graft.deploy.ClientCode;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The program that runs a form, in the language that is chosen. */
final class ProgramPane {
    private final HBox languages;
    private final TextArea code;
    private final Button copy;
    private final ToggleGroup language = new ToggleGroup();
    private ClientCode programs;

    ProgramPane(HBox languages, TextArea code, Button copy) {
        this.languages = languages;
        this.code = code;
        this.copy = copy;
        language.selectedToggleProperty().addListener((property, old, now) -> {
            if (now == null && old != null && languages.getChildren().contains(old)) {
                language.selectToggle(old); // one of them is always shown
            }
            showCode();
        });
    }

    /** @param now null where there is none */
    void show(ClientCode now) {
        String before = chosen();
        programs = now;
        languages.getChildren().clear();
        language.getToggles().clear();
        if (now != null) {
            for (String each : now.byLanguage().keySet()) {
                ToggleButton button = new ToggleButton(each);
                button.getStyleClass().add("small");
                button.setUserData(each);
                button.setMinWidth(Region.USE_PREF_SIZE);
                button.setToggleGroup(language);
                languages.getChildren().add(button);
                if (each.equals(before)) {
                    button.setSelected(true);
                }
            }
            if (language.getSelectedToggle() == null) {
                language.selectToggle(language.getToggles().get(0));
            }
        }
        copy.setDisable(now == null);
        showCode();
    }

    private String chosen() {
        return language.getSelectedToggle() == null
                ? ""
                : language.getSelectedToggle().getUserData().toString();
    }

    private void showCode() {
        code.setText(programs == null ? "" : programs.byLanguage().getOrDefault(chosen(), ""));
    }

    void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(code.getText());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
