package graft.app.shell;

import graft.app.controls.Choosers;
import graft.app.jobs.Crashes;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Icons;
import graft.app.look.SystemTheme;
import graft.app.look.Theme;
import graft.app.memory.Memory;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Preferences;
import graft.app.memory.Preferences.ThemeChoice;
import graft.project.ProjectFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window. */
public final class WorkbenchApp extends Application {
    private static final double PERCENT = 100;
    private static final String GALLERY = "--gallery";

    @Override
    public void start(Stage stage) {
        if (getParameters().getRaw().contains(GALLERY)) {
            Gallery.show(stage);
            return;
        }
        Crashes.watch(new CrashDialog(stage, getHostServices()::showDocument));
        MemoryKeeper memory = new MemoryKeeper(ProjectFolder.usual());
        memory.now().preferences().speak(); // before any text is read
        Workers workers = new Workers();
        workers.warmUp();
        Workbench workbench = new Workbench(
                new FxJobRunner(), workers, new ProcessService(), new Choosers(), ProjectFolder.usual(), memory);
        List<Path> files = getParameters().getUnnamed().stream().map(Path::of).toList();
        WorkbenchController[] controller = new WorkbenchController[1];
        controller[0] = show(stage, workbench, () -> {
            Ahead.start();
            if (!files.isEmpty()) {
                controller[0].start(files);
            } else {
                workbench.restoreLast();
            }
        });
    }

    static WorkbenchController show(Stage stage, Workbench workbench, Runnable whenComplete) {
        wear(workbench, workbench.memory().now().preferences());
        workbench.memory().memoryProperty().addListener((property, old, now) -> changed(workbench, old, now));
        ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
        WorkbenchController controller = new WorkbenchController(workbench);
        stage.setScene(new Scene(Screens.load("workbench", controller), WindowPlace.MIN_WIDTH, WindowPlace.MIN_HEIGHT));
        WindowPlace place = new WindowPlace(stage, workbench.memory());
        stage.setOnShown(event -> {
            place.putBack();
            controller.buildRest(whenComplete);
        });
        stage.getIcons().setAll(Icons.all());
        stage.setTitle(texts.getString("title"));
        stage.setOnCloseRequest(event -> {
            Closing closing = workbench.beforeClosing();
            if (closing != Closing.AT_ONCE) {
                event.consume();
                ClosingDialog.ask(stage, closing).ifPresent(answer -> close(stage, workbench, answer));
            }
        });
        stage.setOnHidden(event -> {
            workbench.train().run().leave();
            workbench.memory().write();
        });
        stage.show();
        return controller;
    }

    private static void close(Stage stage, Workbench workbench, ClosingDialog.Answer answer) {
        switch (answer) {
            case BACKGROUND -> {
                workbench.train().run().leaveRunning();
                stage.close();
            }
            case STOP -> {
                // The best so far is still to be written: the window goes when that is done.
                workbench.train().run().stateProperty().addListener((property, old, state) -> {
                    if (!state.isUnderWay()) {
                        stage.close();
                    }
                });
                workbench.train().run().stop();
            }
            case CLOSE -> stage.close();
        }
    }

    private static void changed(Workbench workbench, Memory old, Memory now) {
        if (!old.preferences().equals(now.preferences())) {
            wear(workbench, now.preferences());
        }
    }

    private static void wear(Workbench workbench, Preferences preferences) {
        ThemeChoice choice = preferences.theme();
        Theme theme = choice == ThemeChoice.SYSTEM ? SystemTheme.now() : Theme.valueOf(choice.name());
        theme.wear(preferences.textSize() / PERCENT);
        workbench.darkProperty().set(theme == Theme.DARK);
    }
}
