package graft.app.shell;

import graft.app.look.Icons;
import graft.app.look.SystemTheme;
import graft.app.look.Theme;
import graft.app.memory.Memory;
import graft.app.memory.Preferences;
import graft.app.memory.Preferences.ThemeChoice;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The window, in which one project after the other can be open. */
final class WorkbenchWindow {
    private static final double PERCENT = 100;

    private final Stage stage;
    private final Function<Path, Workbench> projects;
    private final ResourceBundle texts = ResourceBundle.getBundle("graft.app.workbench");
    private WindowPlace place;
    private Workbench workbench;

    /** @param projects opens the project in a folder */
    WorkbenchWindow(Stage stage, Function<Path, Workbench> projects) {
        this.stage = stage;
        this.projects = projects;
    }

    /** Shows the window with its first project. */
    WorkbenchController show(Workbench first, Runnable whenComplete) {
        place = new WindowPlace(stage, first.memory());
        WorkbenchController controller = fill(first, WindowPlace.MIN_WIDTH, WindowPlace.MIN_HEIGHT);
        stage.setOnShown(event -> {
            place.putBack();
            controller.buildRest(whenComplete);
        });
        stage.getIcons().setAll(Icons.all());
        stage.setOnCloseRequest(event -> {
            Closing closing = workbench.beforeClosing();
            if (closing != Closing.AT_ONCE) {
                event.consume();
                leave(closing, ClosingDialog.Occasion.CLOSE, stage::close);
            }
        });
        stage.setOnHidden(event -> {
            workbench.train().run().leave();
            workbench.memory().write();
        });
        stage.show();
        return controller;
    }

    private WorkbenchController fill(Workbench now, double width, double height) {
        workbench = now;
        wear(now, now.memory().now().preferences());
        now.memory().memoryProperty().addListener((property, old, memory) -> changed(now, old, memory));
        now.projects().leadTo(this::change);
        WorkbenchController controller = new WorkbenchController(now);
        stage.setScene(new Scene(Screens.load("workbench", controller), width, height));
        String title = texts.getString("title");
        stage.setTitle(now.projects().isUsual() ? title : now.projects().name() + " \u2013 " + title);
        return controller;
    }

    /** Opens another project in place of this one, unless the user would rather stay. */
    private void change(Path project) {
        Closing closing = workbench.beforeClosing();
        if (closing == Closing.AT_ONCE) {
            changeNow(project);
        } else {
            leave(closing, ClosingDialog.Occasion.CHANGE, () -> changeNow(project));
        }
    }

    private void changeNow(Path project) {
        Scene before = stage.getScene();
        workbench.leave();
        Workbench next = projects.apply(project);
        place.follow(next.memory());
        WorkbenchController controller = fill(next, before.getWidth(), before.getHeight());
        controller.buildRest(next.reopening()::restoreLast);
    }

    /** Asks what is to become of what is under way, and goes on once that is done. */
    private void leave(Closing closing, ClosingDialog.Occasion occasion, Runnable then) {
        ClosingDialog.ask(stage, closing, occasion).ifPresent(answer -> {
            switch (answer) {
                case BACKGROUND -> {
                    workbench.train().run().leaveRunning();
                    then.run();
                }
                case STOP -> {
                    // The best so far is still to be written: it goes on when that is done.
                    workbench.train().run().stateProperty().addListener((property, old, state) -> {
                        if (!state.isUnderWay()) {
                            then.run();
                        }
                    });
                    workbench.train().run().stop();
                }
                case CLOSE -> then.run();
            }
        });
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
