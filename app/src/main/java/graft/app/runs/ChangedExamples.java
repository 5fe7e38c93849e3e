package graft.app.runs;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.evaluate.McNemar;
import graft.project.RunComparison;
import graft.worker.PairedRuns;
import graft.worker.PairedRuns.Paired;
import graft.worker.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Which examples one of two runs alone gets right. */
public final class ChangedExamples {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.runs");

    private final JobRunner jobs;
    private final Worker worker;
    private final ReadOnlyObjectWrapper<Paired> paired = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper says = new ReadOnlyStringWrapper("");
    private Job job;
    private int asked;

    public ChangedExamples(JobRunner jobs, Worker worker) {
        this.jobs = jobs;
        this.worker = worker;
    }

    /** Judges both by the same examples; null, and where one of them came to no network, there is nothing to judge. */
    void show(RunComparison compared) {
        int mine = ++asked;
        if (job != null) {
            job.cancel();
        }
        paired.set(null);
        says.set("");
        if (compared == null
                || !isDone(compared.first().folder())
                || !isDone(compared.second().folder())) {
            return;
        }
        says.set(text("changed.judging"));
        PairedRuns.Plan plan = new PairedRuns.Plan(
                Path.of(compared.first().folder()), Path.of(compared.second().folder()));
        job = jobs.start(
                text("changed.judging"),
                progress -> worker.ask(Works.PAIR, plan, progress),
                found -> {
                    if (mine == asked) {
                        paired.set(found);
                        says.set(words(found));
                    }
                },
                failed -> {
                    if (mine == asked) {
                        says.set(failed);
                    }
                });
    }

    private static boolean isDone(String folder) {
        return Files.isRegularFile(Path.of(folder, "network.onnx"));
    }

    /** Both accuracies, how many examples differ, and whether that may be chance; then what should be known, a line each. */
    static String words(Paired found) {
        McNemar test = new McNemar(found.onlyFirst(), found.onlySecond());
        List<String> out = new ArrayList<>();
        out.add(text(
                "changed.accuracies",
                found.n(),
                accuracy(found.first(), found.firstInterval()),
                accuracy(found.second(), found.secondInterval())));
        String p = found.mid() < 0.001 ? text("changed.tiny") : Numbers.format("%.3f", found.mid());
        out.add(text("changed.counts", found.onlySecond(), found.onlyFirst())
                + " "
                + text(
                        found.changed().isEmpty()
                                ? "changed.none"
                                : test.isMoreThanChance() ? "changed.real" : "changed.chance",
                        p));
        out.addAll(found.remarks());
        return String.join("\n", out);
    }

    private static String accuracy(double share, double[] interval) {
        return text(
                "changed.accuracy",
                Numbers.percent(share),
                Numbers.format("%.1f", 100 * interval[0]),
                Numbers.format("%.1f", 100 * interval[1]));
    }

    static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** Null until both were judged. */
    ReadOnlyObjectProperty<Paired> pairedProperty() {
        return paired.getReadOnlyProperty();
    }

    /** What was found, or why nothing can be; "" where nothing was asked. */
    ReadOnlyStringProperty saysProperty() {
        return says.getReadOnlyProperty();
    }
}
