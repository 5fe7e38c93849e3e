package graft.app.runs;

import graft.app.controls.Choosers;
import graft.app.controls.Dialogs;
import graft.app.controls.Numbers;
import graft.project.RunEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

/** What can be done with the runs that are chosen in a list of them: as a menu, and by keys. */
public final class RunsMenu {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.runs");

    private final RunsViewModel model;
    private final Choosers choosers;
    private final Node owner;
    private final Supplier<List<RunEntry>> chosen;

    /** @param owner the list */
    public RunsMenu(RunsViewModel model, Choosers choosers, Node owner, Supplier<List<RunEntry>> chosen) {
        this.model = model;
        this.choosers = choosers;
        this.owner = owner;
        this.chosen = chosen;
    }

    /** Everything, for one menu. */
    List<MenuItem> items() {
        List<MenuItem> out = new ArrayList<>(marks());
        out.addAll(List.of(
                item("copy", () -> withFirst(this::copy)),
                new SeparatorMenuItem(),
                item("csv", () -> toFolder(model::exportTables)),
                item("tensorboard", () -> toFolder(model::exportTensorBoard)),
                item("pack", () -> withFirst(this::pack)),
                new SeparatorMenuItem(),
                item("delete", this::delete)));
        return out;
    }

    /** What can be said of a run, for one menu. */
    public List<MenuItem> marks() {
        return List.of(
                item("rename", this::rename),
                item("tag", this::tag),
                item("write.note", this::note),
                item("star", () -> withFirst(model::star)),
                item("pin", () -> withFirst(model::pin)));
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem out = new MenuItem(TEXTS.getString(key));
        out.setId("run-" + key.replace('.', '-'));
        out.setOnAction(event -> action.run());
        return out;
    }

    /** Keys of the page of runs; one that does something is consumed. */
    void press(KeyEvent event) {
        if (event.getCode() == KeyCode.DELETE) {
            delete();
            event.consume();
        } else {
            pressMark(event);
        }
    }

    /** Keys for what can be said of a run; one that does something is consumed. */
    public void pressMark(KeyEvent event) {
        Runnable does = event.isShortcutDown() || event.isAltDown()
                ? null
                : switch (event.getCode()) {
                    case F2 -> this::rename;
                    case T -> this::tag;
                    case N -> this::note;
                    default -> null;
                };
        if (does != null) {
            does.run();
            event.consume();
        }
    }

    private void withFirst(Consumer<RunEntry> action) {
        chosen.get().stream().findFirst().ifPresent(action);
    }

    private void rename() {
        withFirst(run -> ask("rename", run, RunWords::title, model::rename));
    }

    private void tag() {
        withFirst(run -> ask("tag", run, RunEntry::tags, model::tag));
    }

    private void note() {
        withFirst(run -> ask("write.note", run, RunEntry::note, model::note));
    }

    private void ask(String key, RunEntry run, Function<RunEntry, String> now, BiConsumer<RunEntry, String> change) {
        TextInputDialog ask = new TextInputDialog(now.apply(run));
        ask.initOwner(window());
        ask.setTitle(TEXTS.getString(key));
        ask.setHeaderText(null);
        ask.setContentText(TEXTS.getString(key + ".words"));
        Dialogs.ask(ask).ifPresent(words -> change.accept(run, words));
    }

    private Window window() {
        return owner.getScene().getWindow();
    }

    private void copy(RunEntry run) {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.commandLine(run));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private void toFolder(BiConsumer<RunEntry, Path> write) {
        withFirst(run ->
                choosers.folder(window(), TEXTS.getString("csv")).ifPresent(folder -> write.accept(run, folder)));
    }

    private void pack(RunEntry run) {
        choosers.save(
                        window(),
                        TEXTS.getString("pack"),
                        Numbers.message("{0}.graft", RunWords.title(run).replaceAll("[^\\w.-]+", "-")))
                .ifPresent(file -> model.pack(run, file));
    }

    private void delete() {
        List<RunEntry> gone = List.copyOf(chosen.get());
        if (!gone.isEmpty()) {
            model.delete(gone);
        }
    }
}
