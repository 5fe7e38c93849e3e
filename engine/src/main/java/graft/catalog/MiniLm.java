package graft.catalog;

import graft.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The network for texts that Graft brings along: all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0), six blocks of a BERT (Wang et
 * al. 2020) with 22.6 million weights, trained to tell which sentences mean the same. It lies beside the program with its
 * tokenizer, and is used where it lies.
 */
public final class MiniLm {
    public static final String NAME = "minilm";

    /** Set by the start scripts; runs that the window starts inherit it. */
    private static final String FOLDER = "GRAFT_NETWORKS";

    private MiniLm() {}

    /**
     * Its file, beside which its {@code tokenizer.json} lies.
     *
     * @throws Refusal where this installation has none
     */
    public static Path file() {
        String folder = System.getenv(FOLDER);
        Path file = Path.of(folder == null ? "" : folder, NAME, NAME + ".onnx");
        if (folder == null || folder.isEmpty() || !Files.isRegularFile(file)) {
            throw new Refusal("The built-in network " + NAME + " is not where this installation should hold it ("
                    + (folder == null || folder.isEmpty() ? FOLDER + " is not set" : file)
                    + "). Start Graft by its own command, or install it again.");
        }
        return file;
    }
}
