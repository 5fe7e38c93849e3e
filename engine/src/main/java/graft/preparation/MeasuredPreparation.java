package graft.preparation;

import graft.Refusal;
import graft.image.PictureSample;
import graft.image.Preprocessing;
import graft.image.UsualPreparations;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The usual preparations, tried on some of the user's pictures, and the one of which the network itself shows that it fits best: by the
 * statistics that its first batch norms keep; else by what its answers say of the user's classes; else by whether its answers depend
 * on the picture.
 *
 * @param how the one that fits; what was assumed where nothing could be told
 * @param decided whether something could be told
 * @param evidence for the user: what was measured, of which ways
 */
public record MeasuredPreparation(Preprocessing how, boolean decided, String evidence) {
    /** Fewer pictures tell nothing. */
    private static final int FEWEST = 12;

    private static final int TINY = 3 << 20;
    private static final int SMALL = 30 << 20;
    private static final int LARGE = 100 << 20;
    private static final int NAMED = 4;
    /** What blocks say is given up for a way that fits so much better only. */
    private static final double KNOWN_BLOCKS = 3;

    /** Pictures that are looked at: of large networks fewer. */
    public static int pictures(Path network) {
        try {
            long bytes = Files.size(network);
            return bytes < TINY ? 200 : bytes < SMALL ? 64 : bytes < LARGE ? 32 : 16;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tries them.
     *
     * @param assumed what counts where nothing can be told; its size and layout are kept
     * @param known whether {@code assumed} is what the blocks of the file are known for
     * @return empty where there are too few pictures, or the network shows nothing
     */
    public static Optional<MeasuredPreparation> of(
            NetworkFile file,
            Reading reading,
            Preprocessing assumed,
            boolean known,
            PictureSample sample,
            int threads,
            Progress progress) {
        if (sample.size() < FEWEST) {
            return Optional.empty();
        }
        Classifier network = Classifier.of(file.path(), file.model(), reading);
        Optional<Sign> found = sign(file, reading, network, sample, threads, progress);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Sign sign = found.get()) {
            return Optional.of(measured(sign, assumed, known, progress));
        } catch (Refusal cannotRun) {
            return Optional.empty(); // whoever asks it for its answers says why
        }
    }

    private static Optional<Sign> sign(
            NetworkFile file, Reading reading, Classifier network, PictureSample sample, int threads, Progress told) {
        List<StoredNorm> norms = StoredNorm.first(network.model().graph());
        if (!norms.isEmpty()) {
            return Optional.of(new NormSign(network, norms, sample, threads, told));
        }
        boolean classifies = FeatureFinder.below(
                        Importer.of(file.path(), file.model(), reading),
                        network.answer().scores())
                .isPresent();
        int most = pictures(file.path());
        if (sample.classes().size() > 1) {
            return Optional.of(new ClassSign(network, classifies, sample, most, threads, told));
        }
        return classifies ? Optional.of(new AnswerSign(network, sample, most, threads, told)) : Optional.empty();
    }

    private static MeasuredPreparation measured(Sign sign, Preprocessing assumed, boolean known, Progress progress) {
        List<UsualPreparations> ways = UsualPreparations.of(assumed);
        Map<UsualPreparations, Double> fits = new LinkedHashMap<>();
        for (UsualPreparations way : ways) {
            progress.stage("trying preparations of pictures", fits.size(), ways.size());
            fits.put(way, sign.fit(way));
        }
        progress.stage("trying preparations of pictures", ways.size(), ways.size());
        UsualPreparations now = ways.stream()
                .filter(way -> way.how().equals(assumed))
                .findFirst()
                .orElse(ways.get(0));
        UsualPreparations best = chosen(sign, ways, fits);
        double margin = sign.decides() * (known ? KNOWN_BLOCKS : 1);
        boolean fitting = fits.get(best) >= sign.least();
        boolean decided = fitting && (best.equals(now) || fits.get(best) - fits.get(now) >= margin);
        UsualPreparations taken = decided ? best : now;
        return new MeasuredPreparation(
                decided ? best.how() : assumed, decided, words(sign, fits, taken, decided, fitting));
    }

    /** The best, in the order of colours that goes with its range unless the other one fits clearly better. */
    private static UsualPreparations chosen(
            Sign sign, List<UsualPreparations> ways, Map<UsualPreparations, Double> fits) {
        UsualPreparations highest =
                ways.stream().max(Comparator.comparing(fits::get)).orElseThrow();
        UsualPreparations best = sign.preferred(highest, fits);
        return ways.stream()
                .filter(way -> way.isOtherOrderOf(best)
                        && ways.indexOf(way) < ways.indexOf(best)
                        && fits.get(best) - fits.get(way) < sign.decidesOrder())
                .findFirst()
                .orElse(best);
    }

    private static String words(
            Sign sign, Map<UsualPreparations, Double> fits, UsualPreparations taken, boolean decided, boolean fitting) {
        String numbers = fits.entrySet().stream()
                .sorted(Map.Entry.<UsualPreparations, Double>comparingByValue().reversed())
                .limit(NAMED)
                .map(each -> each.getKey().name() + " " + sign.number(each.getValue()))
                .collect(Collectors.joining(", "));
        String others = numbers.contains(taken.name() + " ")
                ? numbers
                : numbers + "; " + taken.name() + " " + sign.number(fits.get(taken));
        if (decided) {
            return "of the usual ways " + taken.name() + " fits best, by " + sign.inWords() + others + ")";
        }
        return (fitting ? "no other of the usual ways fits clearly better" : "none of the usual ways fits") + ", by "
                + sign.inWords() + others + ")";
    }
}
