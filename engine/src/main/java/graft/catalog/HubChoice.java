package graft.catalog;

import graft.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which files of a repository make one network that can be fine-tuned: the {@code .onnx} file in full precision, what is stored beside
 * it, and what says how it is fed.
 *
 * @param network of the files
 */
public record HubChoice(HubFile network, List<HubFile> files) {
    /** Names under which exporters leave lower precision: optimum, transformers.js, sentence-transformers. */
    private static final Pattern LOWER = Pattern.compile(
            ".*[_.-](quantized|q[0-9]\\w*|q?u?int[48]\\w*|fp16|f16|float16|bf16|bnb\\w*|O[1-4]|avx\\w*|arm64\\w*)(?=[_.-]|$).*");

    private static final List<String> USUAL = List.of("onnx/model.onnx", "model.onnx");
    private static final List<String> TOKENIZER = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt");
    private static final List<String> BESIDE = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "config.json",
            "preprocessor_config.json",
            "modules.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json",
            "1_Pooling/config.json",
            "generation_config.json",
            "labels.txt",
            "LICENSE",
            "README.md");

    /**
     * @param asked a path in the repository; empty where Graft is to choose
     * @throws Refusal naming what there is, where none or several could be meant
     */
    public static HubChoice of(HubListing listing, Optional<String> asked) {
        HubFile network = asked.map(path -> named(listing, path)).orElseGet(() -> usual(listing));
        List<HubFile> files = new ArrayList<>();
        files.add(network);
        listing.files().stream().filter(file -> isDataOf(network, file)).forEach(files::add);
        for (String name : BESIDE) {
            // What lies in the network's own folder is its own; what lies above is for all of them.
            listing.file(network.folder() + name).ifPresent(files::add);
            if (!network.folder().isEmpty()) {
                listing.file(name).ifPresent(files::add);
            }
        }
        return new HubChoice(network, files);
    }

    /** Those of the files that make a tokenizer. */
    static List<HubFile> tokenizer(HubListing listing) {
        return TOKENIZER.stream().flatMap(name -> listing.file(name).stream()).toList();
    }

    /** Whether a file of this name, beside the network, is the network or belongs to it. */
    static boolean belongsTo(String network, String name) {
        HubFile file = new HubFile(network, OptionalLong.empty(), Optional.empty());
        return name.equals(network)
                || BESIDE.contains(name)
                || isDataOf(file, new HubFile(name, OptionalLong.empty(), Optional.empty()));
    }

    private static HubFile named(HubListing listing, String path) {
        return listing.file(path)
                .filter(file -> file.path().endsWith(".onnx"))
                .orElseThrow(() ->
                        new Refusal(listing.name() + " has no network " + path + ". " + there(networks(listing))));
    }

    private static HubFile usual(HubListing listing) {
        List<HubFile> all = networks(listing);
        List<HubFile> whole = all.stream()
                .filter(file -> !LOWER.matcher(stem(file)).matches())
                .toList();
        if (all.isEmpty()) {
            throw new Refusal(listing.name()
                    + " holds no .onnx file. Look for a repository that does (onnx-community exports many), or"
                    + " export the network to ONNX and open the file.");
        }
        if (whole.isEmpty()) {
            throw new Refusal(
                    listing.name() + " holds the network in lower precision alone, which cannot be trained well. "
                            + there(all)
                            + " Look for a repository with the full one, or choose one of these by --file to judge and use it.");
        }
        for (String path : USUAL) {
            Optional<HubFile> found =
                    whole.stream().filter(file -> file.path().equals(path)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        if (whole.size() > 1) {
            throw new Refusal(listing.name() + " holds several networks. " + there(whole) + " Choose one by --file.");
        }
        return whole.get(0);
    }

    private static List<HubFile> networks(HubListing listing) {
        return listing.files().stream()
                .filter(file -> file.path().endsWith(".onnx"))
                .toList();
    }

    private static String there(List<HubFile> files) {
        return files.isEmpty()
                ? "It holds no .onnx file."
                : "There are: "
                        + String.join(", ", files.stream().map(HubFile::path).toList()) + ".";
    }

    private static String stem(HubFile file) {
        return file.name().replaceFirst("\\.onnx$", "");
    }

    /** {@code model.onnx_data}, {@code model.onnx_data_1}, {@code model.onnx.data}: where weights lie that one file cannot hold. */
    private static boolean isDataOf(HubFile network, HubFile file) {
        return file.path().startsWith(network.path() + "_data")
                || file.path().startsWith(network.path() + ".data")
                || file.path().equals(network.folder() + stem(network) + ".data");
    }
}
