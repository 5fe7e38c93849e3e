package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.data.DataSet;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.files.OutputPlace;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one run: plan, checkpoint, result and exported files. Held by one process at a time. */
public final class RunFolder implements AutoCloseable {
    private static final List<String> WRITTEN = List.of(
            "network.onnx",
            "result.json",
            Checkpoint.FILE,
            ExampleList.FILE,
            "curves.png",
            "confusion.csv",
            "confusion.png");

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private RunFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** A new run: the folder must not hold one already. The caller closes it. */
    public static RunFolder create(FineTuningPlan plan) {
        Path path = plan.out();
        requireFree(plan);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot make the run folder " + path + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to with --out.",
                    e);
        }
        RunFolder folder = hold(path);
        try {
            // Another process may have begun one since.
            refuseIfTaken(path);
            Json.write(path.resolve("plan.json"), plan);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        return folder;
    }

    /** @throws Refusal where the folder of a plan holds anything, or lies in the wrong place */
    public static void requireFree(FineTuningPlan plan) {
        Path path = plan.out();
        refuseIfTaken(path);
        // Nothing is there yet that a run could have written.
        OutputPlace.checkFolder(path, WRITTEN, file -> false, plan.data(), plan.network());
        OutputPlace.checkEmpty(path);
    }

    private static void refuseIfTaken(Path path) {
        if (Files.exists(path.resolve("plan.json"))) {
            throw new Refusal(path + " already holds a run. Go on with it by `graft resume " + path
                    + "`, or name another folder with --out.");
        }
    }

    public static boolean holdsRun(Path path) {
        return Files.isRegularFile(path.resolve("plan.json"));
    }

    /** Whether a process is working on it just now. */
    public static boolean isHeld(Path path) {
        Path file = path.resolve("run.lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            return lock == null;
        } catch (IOException e) {
            return false; // it has just been left
        }
    }

    /** An existing run. The caller closes it. */
    public static RunFolder open(Path path) {
        if (!holdsRun(path)) {
            throw new Refusal(path + " is no run folder: it has no plan.json. Name the folder given to --out.");
        }
        return hold(path);
    }

    private static RunFolder hold(Path path) {
        Path file = path.resolve("run.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null || !Files.exists(file)) { // or whoever held it has just removed it
                channel.close();
                throw new Refusal("Another process is working on the run in " + path + ". Wait for it or stop it.");
            }
            Files.deleteIfExists(RunPause.file(path)); // of whoever held it before
            return new RunFolder(path, channel, lock);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot write to the run folder " + path + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to with --out.",
                    e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public FineTuningPlan plan() {
        Path file = file("plan.json");
        String wayOut = " Without it the run cannot go on: start it again with `graft train` and another --out.";
        FineTuningPlan plan = read(file, FineTuningPlan.class, wayOut);
        for (RecordComponent component : FineTuningPlan.class.getRecordComponents()) {
            if (component(plan, component) == null) {
                throw new Refusal(
                        file + " is damaged: it does not say the " + component.getName() + " of the run." + wayOut);
            }
        }
        return atHome(plan);
    }

    /** The folder may have been moved since, and what lies in it, or in its project, with it. */
    private FineTuningPlan atHome(FineTuningPlan plan) {
        Path here = path.toAbsolutePath().normalize();
        if (plan.out().toAbsolutePath().normalize().equals(here)) {
            return plan;
        }
        MovedFolder moved = MovedFolder.of(plan.out(), here);
        return plan.withOut(here).withNetwork(moved.now(plan.network())).withData(moved.now(plan.data()));
    }

    /** The same result, whose network lies in the folder wherever that was moved. */
    public static FineTuningResult atHome(FineTuningResult result, Path folder) {
        Path network = folder.resolve("network.onnx");
        if (result.network() == null || Files.exists(result.network()) || !Files.exists(network)) {
            return result;
        }
        ObjectNode out = (ObjectNode) Json.tree(result);
        return Json.convert(out.put("network", network.toString()), FineTuningResult.class);
    }

    /** Writes the plan where it says more than before: the stages of its recipe, or another place of the data. */
    public void remember(FineTuningPlan plan) {
        if (!plan.equals(plan())) {
            Json.write(file("plan.json"), plan);
        }
    }

    /**
     * Plans more epochs than before; the run then counts as stopped, and goes on as if it had been planned so from its start.
     *
     * @param epochs in all
     * @throws Refusal where that would not be the same run
     */
    public void extend(int epochs) {
        FineTuningPlan plan = plan();
        if (epochs <= plan.get(PlanOptions.EPOCHS)) {
            throw new Refusal("The run in " + path + " is planned for " + plan.get(PlanOptions.EPOCHS)
                    + " epochs already: say more with --epochs, or leave it out to go on with them.");
        }
        if (plan.get(PlanOptions.SCHEDULE) != Schedule.CONSTANT) {
            throw new Refusal("The learning rate of the run in " + path + " goes over its "
                    + plan.get(PlanOptions.EPOCHS) + " epochs ("
                    + plan.get(PlanOptions.SCHEDULE).name().toLowerCase(Locale.ROOT)
                    + "), so that more of them are another run: start one with `graft train --epochs=" + epochs + "`.");
        }
        if (plan.get(TransferOptions.ADAPT) == TransferOptions.Adaptation.DANN) {
            throw new Refusal("How much the discriminator of the run in " + path + " counts grows over its "
                    + plan.get(PlanOptions.EPOCHS)
                    + " epochs, so that more of them are another run: start one with `graft train --epochs=" + epochs
                    + "`.");
        }
        if (!Files.exists(file(Checkpoint.FILE))) {
            throw new Refusal(
                    "There is no " + file(Checkpoint.FILE) + ", from which the run could go on. Start a new one with"
                            + " `graft train --epochs=" + epochs + "`.");
        }
        Json.write(file("plan.json"), extended(plan, epochs - plan.get(PlanOptions.EPOCHS)));
        if (result().isPresent()) {
            ObjectNode result = (ObjectNode) Json.read(file("result.json"), JsonNode.class);
            Json.write(file("result.json"), result.put("status", FineTuningResult.STOPPED));
        }
    }

    /** The last stage goes on for longer. */
    private static FineTuningPlan extended(FineTuningPlan plan, int more) {
        List<Stage> stages = new ArrayList<>(plan.stages());
        Stage last = stages.remove(stages.size() - 1);
        stages.add(new Stage(last.settings().with(PlanOptions.EPOCHS, last.get(PlanOptions.EPOCHS) + more)));
        return plan.with(PlanOptions.STAGES, new Stages(stages));
    }

    /** Writes down which examples the run begins with. */
    public void remember(DataSet data) {
        if (!Files.exists(file(ExampleList.FILE))) {
            ExampleList.of(data).ifPresent(list -> Json.write(file(ExampleList.FILE), list));
        }
    }

    /** Which examples are others than those that the run began with; "" where that is not known. */
    public String changesIn(DataSet data) {
        Path file = file(ExampleList.FILE);
        return Files.exists(file)
                ? ExampleList.of(data)
                        .map(read(file, ExampleList.class, " Delete it to go on.")::changes)
                        .orElse("")
                : "";
    }

    /** Which examples the run in {@code later} began with that are others than those of the run in {@code earlier}. */
    public static String changes(Path earlier, Path later) {
        Path before = earlier.resolve(ExampleList.FILE);
        Path after = later.resolve(ExampleList.FILE);
        String wayOut = " Delete it, and it is compared no more.";
        return Files.exists(before) && Files.exists(after)
                ? read(before, ExampleList.class, wayOut).changes(read(after, ExampleList.class, wayOut))
                : "";
    }

    /**
     * Which examples are others than those that a run began with; "" where none are, or it is not known.
     *
     * @param now class of each example, by its name
     */
    public static String changes(Path run, Map<String, String> now) {
        Path before = run.resolve(ExampleList.FILE);
        return Files.exists(before)
                ? read(before, ExampleList.class, " Delete it, and it is compared no more.")
                        .changesOfClass(now)
                : "";
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    public Optional<FineTuningResult> result() {
        Path file = file("result.json");
        if (!Files.exists(file) || !Files.exists(file("network.onnx"))) {
            return Optional.empty();
        }
        String wayOut = " Delete it, and `graft resume " + path + "` makes it again from the checkpoint.";
        FineTuningResult result = read(file, FineTuningResult.class, wayOut);
        if (result.status() == null || result.epochs() == null || result.network() == null) {
            throw new Refusal(file + " is damaged: it does not say how the run ended." + wayOut);
        }
        return Optional.of(atHome(result, path));
    }

    private static <T> T read(Path file, Class<T> type, String wayOut) {
        try {
            T read = Json.read(Files.readString(file), type);
            if (read == null) {
                throw new Refusal(file + " is damaged: nothing is in it." + wayOut);
            }
            return read;
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + "." + wayOut, e);
        } catch (RuntimeException e) {
            if (e instanceof Refusal) {
                throw e;
            }
            throw refused(e)
                    .map(value -> new Refusal(file + " is damaged: " + value.getMessage() + wayOut, e))
                    .orElseGet(() -> new Refusal(file + " is damaged or from another version of Graft." + wayOut, e));
        }
    }

    /** What a record said of a value in the file, which the reader of JSON wraps up. */
    private static Optional<Refusal> refused(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private static Object component(FineTuningPlan plan, RecordComponent component) {
        try {
            return component.getAccessor().invoke(plan);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the components of a public record can be read", e);
        }
    }

    public void finish(FineTuningResult result) {
        Json.write(file("result.json"), result);
    }

    /** A run that was refused before it learnt anything leaves no trace, so that it can be started again, corrected. */
    public void abandonIfNothingWasLearnt() {
        if (!Files.exists(file(Checkpoint.FILE))) {
            abandon();
        }
    }

    /** Leaves no trace of the run. */
    public void abandon() {
        try {
            Files.deleteIfExists(file(Checkpoint.FILE));
            Files.deleteIfExists(file(ExampleList.FILE));
            Files.deleteIfExists(file("plan.json"));
        } catch (IOException e) {
            throw new Refusal("Cannot clear " + path + ": " + AtomicFile.reason(e) + ". Delete it by hand.", e);
        }
    }

    @Override
    public void close() {
        try {
            // While it is held: whoever opened it meanwhile must not take a file that is gone for a lock.
            Files.deleteIfExists(file("run.lock"));
            Files.deleteIfExists(RunPause.file(path));
            lock.release();
            channel.close();
            try (Stream<Path> left = Files.list(path)) {
                if (left.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new Refusal("Cannot leave the run folder " + path + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
