package graft.meaning;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An architecture that the blocks of a file show, and how its pre-trained weights take pictures. Convolutional networks of torchvision are
 * known by the shapes and strides of their convolutions ({@code blocks.csv}; {@code bench/blocks.py} wrote it), so that neither names nor
 * folded batch norms, nor another head, hide them; its transformers by the names of their weights.
 *
 * @param name of the architecture
 * @param mean of the channels, red first
 * @param std of the channels, red first
 */
record KnownBlocks(String name, float[] mean, float[] std) {
    private static final String RESOURCE = "blocks.csv";
    private static final int FEWEST = 4;
    private static final int DIGITS = 16;

    /** Others built the same blocks, and trained them on other numbers. */
    private static final Pattern OTHERS = Pattern.compile("caffe|tf2onnx|keras|tensorflow|cntk|matlab|graft");

    private static final Map<Pattern, String> TRANSFORMERS = Map.of(
            Pattern.compile(".*encoder\\.layers\\.encoder_layer_0\\.ln_1\\.weight"),
            "VisionTransformer",
            Pattern.compile(".*features\\.1\\.0\\.attn\\.relative_position_bias_table"),
            "SwinTransformer");
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STD = {0.229f, 0.224f, 0.225f};

    static Optional<KnownBlocks> of(Model model) {
        if (OTHERS.matcher(model.producer().toLowerCase(Locale.ROOT)).find()) {
            return Optional.empty();
        }
        List<String> convolutions = convolutions(model.graph());
        if (convolutions.size() >= FEWEST) {
            return inTable(hash(convolutions));
        }
        return TRANSFORMERS.entrySet().stream()
                .filter(known -> model.graph().initializers().keySet().stream()
                        .anyMatch(known.getKey().asMatchPredicate()))
                .findFirst()
                .map(known -> new KnownBlocks(known.getValue(), MEAN, STD));
    }

    /** "64,3,7,7/2,2" each; none where the weights of one are not known. */
    private static List<String> convolutions(Graph graph) {
        List<String> out = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.opType().equals("Conv") && node.domain().isEmpty()) {
                Optional<Tensor> weight = Fixed.tensor(graph, node.input(1));
                if (weight.isEmpty()) {
                    return List.of();
                }
                long[] shape = weight.get().shape();
                long[] once = new long[Math.max(0, shape.length - 2)];
                Arrays.fill(once, 1);
                out.add(joined(shape) + "/" + joined(node.attribute("strides", once)));
            }
        }
        out.sort(null);
        return out;
    }

    private static String joined(long[] numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    private static String hash(List<String> lines) {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<KnownBlocks> inTable(String hash) {
        try (InputStream in = KnownBlocks.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is part of every build");
            }
            try (CsvReader<NamedCsvRecord> rows =
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return rows.stream()
                        .filter(row -> row.getField("sha256").equals(hash))
                        .findFirst()
                        .map(row -> new KnownBlocks(
                                row.getField("architecture"),
                                numbers(row.getField("mean")),
                                numbers(row.getField("std"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] numbers(String text) {
        String[] words = text.split(" ");
        float[] out = new float[words.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.parseFloat(words[i]);
        }
        return out;
    }
}
