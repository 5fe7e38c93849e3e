package graft.app.shell;

import graft.app.project.ProjectMenu;
import graft.app.project.ProjectsViewModel;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The projects beside the one that is open, a row each; as long as there is none, one line that says that there can be. */
final class OtherProjects extends VBox {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.project");
    private static final int MOST = 5;

    private final ProjectsViewModel projects;
    private final VBox rows = new VBox(2);

    OtherProjects(ProjectsViewModel projects, ProjectMenu menu) {
        super(4);
        this.projects = projects;
        setId("other-projects");
        Label title = new Label(TEXTS.getString("card"));
        title.getStyleClass().add("card-title");
        title.visibleProperty().bind(Bindings.isNotEmpty(rows.getChildren()));
        title.managedProperty().bind(title.visibleProperty());
        Label several = new Label(TEXTS.getString("several"));
        several.getStyleClass().add("muted");
        several.visibleProperty().bind(title.visibleProperty().not());
        several.managedProperty().bind(several.visibleProperty());
        FlowPane ways =
                new FlowPane(8, 0, several, link("card.new", menu::createNew), link("card.open", menu::openOther));
        getChildren().addAll(title, rows, ways);
        projects.othersProperty().addListener((ListChangeListener<ProjectsViewModel.Row>) change -> fill());
        fill();
    }

    private static Hyperlink link(String key, Runnable action) {
        Hyperlink link = new Hyperlink(TEXTS.getString(key));
        link.setOnAction(event -> {
            link.setVisited(false);
            action.run();
        });
        return link;
    }

    private void fill() {
        rows.getChildren().setAll(projects.recent(MOST).stream().map(this::row).toList());
        getStyleClass().remove("card");
        if (!rows.getChildren().isEmpty()) {
            getStyleClass().add("card");
        }
    }

    private RecentRow row(ProjectsViewModel.Row project) {
        return new RecentRow(
                        project.name(),
                        project.there() ? "" : TEXTS.getString("gone"),
                        project.opened(),
                        List.of(project.folder()),
                        TEXTS.getString("remove"),
                        () -> projects.open(project.folder()),
                        projects.canForget(project) ? () -> projects.forget(project) : null)
                .empty(!project.there());
    }
}
