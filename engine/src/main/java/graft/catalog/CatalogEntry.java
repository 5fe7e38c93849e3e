package graft.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A pre-trained network that is known by name.
 *
 * @param id what it is called on the command line
 * @param family of architectures
 * @param task what it answers as it was published: "image-classification"
 * @param score as published, with its source; empty where no source was read
 * @param parameters weights and biases; empty where no source was read
 * @param preprocessing how pictures are prepared for it, as its publisher says; empty where unknown, or no picture is fed
 * @param tokenizer the repository of a hub that holds its tokenizer
 * @param licence by its SPDX name, or "unknown"
 * @param sha256 of its file
 * @param bytes of its file; empty where no source states them
 */
public record CatalogEntry(
        String id,
        String name,
        String family,
        String task,
        String trainedOn,
        Optional<Score> score,
        Optional<Long> parameters,
        Input input,
        Optional<Preprocessing> preprocessing,
        Optional<String> labels,
        Optional<String> tokenizer,
        String licence,
        Optional<String> licenceSource,
        String repository,
        String path,
        String sha256,
        OptionalLong bytes,
        OptionalInt opset,
        String description) {

    /** @param value as the source writes it */
    public record Score(String metric, double value, String source) {}

    /**
     * x = (pixel/255 · scale − mean) / std, numbers in the order of the network's channels.
     *
     * @param size height and width of the input; empty where any will do
     * @param resize "shorter" (the shorter side becomes {@code resize_to}), "stretch" or "pad"
     * @param channels "rgb", "bgr" or "gray"
     * @param layout "NCHW" or "NHWC"
     */
    public record Preprocessing(
            Optional<List<Integer>> size,
            Optional<String> resize,
            Optional<List<Integer>> resizeTo,
            float scale,
            List<Float> mean,
            List<Float> std,
            String channels,
            String layout,
            String source) {}

    /** @param shape as the file declares it, N for what is free */
    public record Input(String name, JsonNode shape, String kind) {}
}
