package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.WindowWords;
import graft.app.jobs.Worker;
import graft.explain.Method;
import graft.worker.Explaining;
import graft.worker.Works;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ResourceBundle;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Why the network answers as it does about the example that is looked at; asked only while somebody wants to know. */
public final class WhyViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");
    private static final int KEPT = 100;

    private final JobRunner jobs;
    private final Worker worker;
    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Explaining.Found> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    /** What was asked: about which example, and which class of it; "" = the answered one. */
    private record Question(Example example, String className) {}

    /** "" = the class that is answered. */
    private final StringProperty asks = new SimpleStringProperty("");

    private final Map<Question, Explaining.Found> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Explaining.Found> eldest) {
            return size() > KEPT;
        }
    };
    private Example example;
    private Job job;
    private int asked;

    WhyViewModel(JobRunner jobs, Worker worker) {
        this.jobs = jobs;
        this.worker = worker;
        wanted.addListener((property, old, now) -> ask());
        asks.addListener((property, old, now) -> ask());
    }

    /** Whether it can be asked why: of a row of numbers there is nothing to show. */
    static boolean isExplainable(Example example) {
        return !example.shown().words().isEmpty() || Files.isRegularFile(example.file());
    }

    /** What is looked at; null = none. What is under way for another one is given up. */
    public void look(Example now) {
        example = now;
        if (asks.get().isEmpty()) {
            ask();
        } else {
            asks.set(""); // another example has another answer
        }
    }

    /** What was found is of files as they were: it is found anew. */
    void forget() {
        kept.clear();
    }

    private void ask() {
        int mine = ++asked;
        if (job != null) {
            job.cancel();
            job = null;
        }
        found.set(null);
        words.set("");
        if (!wanted.get() || example == null || !isExplainable(example)) {
            return;
        }
        Example about = example;
        Question question = new Question(about, asks.get());
        if (kept.containsKey(question)) {
            show(question, kept.get(question));
            return;
        }
        words.set(TEXTS.getString("why.waiting"));
        job = jobs.start(
                about.shown().name().isEmpty()
                        ? TEXTS.getString("explaining.typed")
                        : text("explaining", about.shown().name()),
                progress -> worker.ask(Works.EXPLAIN, plan(question), progress),
                result -> {
                    kept.put(question, result);
                    if (mine == asked) {
                        show(question, result);
                    }
                },
                failure -> {
                    if (mine == asked) {
                        words.set(failure);
                    }
                });
        job.whenCancelled(() -> {
            if (mine == asked) { // by the user, not for another example
                wanted.set(false);
            }
        });
    }

    private static Explaining.Plan plan(Question question) {
        Example about = question.example();
        String written = about.shown().words();
        Explaining.Plan plan = written.isEmpty()
                ? Explaining.Plan.of(about.network(), about.file(), about.reading())
                : Explaining.Plan.of(about.network(), written, about.reading());
        return question.className().isEmpty() ? plan : plan.about(question.className());
    }

    private void show(Question question, Explaining.Found result) {
        Example about = question.example();
        String of = question.className().isEmpty() ? about.predicted() : question.className();
        // Of very many classes only the likeliest are known by their share.
        String sure = about.shares().stream()
                .filter(share -> about.classes().get(share.label()).equals(of))
                .findFirst()
                .map(share -> Numbers.percent(share.probability()))
                .orElse(TEXTS.getString("why.not.answered"));
        String said = !result.words().isEmpty()
                ? text("why.words", of, sure)
                : result.method() == Method.GRAD_CAM
                        ? text("why.gradients", result.layer(), of, sure)
                        : text("why.hidden", of, sure);
        String remarks = WindowWords.of(String.join("\n", result.remarks()));
        words.set(remarks.isEmpty() ? said : said + "\n" + remarks);
        found.set(result);
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** Whether somebody wants to know; stays so from one example to the next. */
    public BooleanProperty wantedProperty() {
        return wanted;
    }

    /** The class that is asked about; "" = the one that is answered. */
    public StringProperty asksProperty() {
        return asks;
    }

    /** Null while it is not known, or nobody wants to know. */
    public ReadOnlyObjectProperty<Explaining.Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** How it was found out and how it is to be read, or why it is not known; "" while nobody wants to know. */
    public ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }
}
