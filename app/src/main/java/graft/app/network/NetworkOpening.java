package graft.app.network;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.files.Home;
import graft.meaning.Reading;
import graft.progress.Progress;
import graft.rewrite.Fp32Converter;
import graft.worker.Conversion;
import graft.worker.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Opens one file at a time in the background; whoever asks for another no longer wants the one before. */
final class NetworkOpening {
    private final JobRunner jobs;
    private final Worker worker;
    private final Consumer<OpenedNetwork> opened;
    private final Consumer<String> failed;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");

    /** Opened, but its head is still being made. */
    private OpenedNetwork arriving;

    private Job job;
    private int openings;

    /**
     * @param opened gets the network, whose head is still to be made
     * @param failed gets what went wrong, in words for the user
     */
    NetworkOpening(JobRunner jobs, Worker worker, Consumer<OpenedNetwork> opened, Consumer<String> failed) {
        this.jobs = jobs;
        this.worker = worker;
        this.opened = opened;
        this.failed = failed;
    }

    void open(Path path, Reading reading) {
        open(path.getFileName().toString(), progress -> OpenedNetwork.read(path, reading, worker, progress));
    }

    void open(NetworkCard card) {
        open(card.name(), progress -> OpenedNetwork.read(card.file().call(), Reading.USUAL, worker, progress));
    }

    /** Converts a file to fp32 and opens what comes of it, which lies beside the other installed networks. */
    void convert(Path from) {
        open(from.getFileName().toString(), progress -> converted(from, progress));
    }

    private OpenedNetwork converted(Path from, Progress progress) throws IOException {
        String name = from.getFileName().toString().replaceFirst("\\.onnx$", "");
        Path networks = Files.createDirectories(Home.folder().resolve("networks"));
        Path to = networks.resolve(name + "-fp32.onnx");
        for (int number = 2; Files.exists(to); number++) {
            to = networks.resolve(name + "-fp32-" + number + ".onnx");
        }
        Fp32Converter.Result result = worker.ask(Works.CONVERT, new Conversion(from, to), progress);
        List<String> notes = new ArrayList<>(result.notes());
        notes.add(Texts.of("network.converted", result.maxAbsDifference(), result.maxAbsOutput(), to));
        return OpenedNetwork.read(to, Reading.USUAL, worker, progress).withNotes(notes);
    }

    private void open(String name, JobRunner.Work<OpenedNetwork> read) {
        int mine = ++openings;
        failed.accept(""); // of the file before
        title.set(name);
        arriving = null;
        if (job != null) {
            job.cancel(); // nobody waits for it any more
        }
        job = jobs.start(
                Texts.of("network.opening", name),
                read,
                result -> {
                    if (mine == openings) {
                        arriving = result;
                        opened.accept(result);
                    }
                },
                words -> {
                    if (mine == openings) {
                        title.set("");
                        failed.accept(words);
                    }
                });
        job.whenCancelled(() -> {
            if (mine == openings) {
                title.set("");
            }
        });
    }

    /** What was opened is seen now; another file may be on its way already. */
    void arrived(OpenedNetwork network) {
        if (network == arriving) {
            arriving = null;
            title.set("");
        }
    }

    /** Name of the file that is being opened; empty where none is. */
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }
}
