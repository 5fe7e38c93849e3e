package graft.evaluate;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.image.UsualPreparations;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that answers one class for every picture, or no better than chance, often gets its pictures prepared in another
 * way than it learnt them. The usual ways are tried on a few pictures; what fits is said, never taken.
 */
public final class PreparationTrial {
    private static final int PICTURES = 24;
    /** A way must be right on so much larger a share. */
    private static final double BETTER = 0.25;

    private PreparationTrial() {}

    /** A way to prepare pictures that fits better; empty where there is no need or none does. */
    public static Optional<String> suggest(
            Evaluator evaluator, DataSet data, Optional<Preprocessing> now, Predictions said, Progress progress) {
        ClassEvaluation evaluation = ClassEvaluation.of(said);
        boolean suspicious = said.always().isPresent() || evaluation.accuracy() <= evaluation.baseline();
        if (now.isEmpty() || !suspicious || !Files.isDirectory(data.source())) {
            return Optional.empty();
        }
        int n = said.truth().length;
        int count = Math.min(PICTURES, n);
        int[] chosen =
                IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray();
        List<Path> files = Arrays.stream(chosen)
                .mapToObj(i -> data.source().resolve(said.names().get(i)))
                .toList();
        if (!files.stream().allMatch(Files::isRegularFile)) {
            return Optional.empty();
        }
        int before = right(said, chosen, i -> chosen[i]);
        int best = before;
        String way = "";
        for (Map.Entry<String, Preprocessing> other : ways(now.get()).entrySet()) {
            Predictions again;
            try {
                Examples examples = LoosePictures.of(files, other.getValue(), Progress.NONE);
                again = evaluator.predict(data.classes(), examples, Progress.NONE);
            } catch (Refusal notThisWay) {
                continue; // an input of whole numbers takes no fractions
            }
            int right = right(again, said, chosen);
            if (right > best) {
                best = right;
                way = other.getKey();
            }
        }
        return best - before < BETTER * count
                ? Optional.empty()
                : Optional.of("Prepared with " + way + " it is right on " + best + " of " + count
                        + " pictures, as it is on " + before + ": probably it learnt from pictures prepared that way.");
    }

    private interface Place {
        int of(int i);
    }

    private static int right(Predictions said, int[] chosen, Place place) {
        return (int) IntStream.range(0, chosen.length)
                .filter(i -> said.predicted()[place.of(i)] == said.truth()[chosen[i]])
                .count();
    }

    private static int right(Predictions again, Predictions said, int[] chosen) {
        return (int) IntStream.range(0, chosen.length)
                .filter(i -> again.predicted()[i] == said.truth()[chosen[i]])
                .count();
    }

    /** By the options that set them. */
    private static Map<String, Preprocessing> ways(Preprocessing now) {
        Map<String, Preprocessing> out = new LinkedHashMap<>();
        UsualPreparations.of(now).stream()
                .filter(way -> !way.how().equals(now))
                .forEach(way -> out.put(way.options(now.channels()), way.how()));
        return out;
    }
}
