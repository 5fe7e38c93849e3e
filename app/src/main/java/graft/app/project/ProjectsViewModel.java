package graft.app.project;

import graft.app.jobs.JobRunner;
import graft.project.Projects;
import graft.project.Projects.Known;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyListProperty;
import javafx.beans.property.ReadOnlyListWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;

/** The project that is open, and the others that the user works with. */
public final class ProjectsViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.project");

    private final JobRunner jobs;
    private final Projects projects;
    private final Path open;
    private final ReadOnlyListWrapper<Row> others = new ReadOnlyListWrapper<>(FXCollections.observableArrayList());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Consumer<Path> door = folder -> {};

    /**
     * One of the others.
     *
     * @param opened when it was opened last, ISO 8601; "" where it never was
     * @param there whether its folder is there at the moment
     */
    public record Row(Path folder, String name, String opened, boolean there) {}

    /** @param open folder of the project that is open */
    public ProjectsViewModel(JobRunner jobs, Projects projects, Path open) {
        this.jobs = jobs;
        this.projects = projects;
        this.open = open.toAbsolutePath().normalize();
    }

    /** @param takes what opens another project in place of this one */
    public void leadTo(Consumer<Path> takes) {
        door = takes;
    }

    /** Its folder. */
    public Path folder() {
        return open;
    }

    /** Its name. */
    public String name() {
        return name(open);
    }

    /** A project is called as its folder, but for the one that nobody made. */
    private String name(Path folder) {
        return folder.equals(projects.usual()) || folder.getFileName() == null
                ? TEXTS.getString("usual")
                : folder.getFileName().toString();
    }

    /** Whether the one that there is without anybody having made it is open. */
    public boolean isUsual() {
        return open.equals(projects.usual());
    }

    /** The others, the one opened last first; empty until {@link #refresh}. */
    public ReadOnlyListProperty<Row> othersProperty() {
        return others.getReadOnlyProperty();
    }

    /** What went wrong; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The user has read it. */
    public void dismissProblem() {
        problem.set("");
    }

    /** Reads the list anew. */
    public void refresh() {
        jobs.start(
                TEXTS.getString("reading"),
                progress -> projects.all().stream()
                        .filter(known -> !known.folder().equals(open))
                        .map(this::row)
                        .toList(),
                others::setAll,
                problem::set);
    }

    private Row row(Known known) {
        boolean there = known.folder().equals(projects.usual()) || Files.isDirectory(known.folder());
        return new Row(known.folder(), name(known.folder()), known.opened(), there);
    }

    /** Where a new project of a name would lie beside the user's others. */
    public Path placeOf(String name) {
        return projects.home().resolve("projects").resolve(name);
    }

    /** Why a project cannot be called so; "" where it can. */
    public static String objection(String name) {
        if (name.isBlank()) {
            return TEXTS.getString("name.none");
        }
        boolean usable = name.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0)
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.endsWith(" ");
        return usable ? "" : TEXTS.getString("name.signs");
    }

    /** Makes a project and opens it. */
    public void create(Path folder) {
        work(TEXTS.getString("making"), () -> projects.create(folder));
    }

    /** Opens a project in place of this one. */
    public void open(Path folder) {
        if (folder.toAbsolutePath().normalize().equals(open)) {
            return;
        }
        work(TEXTS.getString("opening"), () -> projects.find(folder));
    }

    private interface Way {
        Path folder();
    }

    private void work(String title, Way way) {
        problem.set("");
        jobs.start(title, progress -> way.folder(), door, problem::set);
    }

    /** Whether a project can be taken off the list: the one that nobody made is always there. */
    public boolean canForget(Row row) {
        return !row.folder().equals(projects.usual());
    }

    /** Takes a project off the list; nothing of it is touched. */
    public void forget(Row row) {
        problem.set("");
        jobs.start(
                TEXTS.getString("reading"),
                progress -> {
                    projects.forget(row.folder());
                    return Optional.empty();
                },
                done -> others.removeIf(each -> Objects.equals(each, row)),
                problem::set);
    }

    /** At most so many as a menu has room for. */
    public List<Row> recent(int most) {
        return others.stream().limit(most).toList();
    }
}
