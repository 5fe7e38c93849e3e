package graft.app.shell;

import graft.Refusal;
import graft.app.controls.Choosers;
import graft.app.jobs.Crashes;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Worker;
import graft.app.jobs.Workers;
import graft.app.memory.MemoryKeeper;
import graft.project.Projects;
import java.nio.file.Path;
import java.util.function.Function;
import javafx.application.Application;
import javafx.stage.Stage;

/** The window. */
public final class WorkbenchApp extends Application {
    private static final String GALLERY = "--gallery";

    private final Projects projects = Projects.ofUser();

    @Override
    public void start(Stage stage) {
        if (getParameters().getRaw().contains(GALLERY)) {
            Gallery.show(stage);
            return;
        }
        Crashes.watch(new CrashDialog(stage, getHostServices()::showDocument));
        StartedWith started = StartedWith.of(getParameters().getRaw());
        Path project = started.project().orElseGet(projects::last);
        String gone = "";
        try {
            project = started.project().isPresent() ? project : projects.find(project);
        } catch (Refusal notThere) {
            gone = notThere.getMessage();
            project = projects.usual();
        }
        MemoryKeeper memory = memory(project);
        memory.now().preferences().speak(); // before any text is read
        Workers workers = new Workers();
        workers.warmUp();
        Workbench workbench = open(workers, project, memory);
        workbench.tell(gone);
        WorkbenchController[] controller = new WorkbenchController[1];
        Runnable whenComplete = () -> {
            Ahead.start();
            if (!started.files().isEmpty()) {
                controller[0].start(started.files());
            } else {
                workbench.reopening().restoreLast();
            }
        };
        controller[0] =
                new WorkbenchWindow(stage, next -> open(workers, next, memory(next))).show(workbench, whenComplete);
    }

    private MemoryKeeper memory(Path project) {
        return new MemoryKeeper(project, projects.usual(), projects.home());
    }

    private Workbench open(Worker workers, Path project, MemoryKeeper memory) {
        Workbench workbench = new Workbench(
                new FxJobRunner(), workers, new ProcessService(), new Choosers(), project, memory, projects);
        workbench.noteProject();
        workbench.watchData();
        return workbench;
    }

    /** Shows one project, from which no way leads to others. */
    static WorkbenchController show(Stage stage, Workbench workbench, Runnable whenComplete) {
        Function<Path, Workbench> none = project -> {
            throw new IllegalStateException("there is no way to " + project);
        };
        return new WorkbenchWindow(stage, none).show(workbench, whenComplete);
    }
}
