package graft.data;

import graft.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Data in a form that has to be opened or saved anew before they can be read: told by the name, with the way out. */
public final class Wrapping {
    private static final String READ = "Tables of texts are read as .csv, .tsv and .jsonl.";

    private Wrapping() {}

    /** @throws Refusal where there is nothing at the path, or an archive, or a table in a form that is not read */
    public static void refuse(Path source) {
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the data."
                    + (source.toString().indexOf('\ufffd') < 0
                            ? ""
                            : " Its name could not be read in the locale of this process: set LC_ALL to C.UTF-8."));
        }
        of(source).ifPresent(words -> {
            throw new Refusal(words);
        });
    }

    /** What a file is, and what to do about it; empty for a folder, and for what is no wrapping that is known. */
    public static Optional<String> of(Path source) {
        if (!Files.isRegularFile(source)) {
            return Optional.empty();
        }
        String name = FileNames.last(source).toLowerCase(Locale.ROOT);
        if (name.matches(".*\\.(zip|7z|rar|tar|tgz|tbz2|txz|tar\\.(gz|bz2|xz|zst))")) {
            return Optional.of(source + " is an archive. Unpack it and give the folder.");
        }
        if (name.matches(".*\\.(gz|bz2|xz|zst)")) {
            return Optional.of(source + " is compressed. " + READ
                    + " Unpack it (gunzip, bunzip2, unxz or unzstd) and give the file that comes out.");
        }
        if (name.matches(".*\\.(xlsx|xlsm|xls|ods|numbers)")) {
            return Optional.of(source + " is a spreadsheet. " + READ
                    + " Save its sheet from the spreadsheet program as CSV (UTF-8) and give that file.");
        }
        if (name.matches(".*\\.(parquet|feather|arrow)")) {
            return Optional.of(source + " is a table in a binary form. " + READ
                    + " Write it from pandas with frame.to_csv(\"texts.csv\", index=False) and give that file.");
        }
        return Optional.empty();
    }
}
