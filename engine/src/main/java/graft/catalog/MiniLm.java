package graft.catalog;

import graft.Refusal;
import graft.files.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network for texts that Graft brings along: all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0), six blocks of a BERT (Wang et
 * al. 2020) with 22.6 million weights, trained to tell which sentences mean the same. It lies beside the program with its
 * tokenizer, and is used where it lies.
 */
public final class MiniLm {
    public static final String NAME = "minilm";

    private MiniLm() {}

    /**
     * Its file, beside which its {@code tokenizer.json} lies.
     *
     * @throws Refusal where this installation has none
     */
    public static Path file() {
        Optional<Path> file = Installation.NETWORKS.folder().map(folder -> folder.resolve(NAME)
                .resolve(NAME + ".onnx"));
        return file.filter(Files::isRegularFile)
                .orElseThrow(() ->
                        new Refusal("The built-in network " + NAME + " is not where this installation should hold it ("
                                + file.map(Path::toString).orElse(Installation.NETWORKS.variable() + " is not set")
                                + "). Start Graft by its own command, or install it again."));
    }
}
