package graft.evaluate;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Examples;
import graft.image.Channels;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
        Map<String, Preprocessing> out = new java.util.LinkedHashMap<>();
        List<Channels> colours = now.channels() == Channels.GRAY
                ? List.of(Channels.GRAY)
                : new ArrayList<>(List.of(Channels.RGB, Channels.BGR));
        for (Channels channels : colours) {
            String order = channels == now.channels()
                    ? ""
                    : " --channels " + channels.name().toLowerCase(java.util.Locale.ROOT);
            boolean three = channels.count() == 3;
            add(out, now, channels, "--scale 1 --mean 0 --std 1" + order, 1, new float[] {0}, new float[] {1});
            add(out, now, channels, "--scale 255 --mean 0 --std 1" + order, 255, new float[] {0}, new float[] {1});
            add(out, now, channels, "--scale 1 --mean 0.5 --std 0.5" + order, 1, new float[] {0.5f}, new float[] {0.5f
            });
            if (three) {
                boolean bgr = channels == Channels.BGR;
                add(
                        out,
                        now,
                        channels,
                        (bgr
                                        ? "--scale 1 --mean 0.406,0.456,0.485 --std 0.225,0.224,0.229"
                                        : "--scale 1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225")
                                + order,
                        1,
                        bgr ? new float[] {0.406f, 0.456f, 0.485f} : new float[] {0.485f, 0.456f, 0.406f},
                        bgr ? new float[] {0.225f, 0.224f, 0.229f} : new float[] {0.229f, 0.224f, 0.225f});
                add(
                        out,
                        now,
                        channels,
                        (bgr ? "--scale 255 --mean 104,117,123 --std 1" : "--scale 255 --mean 123,117,104 --std 1")
                                + order,
                        255,
                        bgr ? new float[] {104, 117, 123} : new float[] {123, 117, 104},
                        new float[] {1});
            }
        }
        out.values().removeIf(now::equals);
        return out;
    }

    private static void add(
            Map<String, Preprocessing> out,
            Preprocessing now,
            Channels channels,
            String options,
            float scale,
            float[] mean,
            float[] std) {
        out.put(
                options,
                new Preprocessing(now.height(), now.width(), now.resizing(), scale, mean, std, channels, now.layout()));
    }
}
