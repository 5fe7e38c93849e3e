package graft.predict;

import graft.Refusal;
import graft.data.ClassNames;
import graft.data.Unlabelled;
import graft.data.Unlabelled.Portion;
import graft.data.Unlabelled.Unread;
import graft.guard.Guard;
import graft.onnx.NetworkFile;
import graft.predict.Replies.Reply;
import graft.progress.Progress;
import graft.task.Reading;
import graft.task.Task;
import graft.task.TaskTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Asks a network about inputs, a portion after the other; what cannot be read stops nothing and is told at the end. */
public final class Predictor {
    private static final String ASKING = "asking the network";
    /** So many that cannot be read are told by name; the others are counted. */
    private static final int NAMED = 1000;

    private final PredictionPlan plan;
    private final NetworkFile network;
    private final Reading.How how;
    private final Optional<Task> given;
    private final Optional<Function<Progress, Replies>> asked;

    private final List<Unread> skipped = new ArrayList<>();
    private long skippedCount;
    private long answered;
    private Layout layout;
    private long[] counts;
    /** Places in texts. */
    private final Map<String, Long> byType = new TreeMap<>();

    /** @param how inputs are read */
    public Predictor(PredictionPlan plan, NetworkFile network, Reading.How how) {
        this(plan, network, how, Optional.empty());
    }

    /** @param given the task of the network, which may stand in no table; where it is not given, its file says it */
    public Predictor(PredictionPlan plan, NetworkFile network, Reading.How how, Optional<Task> given) {
        this(plan, network, how, given, Optional.empty());
    }

    /** @param asked what is asked instead of the network's answers */
    Predictor(
            PredictionPlan plan,
            NetworkFile network,
            Reading.How how,
            Optional<Task> given,
            Optional<Function<Progress, Replies>> asked) {
        this.plan = plan;
        this.network = network;
        this.how = how;
        this.given = given;
        this.asked = asked;
    }

