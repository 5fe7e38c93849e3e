package graft.predict;

import graft.Refusal;
import graft.data.FileNames;
import graft.files.AsideFile;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.files.OutputPlace;
import graft.progress.Progress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A file of answers: it has its name only once all of them are in it. */
public final class AnswerFile {
    private static final Map<String, Function<OutputStream, AnswerWriter>> FORMATS = Map.of(
            "csv", CsvAnswers::new, "jsonl", JsonAnswers::new, "json", SquadAnswers::new, "conll", ConllAnswers::new);

    /** For people. */
    public static final String ENDINGS = ".csv, .jsonl, .json (questions) and .conll (tags)";

    /** Of answers that are rows of numbers alone. */
    private static final String ARRAY = "npy";

    private static final int BEGINNING = 4096;

    private AnswerFile() {}

    /** Whether answers can be written to a file of this name. */
    public static boolean isOne(Path file) {
        return format(file).isPresent();
    }

    /** Whether rows of numbers can be written to a file of this name. */
    public static boolean isOfNumbers(Path file) {
        return isOne(file) || ending(file).equals(ARRAY);
    }

    private static Optional<Function<OutputStream, AnswerWriter>> format(Path file) {
        return Optional.ofNullable(FORMATS.get(ending(file)));
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Whether answers that were given already may be written to a file, as rows.
     *
     * @param read what they are of, and must not be lost
     * @throws Refusal where they would take the place of something else, or the name says no format
     */
    public static void check(Path file, List<Path> read) {
        String name = FileNames.last(file).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".jsonl")) {
            throw new Refusal(file + " ends neither in .csv nor in .jsonl. Choose a name that does.");
        }
        OutputPlace.checkFile(file, AnswerFile::isOurs, read.toArray(Path[]::new));
    }

    /** @throws Refusal where the answers would take the place of something else, or be taken for an input */
    public static Prediction write(
            Path file, PredictionPlan plan, Path network, Predictor predictor, Progress progress) {
        List<Path> read = new ArrayList<>(plan.inputs());
        read.add(network);
        OutputPlace.checkFile(file, AnswerFile::isOurs, read.toArray(Path[]::new));
        predictor.checkOut(file);
        Path odds = odds(file);
        boolean hasOdds = file.toString().endsWith(".json");
        if (hasOdds) {
            OutputPlace.checkFile(odds, AnswerFile::isOurs, read.toArray(Path[]::new));
        }
        Prediction[] said = new Prediction[1];
        AnswerWriter[] writer = new AnswerWriter[1];
        try (AsideFile aside = AsideFile.of(file)) {
            aside.write(out -> {
                OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
                writer[0] = format(file).orElse(NpyAnswers::new).apply(buffered);
                said[0] = run(predictor, writer[0], progress);
                buffered.flush();
            });
            aside.take();
        }
        if (writer[0] instanceof SquadAnswers answers && !answers.none().isEmpty()) {
            Json.write(odds, answers.none());
            progress.note("How likely each question has no answer stands in " + odds
                    + ", as SQuAD 2.0's program takes it (na-prob-file).");
        }
        return said[0].writtenTo(file);
    }

    /** Beside answers, where the network says how likely there is none. */
    private static Path odds(Path file) {
        return file.resolveSibling(FileNames.last(file).replaceFirst("(?i)\\.json$", "") + ".na_prob.json");
    }

    private static Prediction run(Predictor predictor, AnswerWriter writer, Progress progress) throws IOException {
        try {
            return predictor.run(writer, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // what is read is refused or passed over where it fails: this is the disk written to
        }
    }

    /** Whether a file begins as answers do, so that they can be written again; of what other programs read nobody can tell whose it is. */
    private static boolean isOurs(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(BEGINNING);
            if (NpyAnswers.begins(beginning)) {
                return true;
            }
            String text = new String(beginning, StandardCharsets.UTF_8);
            String first = text.lines().findFirst().orElse("");
            return first.startsWith(CsvAnswers.FIRST + ",passage,question,answer,start,end,probability")
                    || first.matches(CsvAnswers.FIRST + ",(text,|text,text_pair,)?class,probability(,.*)?")
                    || first.matches(CsvAnswers.FIRST + "(,text|,text_pair)*(,e[0-9]+)+.*")
                    || first.matches(CsvAnswers.FIRST + ",text,entity,type,start,end,probability")
                    || first.startsWith("{\"" + CsvAnswers.FIRST + "\":");
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
