package graft.app;

import graft.app.shell.WorkbenchApp;
import graft.files.NativeLibraries;
import javafx.application.Application;

/** Starts the workbench from the class path: JavaFX refuses that to a main class which is itself an Application. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] args) {
        NativeLibraries.announce();
        Application.launch(WorkbenchApp.class, args);
    }
}
