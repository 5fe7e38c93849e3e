package graft.app.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What somebody worked with: enough to put everything back on the table.
 *
 * @param data null where none were open; {@code network} likewise
 * @param trainable the padlocks, as {@code --trainable} takes them
 * @param features the tensor under the head; "" = as found
 * @param preparation how pictures are prepared, as files note it; empty where the file says it
 * @param recipe its name
 * @param settings of a run, by the names of the plan
 * @param run folder of the run that was shown; null = none of these data and this network
 * @param when date and time, ISO 8601
 */
public record Setup(
        Path data,
        Path network,
        String trainable,
        String features,
        Map<String, String> preparation,
        String recipe,
        JsonNode settings,
        Path run,
        String when) {

    boolean isOf(Path otherData) {
        return data == null ? otherData == null : data.equals(otherData);
    }

    /** Whether there is anything to put back. */
    public boolean isEmpty() {
        return data == null && network == null;
    }

    /** The same but for the time. */
    public boolean isLike(Setup other) {
        return equals(other.at(when));
    }

    /** The same before a network was open: its padlocks and preparation are gone with it. */
    public Setup withoutNetwork() {
        return new Setup(data, null, "head", "", Map.of(), recipe, settings, null, when);
    }

    /** The same before data were open. */
    public Setup withoutData() {
        return new Setup(null, network, trainable, features, preparation, recipe, settings, null, when);
    }

    public Setup at(String time) {
        return new Setup(data, network, trainable, features, preparation, recipe, settings, run, time);
    }

    /** The same with its places written otherwise. */
    Setup at(UnaryOperator<Path> places) {
        return new Setup(
                moved(data, places),
                moved(network, places),
                trainable,
                features,
                preparation,
                recipe,
                settings,
                moved(run, places),
                when);
    }

    private static Path moved(Path place, UnaryOperator<Path> places) {
        return place == null ? null : places.apply(place);
    }
}
