package graft.app.shell;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.MemoryUse;
import graft.app.train.RunFollower;
import graft.online.Traffic;
import graft.online.TrafficCount;
import graft.run.PlanOptions;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** One line under everything, always as high: what leaves the machine, what is under way, what is used. */
final class StatusBar {
    private static final double GIB = 1 << 30;
    private static final double BAR = 90;

    private final Workbench workbench;
    private final ResourceBundle texts;
    private final ProgressBar bar = new ProgressBar();
    private final Button now = new Button();
    private final Label used = new Label();
    private final Label sent = new Label();
    private Traffic shown;

    StatusBar(
            HBox line, BottomPanel panel, Workbench workbench, ResourceBundle texts, Runnable settings, Runnable keys) {
        this.workbench = workbench;
        this.texts = texts;
        sent.setId("sent");
        sent.setGraphic(new FontIcon("fth-shield"));
        sent.setTooltip(new Tooltip());
        sent.setMinWidth(Region.USE_PREF_SIZE);
        showSent();
        showNow(panel);
        used.setId("used");
        used.setMinWidth(Region.USE_PREF_SIZE);
        MemoryUse memory = new MemoryUse(bytes -> {
            used.setText(used(bytes));
            showSent();
        });
        memory.start();
        used.setTooltip(new Tooltip(texts.getString("used.tip")));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button gear = button("settings", "fth-settings", settings);
        Button sheet = button("keys", null, keys);
        line.getChildren().setAll(sent, problems(panel), bar, now, space, used, gear, sheet);
        line.setAlignment(Pos.CENTER_LEFT);
    }

    /** What went out, and to whom: of the window and of all processes that work for it. */
    private void showSent() {
        Traffic traffic = TrafficCount.OF_THIS_PROCESS.now();
        if (traffic.equals(shown)) {
            return;
        }
        shown = traffic;
        sent.setText(
                traffic.sent() == 0
                        ? texts.getString("sent")
                        : Numbers.message(texts.getString("sent.bytes"), Numbers.bytes(traffic.sent())));
        sent.getTooltip()
                .setText(
                        traffic.hosts().isEmpty()
                                ? texts.getString("sent.tip")
                                : traffic.hosts().stream()
                                        .map(host -> Numbers.message(
                                                texts.getString("sent.host"),
                                                host.name(),
                                                Numbers.bytes(host.sent()),
                                                Numbers.bytes(host.received())))
                                        .collect(Collectors.joining("\n")));
        sent.setAccessibleText(sent.getText() + ". " + sent.getTooltip().getText());
    }

    private Button button(String key, String icon, Runnable action) {
        Button button = new Button(texts.getString(key), icon == null ? null : new FontIcon(icon));
        button.setId(key);
        button.getStyleClass().addAll("flat", "status-button");
        button.setTooltip(new Tooltip(texts.getString(key + ".tip")));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** How many there are, and how bad; the panel has them one by one. */
    private Button problems(BottomPanel panel) {
        ObservableList<ProblemsViewModel.Found> found = workbench.problems().found();
        FontIcon icon = new FontIcon(BottomPanel.icon(found));
        Button button = new Button(BottomPanel.words(found, texts), icon);
        button.setId("problems");
        button.getStyleClass().addAll("flat", "status-button");
        button.setTooltip(new Tooltip(texts.getString("panel.tip")));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> panel.toggle(BottomPanel.PROBLEMS));
        found.addListener((ListChangeListener<ProblemsViewModel.Found>) change -> {
            button.setText(BottomPanel.words(found, texts));
            icon.setIconLiteral(BottomPanel.icon(found));
        });
        return button;
    }

    private String used(long bytes) {
        int threads = workbench.train().settings().property(PlanOptions.THREADS).getValue();
        return Numbers.message(
                texts.getString("used"),
                threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
                workbench.train().settings().property(PlanOptions.DEVICE).getValue(),
                bytes / GIB,
                MemoryUse.OF_THE_MACHINE / GIB);
    }

    /** The oldest job speaks, or the run where there is none. */
    private void showNow(BottomPanel panel) {
        ObservableList<Job> jobs = workbench.jobs().jobs();
        RunFollower run = workbench.train().run();
        now.setId("now");
        now.getStyleClass().addAll("flat", "status-button");
        now.setTextOverrun(OverrunStyle.ELLIPSIS);
        now.setMinWidth(0);
        now.setTooltip(new Tooltip(texts.getString("now.tip")));
        now.setOnAction(event -> panel.toggle(BottomPanel.JOBS));
        bar.setPrefWidth(BAR);
        bar.setMinWidth(BAR);
        jobs.addListener((ListChangeListener<Job>) change -> follow(jobs, run));
        follow(jobs, run);
        ObservableBooleanValue busy = workbench.busyProperty();
        bar.visibleProperty().bind(busy);
        bar.managedProperty().bind(busy);
        now.visibleProperty().bind(busy);
    }

    private void follow(ObservableList<Job> jobs, RunFollower run) {
        if (jobs.isEmpty()) {
            StringBinding words = Bindings.createStringBinding(
                    () -> texts.getString("job.run") + " · "
                            + run.statusProperty().get(),
                    run.statusProperty());
            now.textProperty().bind(words);
            bar.progressProperty().bind(run.progressProperty());
            return;
        }
        Job job = jobs.get(0);
        String more = jobs.size() == 1 ? "" : Numbers.message(texts.getString("job.more"), jobs.size() - 1);
        now.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> job.title()
                                + (job.stageProperty().get().isEmpty() ? "" : " · ")
                                + job.stageProperty().get()
                                + more,
                        job.stageProperty()));
        bar.progressProperty().bind(job.progressProperty());
    }
}
