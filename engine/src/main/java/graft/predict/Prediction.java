package graft.predict;

import com.fasterxml.jackson.databind.JsonNode;
import graft.data.Unlabelled.Unread;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How asking a network went.
 *
 * @param task what it answers
 * @param classes names of its classes; none where it answers numbers
 * @param n inputs that were answered
 * @param counts answers by class, of those that were answered
 * @param skippedCount inputs that could not be read
 * @param skipped the first of them
 * @param remarks what was assumed
 * @param out the file of answers
 * @param answers where no file was asked for
 */
public record Prediction(
        Path network,
        String task,
        List<String> classes,
        long n,
        Map<String, Long> counts,
        long skippedCount,
        List<Unread> skipped,
        List<String> remarks,
        double seconds,
        Optional<Path> out,
        Optional<List<JsonNode>> answers) {

    /** The same with where the answers are. */
    public Prediction writtenTo(Path file) {
        return new Prediction(
                network, task, classes, n, counts, skippedCount, skipped, remarks, seconds, Optional.of(file), answers);
    }

    public Prediction with(List<JsonNode> kept) {
        return new Prediction(
                network, task, classes, n, counts, skippedCount, skipped, remarks, seconds, out, Optional.of(kept));
    }
}