    /**
     * Answers go to {@code writer} in the order of the inputs.
     *
     * @throws Refusal where nothing can be asked about; nothing was written then
     */
    public Prediction run(AnswerWriter writer, Progress progress) {
        long start = System.nanoTime();
        Task task = task(progress);
        task.refuseForeignAsking(plan.inputs().get(0), how.settings());
        Unlabelled inputs = task.questions().open(plan.inputs(), network.path(), how, progress);
        List<String> remarks;
        try (Replies replies = replies(task, progress)) {
            inputs.read(portion -> ask(replies, inputs, portion, writer, progress), progress);
            remarks = replies.remarks();
        }
        if (answered == 0) {
            throw nothing(task);
        }
        try {
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Long> byClass = new LinkedHashMap<>(byType);
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] > 0) {
                byClass.put(layout.classes().get(label), counts[label]);
            }
        }
        return new Prediction(
                network.path(),
                task.name(),
                layout.classes(),
                answered,
                byClass,
                skippedCount,
                List.copyOf(skipped),
                remarks,
                (System.nanoTime() - start) / 1e9,
                Optional.empty(),
                Optional.empty());
    }

    /** @throws Refusal where a file of answers would lie among the inputs and be taken for one, the next time */
    void checkOut(Path file) {
        Path place = file.toAbsolutePath().normalize();
        for (Path input : plan.inputs()) {
            boolean among = Files.isDirectory(input)
                    && place.startsWith(input.toAbsolutePath().normalize());
            Task task = given.orElseGet(() -> TaskTable.ofNetwork(network, Progress.NONE));
            if (among && task.questions().fit(file)) {
                throw new Refusal(file + " lies in " + input + ", where it would be taken for an input the next time."
                        + " Name a file elsewhere with --out.");
            }
        }
    }

    private Task task(Progress progress) {
        for (Path input : plan.inputs()) {
            if (!Files.exists(input, LinkOption.NOFOLLOW_LINKS)) {
                throw new Refusal("There is no " + input + ". Check the path of the input.");
            }
        }
        Task task = given.orElseGet(() -> TaskTable.ofNetwork(network, progress));
        for (Path input : plan.inputs()) {
            if (!task.questions().fit(input)) {
                TaskTable.all().stream()
                        .filter(other -> other != task && other.questions().fit(input))
                        .findFirst()
                        .ifPresent(other -> {
                            String words = other.questions().words();
                            throw new Refusal(network.path() + " is asked about "
                                    + task.questions().words() + ", but "
                                    + input + " holds " + words
                                    + ". Give it " + task.questions().words() + ", or choose a network that answers: "
                                    + other.words().question());
                        });
            }
        }
        return task;
    }

    /** A file that notes its task and no classes answers with numbers. */
    private Replies replies(Task task, Progress progress) {
        if (asked.isPresent()) {
            return asked.get().apply(progress);
        }
        if (task.spotting().isPresent()) {
            return new SpanReplies(network, plan, task.spotting().get());
        }
        Map<String, String> notes = network.model().metadata();
        if (!notes.containsKey(Task.NOTE) || notes.containsKey(ClassNames.KEY)) {
            return new ClassReplies(network, plan);
        }
        if (plan.top() > 1 || plan.probabilities()) {
            progress.note("--top and --proba are left aside: " + network.path().getFileName()
                    + " answers with numbers, not with classes.");
        }
        return new NumberReplies(network, plan);
    }

    private void ask(Replies replies, Unlabelled inputs, Portion portion, AnswerWriter writer, Progress progress) {
        portion.unread().forEach(this::skip);
        int n = portion.examples().size();
        long before = answered + skippedCount;
        if (n > 0) {
            Guard.examples(portion.examples().bytes(), n);
            List<Reply> said = replies.to(
                    portion.examples(), done -> progress.stage(ASKING, before + done, inputs.size()), progress);
            try {
                write(replies, inputs, portion, said, writer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            progress.stage(ASKING, before, inputs.size());
        }
    }

    private void skip(Unread each) {
        skippedCount++;
        if (skipped.size() < NAMED) {
            skipped.add(each);
        }
    }

    private void write(Replies replies, Unlabelled inputs, Portion portion, List<Reply> said, AnswerWriter writer)
            throws IOException {
        for (int i = 0; i < said.size(); i++) {
            Reply reply = said.get(i);
            String name = portion.names().get(i);
            if (reply.failed().isPresent()) {
                skip(new Unread(name, reply.failed().get()));
                continue;
            }
            if (layout == null) {
                layout = replies.layout(inputs.columns());
                counts = new long[layout.classes().size()];
                writer.begin(layout);
            }
            boolean classes = reply.answer() >= 0;
            if (classes) {
                counts[reply.answer()]++;
            }
            writer.write(new Said(
                    name,
                    portion.told().get(i),
                    classes ? best(reply.answer(), reply.numbers(), layout.top()) : new int[0],
                    classes ? reply.numbers() : new float[0],
                    classes ? new float[0] : reply.numbers(),
                    reply.strangeness(),
                    reply.entities(),
                    reply.words()));
            count(reply.entities());
            answered++;
        }
    }

    private void count(List<Entity> entities) {
        if (layout.isRanked()) {
            byType.merge(entities.get(0).isNone() ? "no answer" : "answer", 1L, Long::sum);
        } else {
            entities.forEach(each -> byType.merge(each.span().type(), 1L, Long::sum));
        }
    }

    /** The answer first, then by probability; of equal ones the first. */
    private static int[] best(int answer, float[] probabilities, int top) {
        if (top == 1) {
            return new int[] {answer};
        }
        IntStream others = IntStream.range(0, probabilities.length)
                .filter(label -> label != answer)
                .boxed()
                .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
                .mapToInt(label -> label)
                .limit(top - 1L);
        return IntStream.concat(IntStream.of(answer), others).toArray();
    }

    private Refusal nothing(Task task) {
        if (skippedCount == 0) {
            return new Refusal(
                    plan.inputs().get(0) + " holds no " + task.questions().words() + " that "
                            + network.path().getFileName() + " could be asked about. Check the path.");
        }
        String words = skipped.get(0).inWords();
        return new Refusal((skippedCount == 1 ? words : "None of " + skippedCount + " inputs can be answered. " + words)
                + (words.endsWith(".") ? "" : ". Check the files, or give others."));
    }
}
