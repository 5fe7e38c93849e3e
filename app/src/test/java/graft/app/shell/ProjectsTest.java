package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.look.Theme;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Preferences.ThemeChoice;
import graft.project.Projects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** From one project to another and back, in one window. */
@FxTest
class ProjectsTest {
    @TempDir
    Path home;

    private final CountDownLatch complete = new CountDownLatch(1);
    private final List<Workbench> opened = new ArrayList<>();
    private Projects projects;
    private Path data;
    private Path chosen;
    private Stage stage;

    @Start
    void start(Stage given) throws IOException {
        stage = given;
        projects = new Projects(home);
        data = RedAndBlue.splitPictures(home.resolve("leaves"), 4);
        WorkbenchWindow window = new WorkbenchWindow(given, this::open);
        window.show(open(projects.usual()), complete::countDown);
    }

    private Workbench open(Path project) {
        Choosers choosers = new Choosers() {
            @Override
            public Optional<Path> folder(Window owner, String title) {
                return Optional.ofNullable(chosen);
            }
        };
        MemoryKeeper memory = new MemoryKeeper(project, projects.usual(), home);
        Workbench workbench = new Workbench(
                new FxJobRunner(), new InProcessWorker(), new PlayedProcess(), choosers, project, memory, projects);
        workbench.noteProject();
        opened.add(workbench);
        return workbench;
    }

    private Workbench now() {
        return opened.get(opened.size() - 1);
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write(FxRobot robot) {
        robot.interact(() -> opened.forEach(each -> each.memory().write()));
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private String title() {
        return stage.getTitle();
    }

    @Test
    void eachProjectKeepsWhatIsItsOwnAndTheThemeIsOfAll(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Workbench first = now();
        robot.interact(() -> {
            first.memory().change(memory -> memory.with(memory.preferences().with(ThemeChoice.DARK)));
            first.data().open(data);
        });
        await(() -> first.data().examplesProperty().get() != null);

        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N).release(KeyCode.N, KeyCode.SHIFT, KeyCode.CONTROL);
        await(() -> robot.lookup("#new-project").tryQuery().isPresent());
        Button make = robot.lookup("#new-project").lookup("Make it").queryButton();
        assertThat(make.isDisabled()).as("it has no name yet").isTrue();
        TextField name = robot.lookup("#project-name").queryAs(TextField.class);
        robot.interact(() -> name.setText("a/b"));
        assertThat(make.isDisabled()).isTrue();
        robot.interact(() -> name.setText("cells"));
        Path folder = home.resolve("projects").resolve("cells");
        assertThat(robot.lookup("#project-place").queryAs(Labeled.class).getText())
                .isEqualTo(folder.toString());
        Screenshots.dialog(make.getScene(), "new-project", Theme.DARK);
        Platform.runLater(make::fire);
        await(() -> now() != first && title().equals("cells \u2013 Graft"));
        Workbench second = now();
        await(() -> projects.last().equals(folder));
        await(() -> second.jobs().jobs().isEmpty());
        assertThat(second.data().examplesProperty().get()).isNull();
        assertThat(second.memory().now().preferences().theme()).isEqualTo(ThemeChoice.DARK);
        assertThat(robot.lookup("#other-projects")
                        .lookup(".side-row")
                        .queryButton()
                        .getAccessibleText())
                .isEqualTo("My project, today");
        Screenshots.take(stage, "projects", Theme.LIGHT, Size.USUAL);
        Screenshots.take(stage, "projects", Theme.DARK, Size.SMALL);

        MenuButton menu = robot.lookup("#project").queryAs(MenuButton.class);
        Platform.runLater(() -> menu.getItems().stream()
                .filter(item -> "My project".equals(item.getText()))
                .forEach(MenuItem::fire));
        await(() -> now() != second && title().equals("Graft"));
        await(() -> now().data().examplesProperty().get() != null);
        assertThat(now().data().examplesProperty().get().source()).isEqualTo(data);
        assertThat(projects.all()).extracting(Projects.Known::folder).startsWith(projects.usual(), folder);
    }

    @Test
    void whatIsNoProjectIsSaidAndWhatIsOpenStays(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Workbench first = now();
        chosen = data;
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O).release(KeyCode.O, KeyCode.SHIFT, KeyCode.CONTROL);
        // Each step has a label of that name.
        Labeled problem = robot.lookup("#problemBand .problem").queryAs(Labeled.class);
        await(() -> problem.getText().startsWith(data + " is no project"));
        assertThat(now()).isSameAs(first);
    }
}
