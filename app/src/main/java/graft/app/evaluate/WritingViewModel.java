package graft.app.evaluate;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.language.Choice;
import graft.language.GapFiller;
import graft.language.WrittenPiece;
import graft.progress.Event;
import graft.progress.Progress;
import graft.worker.Works;
import graft.worker.Writing;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/** What a network of language makes of a text that is typed: how it goes on, or what is hidden in it. */
final class WritingViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");
    private static final int TOP = 5;

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ReadOnlyStringWrapper written = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<GapFiller.Filled> filled = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper says = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private Job job;
    private int asked;

    WritingViewModel(JobRunner jobs, Worker worker, ObservableValue<Path> network) {
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        network.addListener((value, old, now) -> {
            stop();
            begin();
        });
    }

    /** What was written before is gone. */
    private int begin() {
        written.set("");
        filled.set(null);
        says.set("");
        return ++asked;
    }

    /** Lets the network write on; what it writes comes piece by piece. */
    void write(String prompt, int most, Choice choice) {
        if (running.get() || network.getValue() == null) {
            return;
        }
        int mine = begin();
        Path file = network.getValue();
        Consumer<String> told = jobs.bringing(letters -> {
            if (mine == asked) {
                written.set(written.get() + letters);
            }
        });
        job = jobs.start(
                TEXTS.getString("writing"),
                progress ->
                        worker.ask(Works.WRITE, new Writing.Plan(file, prompt, most, choice), telling(progress, told)),
                done -> {
                    if (mine == asked) {
                        written.set(done.text());
                        says.set(Figures.text(
                                "write.done." + done.stopped(),
                                done.tokens().size(),
                                done.tokens().size() / Math.max(done.seconds(), 1e-3)));
                    }
                },
                words -> {
                    if (mine == asked) {
                        says.set(words);
                    }
                });
        job.whenCancelled(() -> {
            if (mine == asked) {
                says.set(TEXTS.getString("write.stopped"));
            }
        });
        running.bind(job.runningProperty());
    }

    /** Asks what is hidden in a text. */
    void fill(String text) {
        if (text.isBlank() || network.getValue() == null) {
            return;
        }
        int mine = begin();
        Path file = network.getValue();
        jobs.start(
                TEXTS.getString("filling"),
                progress -> worker.ask(Works.FILL, new Writing.Gaps(file, text, TOP), progress),
                done -> {
                    if (mine == asked) {
                        filled.set(done);
                    }
                },
                words -> {
                    if (mine == asked) {
                        says.set(words);
                    }
                });
    }

    /** Ends what is being written; what there is of it stays. */
    void stop() {
        if (job != null) {
            job.cancel();
        }
    }

    private static Progress telling(Progress progress, Consumer<String> told) {
        return new Progress() {
            @Override
            public void report(Event event) {
                if (event instanceof WrittenPiece piece) {
                    told.accept(piece.letters());
                } else {
                    progress.report(event);
                }
            }

            @Override
            public boolean isCancelled() {
                return progress.isCancelled();
            }
        };
    }

    /** What was written so far, without the prompt. */
    ReadOnlyStringProperty writtenProperty() {
        return written.getReadOnlyProperty();
    }

    /** What fits into the gaps; null before. */
    ReadOnlyObjectProperty<GapFiller.Filled> filledProperty() {
        return filled.getReadOnlyProperty();
    }

    /** How it ended, or what went wrong. */
    ReadOnlyStringProperty saysProperty() {
        return says.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }
}
