package graft.sample;

import de.siegmar.fastcsv.writer.CsvWriter;
import graft.Refusal;
import graft.files.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sample texts: mails to the support of a shop, for one of five departments, made by Graft out of a grammar. A folder with
 * {@code train.csv} and {@code val.csv}, columns {@code text} and {@code label}; a seed gives the same mails everywhere.
 */
public final class SampleMails {
    /** Mails of each class to learn from. */
    public static final int TRAIN = 80;
    /** Mails of each class to judge by. */
    public static final int VAL = 60;

    private static final String GRAMMAR = "mails.txt";
    private static final String CLASS = "mail-";
    private static final long SEED = 1;

    /** A mail and its department. */
    record Mail(String text, String label) {}

    private SampleMails() {}

    /**
     * The sample in {@code GRAFT_HOME/samples/mails}, written if it is not there.
     *
     * @throws Refusal where it cannot be written
     */
    public static Path folder() {
        Path folder = Home.folder().resolve("samples").resolve("mails");
        writeInto(folder);
        return folder;
    }

    /**
     * Writes the sample as {@code folder}; one that holds it is left as it is.
     *
     * @throws Refusal where the folder holds something else, or cannot be written
     */
    public static void writeInto(Path folder) {
        SampleFolder.make(
                folder,
                made -> Files.isRegularFile(made.resolve("train.csv")) && Files.isRegularFile(made.resolve("val.csv")),
                aside -> {
                    List<Mail> train = new ArrayList<>();
                    List<Mail> val = new ArrayList<>();
                    mails(train, val);
                    write(aside.resolve("train.csv"), train);
                    write(aside.resolve("val.csv"), val);
                });
    }

    /** Classes in turns, as mails come in. */
    static void mails(List<Mail> train, List<Mail> val) {
        SampleGrammar grammar = SampleGrammar.of(GRAMMAR);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TRAIN + VAL; i++) {
            for (String symbol : grammar.symbols(CLASS)) {
                (i < TRAIN ? train : val)
                        .add(new Mail(grammar.say(symbol, random).strip(), symbol.substring(CLASS.length())));
            }
        }
    }

    private static void write(Path file, List<Mail> mails) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord("text", "label");
            mails.forEach(mail -> csv.writeRecord(mail.text(), mail.label()));
        }
    }
}
