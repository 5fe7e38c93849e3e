package graft.app.network;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.meaning.Reading;
import graft.network.Layer;
import graft.network.edit.Edit;
import graft.progress.Progress;
import graft.worker.Editing;
import graft.worker.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/**
 * Changes to the graph of the open network. Each is written as a file of its own beside those before it, so that the file that
 * was opened stays as it is, nothing is lost when the window closes, and each can be undone.
 */
public final class GraphEdits {
    /** Takes the edited network as the present one. */
    interface Adopted {
        void as(String deed, OpenedNetwork edited);
    }

    private final JobRunner jobs;
    private final Worker worker;
    private final Supplier<OpenedNetwork> opened;
    private final Adopted adopted;
    private final Consumer<String> refused;
    private final ReadOnlyBooleanWrapper underWay = new ReadOnlyBooleanWrapper();
    private Path folder;

    /**
     * @param opened null = none
     * @param refused gets what cannot be done, in words for the user
     * @param folder where edited networks are kept; it need not be there yet
     */
    GraphEdits(
            JobRunner jobs,
            Worker worker,
            Supplier<OpenedNetwork> opened,
            Adopted adopted,
            Consumer<String> refused,
            Path folder) {
        this.jobs = jobs;
        this.worker = worker;
        this.opened = opened;
        this.adopted = adopted;
        this.refused = refused;
        this.folder = folder;
    }

    /** Keeps edited networks in the project. */
    public void keepIn(Path project) {
        folder = project;
    }

    /** Whether a layer can be changed at all: the new head is no part of the file. */
    boolean isEditable(Layer layer) {
        return opened.get() != null
                && opened.get().network().shownLayers().stream()
                        .anyMatch(own -> own.name().equals(layer.name()));
    }

    /** An operator without weights as a layer of its own; empty where the box is none, or is of the new head. */
    Optional<Layer> operator(Outline.Box box) {
        if (opened.get() == null || box.role() != Outline.Role.OPERATOR) {
            return Optional.empty();
        }
        return opened.get().network().dataPath().stream()
                .filter(node -> box.tensors().contains(node.output(0)))
                .reduce((before, last) -> last)
                .map(node -> new Layer(
                        node.output(0),
                        node.opType(),
                        node.opType(),
                        List.of(node),
                        Set.of(),
                        Set.of(),
                        0,
                        node.output(0),
                        ""));
    }

    void insert(String what, Layer behind) {
        edit(Texts.of("network.did.inserted", what, behind.name()), Edit.insert(what, behind.name()));
    }

    void delete(Layer layer) {
        edit(Texts.of("network.did.deleted", layer.name()), Edit.delete(layer.name()));
    }

    void cut(Layer layer) {
        edit(Texts.of("network.did.cut", layer.name()), Edit.cut(layer.name()));
    }

    private void edit(String deed, Edit edit) {
        OpenedNetwork from = opened.get();
        if (from == null || underWay.get()) {
            return;
        }
        underWay.set(true);
        refused.accept("");
        Job job = jobs.start(
                Texts.of("network.editing"),
                progress -> edited(from, edit, progress),
                result -> {
                    underWay.set(false);
                    if (opened.get() == from) {
                        adopted.as(deed, result);
                    }
                },
                words -> {
                    underWay.set(false);
                    refused.accept(words);
                });
        job.whenCancelled(() -> underWay.set(false));
    }

    private OpenedNetwork edited(OpenedNetwork from, Edit edit, Progress progress) throws IOException {
        Files.createDirectories(folder);
        String name = from.name().replaceFirst("-edit-\\d+$", "");
        int number = 1;
        while (Files.exists(folder.resolve(name + "-edit-" + number + ".onnx"))) {
            number++;
        }
        Path out = folder.resolve(name + "-edit-" + number + ".onnx");
        worker.ask(Works.EDIT, new Editing.Plan(from.file(), from.reading(), List.of(edit), out), progress);
        // What the user said of inputs is in the file now; of several outputs the choice stays, unless they were cut
        // off.
        Reading reading = edit.kind() == Edit.Kind.CUT
                ? Reading.USUAL
                : Reading.of(from.reading().output(), Map.of());
        return OpenedNetwork.read(out, reading, worker, progress);
    }

    /** Whether an edit is being made. */
    ReadOnlyBooleanProperty underWayProperty() {
        return underWay.getReadOnlyProperty();
    }
}
