package graft.app.task;

import graft.app.controls.Numbers;
import graft.options.Settings;
import graft.task.Task;
import graft.text.TableLook;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * How a task is shown. Its words lie in the bundle {@code task-NAME.properties}.
 *
 * @param opening reads its data, as they are shown before anything is trained on them
 * @param gallery shows many examples
 * @param portrait shows one
 * @param answers what a network answers about an example
 * @param typed whether an example can be typed
 * @param sample data that Graft brings along, found in the background
 * @param network a network that Graft brings along, found in the background
 */
public record TaskView(
        Task task,
        Opening opening,
        Function<PictureLoaders, Gallery> gallery,
        Function<PictureLoaders, Portrait> portrait,
        Answers answers,
        boolean typed,
        Callable<Path> sample,
        Callable<Path> network) {
    private static final ResourceBundle GENERAL = ResourceBundle.getBundle("graft.app.task");

    /** What answers are. */
    public enum Answers {
        /** One of some classes, for the whole of an example. */
        CLASSES(true),
        /** Places in a text, each of a kind. */
        PLACES(true),
        /** The place in a passage that answers a question about it. */
        PASSAGES(true),
        /** How a text goes on. */
        CONTINUATIONS(false),
        /** What is hidden in a text. */
        GAPS(false);

        private final boolean known;

        Answers(boolean known) {
            this.known = known;
        }

        /** Whether the data say for each example what is right, so that it can be corrected or left out. */
        public boolean areKnown() {
            return known;
        }
    }

    /** Reads data. */
    public interface Opening {
        /** @throws graft.Refusal for data that cannot be learnt from, with what to do about it */
        ExampleSet open(TaskView view, Path source, Settings how);

        /** Whether examples are rows of a table, whose columns are chosen. */
        default boolean isTable(ExampleSet set) {
            return false;
        }

        /** The table that examples are rows of, for a person to choose its columns; empty where they are none. */
        default Optional<TableLook> look(Path source, Settings how) {
            return Optional.empty();
        }
    }

    /** Words for the user: those of the task's own bundle, where it has one; else general ones around its name and question. */
    public String text(String key) {
        return own().filter(words -> words.containsKey(key))
                .map(words -> words.getString(key))
                .orElseGet(() -> Numbers.message(
                        GENERAL.getString("general." + key),
                        task.name(),
                        task.words().question()));
    }

    private Optional<ResourceBundle> own() {
        String name = "graft.app.task-" + task.name();
        // Asked for by its file first: a bundle that is missing is no mistake here, one that cannot be read is.
        return TaskView.class.getResource("/" + name.replace('.', '/') + ".properties") == null
                ? Optional.empty()
                : Optional.of(ResourceBundle.getBundle(name));
    }
}
