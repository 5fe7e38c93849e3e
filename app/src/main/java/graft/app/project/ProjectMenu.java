package graft.app.project;

import graft.app.controls.Choosers;
import graft.app.controls.Numbers;
import java.util.ResourceBundle;
import javafx.collections.ListChangeListener;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.javafx.FontIcon;

/** The name of the project that is open; a menu under it leads to the others. */
public final class ProjectMenu extends MenuButton {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.project");
    private static final int MOST = 8;

    private final ProjectsViewModel projects;
    private final Choosers choosers;

    public ProjectMenu(ProjectsViewModel projects, Choosers choosers) {
        super(projects.name(), new FontIcon("fth-folder"));
        this.projects = projects;
        this.choosers = choosers;
        setId("project");
        getStyleClass().add("project-menu");
        setMnemonicParsing(false); // names may hold underscores
        setMaxWidth(Double.MAX_VALUE);
        setMinWidth(0);
        setAccessibleText(Numbers.message(TEXTS.getString("menu.is"), projects.name()));
        setTooltip(new Tooltip(Numbers.message(TEXTS.getString("menu.tip"), projects.folder())));
        projects.othersProperty().addListener((ListChangeListener<ProjectsViewModel.Row>) change -> fill());
        setOnShowing(event -> projects.refresh());
        fill();
    }

    private void fill() {
        CheckMenuItem open = new CheckMenuItem(projects.name());
        open.setMnemonicParsing(false);
        open.setSelected(true);
        open.setOnAction(event -> open.setSelected(true));
        getItems().setAll(open);
        for (ProjectsViewModel.Row row : projects.recent(MOST)) {
            MenuItem item =
                    new MenuItem(row.there() ? row.name() : Numbers.message(TEXTS.getString("menu.gone"), row.name()));
            item.setMnemonicParsing(false);
            item.setDisable(!row.there());
            item.setOnAction(event -> projects.open(row.folder()));
            getItems().add(item);
        }
        getItems().add(new SeparatorMenuItem());
        getItems().add(item("new", "Shortcut+Shift+N", this::createNew));
        getItems().add(item("open", "Shortcut+Shift+O", this::openOther));
    }

    private static MenuItem item(String key, String keys, Runnable action) {
        MenuItem item = new MenuItem(TEXTS.getString("menu." + key));
        item.setId("project-" + key);
        item.setAccelerator(KeyCombination.valueOf(keys));
        item.setOnAction(event -> action.run());
        return item;
    }

    /** Asks for a name and a place, and opens the project that is made of them. */
    public void createNew() {
        NewProject.ask(getScene().getWindow(), projects, choosers).ifPresent(projects::create);
    }

    /** Asks for the folder of a project, and opens it. */
    public void openOther() {
        choosers.folder(getScene().getWindow(), TEXTS.getString("open.title")).ifPresent(projects::open);
    }
}
