package graft.meaning;

import com.fasterxml.jackson.databind.JsonNode;
import graft.catalog.Catalog;
import graft.catalog.CatalogEntry;
import graft.data.OneInput;
import graft.files.Beside;
import graft.files.Json;
import graft.image.Channels;
import graft.image.PictureInput;
import graft.image.PictureSize;
import graft.image.Preprocessing;
import graft.image.Resizing;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How pictures are to be prepared, as the file tells: by its own notes, by the catalog where it is one of its files, by the notes of other tools (WinML's {@code Image.*},
 * ultralytics), by a configuration beside it (Hugging Face, timm), by its first steps; or by blocks that are known, which is a guess. What is empty nobody says.
 *
 * @param lines for the user: where it was found, and what of it cannot be followed
 */
public final class NotedPreparation {
    /** Steps before the first arithmetic that leave the range of numbers as it is. */
    private static final Set<String> KEEPING_RANGE =
            Set.of("Cast", "Transpose", "Identity", "Squeeze", "Unsqueeze", "Reshape", "Resize");
    /** Factors below 1/50 and offsets above 8 are for pixels of 0 to 255, not of 0 to 1. */
    private static final float FACTOR_OF_PIXELS = 0.02f;

    private static final float OFFSET_OF_PIXELS = 8;

    private Optional<Preprocessing> whole = Optional.empty();
    private Optional<PictureSize> size = Optional.empty();
    private Optional<Resizing> resizing = Optional.empty();
    private Optional<Float> scale = Optional.empty();
    private Optional<float[]> mean = Optional.empty();
    private Optional<float[]> std = Optional.empty();
    private Optional<Channels> channels = Optional.empty();
    private Optional<String> blocks = Optional.empty();
    private final List<String> lines = new ArrayList<>();

    private NotedPreparation() {}

    public static NotedPreparation of(Path file, Model model, ValueInfo input) {
        NotedPreparation out = new NotedPreparation();
        out.whole = Preprocessing.fromMetadata(model.metadata());
        if (out.whole.isEmpty()) {
            Map<String, String> notes = model.metadata();
            boolean found = out.catalog(file)
                    || out.winMl(notes) | out.ultralytics(notes)
                    || out.huggingFace(file)
                    || out.timm(file);
            if (!found && out.scale.isEmpty()) {
                out.firstSteps(model.graph(), input.name());
            }
            if (!out.saysRange() && PictureInput.of(input).takesFractionsOfColours()) {
                out.blocks(model);
            }
        }
        return out;
    }

    /** For the input that takes pictures, as far as the file tells; empty where nothing says how large they are. */
    public static Optional<Preprocessing> usual(Path file, Model model) {
        List<ValueInfo> inputs = model.graph().inputs();
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        ValueInfo input = OneInput.picture(inputs).orElse(inputs.get(0));
        return of(file, model, input).completed(PictureInput.of(input));
    }

    /** What Graft itself noted; then all else is empty. */
    public Optional<Preprocessing> whole() {
        return whole;
    }

    public Optional<PictureSize> size() {
        return size;
    }

    public Optional<Resizing> resizing() {
        return resizing;
    }

    public Optional<Float> scale() {
        return scale;
    }

    public Optional<float[]> mean() {
        return mean;
    }

    public Optional<float[]> std() {
        return std;
    }

    public Optional<Channels> channels() {
        return channels;
    }

    public List<String> lines() {
        return lines;
    }

    /** Whether anything says what range of numbers the network takes. */
    public boolean saysRange() {
        return whole.isPresent() || blocks.isEmpty() && (scale.isPresent() || mean.isPresent());
    }

    /** The architecture that the blocks of the file are known as, whose usual range is then taken; nobody says that it is the right one. */
    public Optional<String> blocks() {
        return blocks;
    }

    /** For the user, where nobody says the range of numbers: that, and what the blocks are known for. */
    public Optional<String> guess() {
        return saysRange()
                ? Optional.empty()
                : Optional.of("The file does not say how its pictures are prepared."
                        + blocks.map(name -> " Its blocks are those of torchvision's " + name
                                        + ", whose pre-trained weights take ImageNet's mean and deviation.")
                                .orElse(""));
    }

    /** As far as it is told, with what is usual for the rest; empty where nothing says how large pictures are. */
    public Optional<Preprocessing> completed(PictureInput input) {
        if (whole.isPresent() || input.isAmbiguous()) {
            return whole;
        }
        Channels colours = channels.orElse(input.channels(input.layout()));
        return input.size(input.layout())
                .or(() -> size)
                .map(pixels -> new Preprocessing(
                        pixels.height(),
                        pixels.width(),
                        resizing.orElse(Resizing.usual(pixels.height(), pixels.width())),
                        scale.orElse(input.scale()),
                        mean.orElse(new float[] {0}),
                        std.orElse(new float[] {1}),
                        colours,
                        input.layout()));
    }

    /** What the publisher of the very same file says. */
    private boolean catalog(Path file) {
        Optional<CatalogEntry> entry = Files.isRegularFile(file) ? Catalog.of(file) : Optional.empty();
        Optional<CatalogEntry.Preprocessing> said = entry.flatMap(CatalogEntry::preprocessing);
        if (said.isEmpty()) {
            return false;
        }
        CatalogEntry.Preprocessing how = said.get();
        size = how.size().map(NotedPreparation::pictureSize);
        resizing = how.resize()
                .flatMap(word -> word.equals("stretch")
                        ? Optional.of(Resizing.STRETCH)
                        : how.resizeTo()
                                .filter(to -> word.equals("shorter"))
                                .map(to -> Resizing.cover(to.get(0), to.get(1))));
        scale = Optional.of(how.scale());
        mean = Optional.of(array(how.mean()));
        std = Optional.of(array(how.std()));
        channels = Optional.of(Channels.valueOf(how.channels().toUpperCase(Locale.ROOT)));
        lines.add("Pictures are prepared as the publisher of " + entry.get().name() + " says (" + how.source() + ").");
        return true;
    }

    private static PictureSize pictureSize(List<Integer> sides) {
        return new PictureSize(sides.get(0), sides.get(1));
    }

    private static float[] array(List<Float> numbers) {
        float[] out = new float[numbers.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = numbers.get(i);
        }
        return out;
    }

    /** The notes of WinML and Custom Vision, as the ONNX specification defines them. */
    private boolean winMl(Map<String, String> notes) {
        boolean found = false;
        for (Map.Entry<String, String> note : notes.entrySet()) {
            String value = note.getValue().strip().toLowerCase(Locale.ROOT);
            switch (note.getKey().toLowerCase(Locale.ROOT)) {
                case "image.bitmappixelformat" -> {
                    channels = value.startsWith("gray")
                            ? Optional.of(Channels.GRAY)
                            : value.startsWith("bgr")
                                    ? Optional.of(Channels.BGR)
                                    : value.startsWith("rgb") ? Optional.of(Channels.RGB) : Optional.empty();
                    found = true;
                }
                case "image.nominalpixelrange" -> {
                    found = true;
                    switch (value) {
                        case "nominalrange_0_255", "normalized_0_255" -> range(255, 0, 1);
                        // The specification says Normalized; files say both.
                        case "normalized_0_1", "nominalrange_0_1" -> range(1, 0, 1);
                        case "normalized_1_1", "nominalrange_1_1" -> range(1, 0.5f, 0.5f);
                        case "nominalrange_16_235" -> range(219, -16, 1);
                        default ->
                            lines.add("The note " + note.getKey() + " says " + note.getValue()
                                    + ", which is not known; set --scale, --mean and --std.");
                    }
                }
                case "image.colorspacegamma" -> {
                    if (!value.contains("srgb")) {
                        lines.add("The note " + note.getKey() + " says " + note.getValue()
                                + ", which is not followed: pictures are fed in sRGB.");
                    }
                }
                default -> {
                    // another tool's
                }
            }
        }
        if (found) {
            lines.add("Pictures are prepared as the file's notes Image.* say.");
        }
        return found;
    }

    private boolean ultralytics(Map<String, String> notes) {
        if (!notes.getOrDefault("task", "").equals("classify") || !notes.containsKey("imgsz")) {
            return false;
        }
        List<Float> sides = numbers(notes.get("imgsz"));
        if (sides.isEmpty()) {
            return false;
        }
        int height = Math.round(sides.get(0));
        int width = Math.round(sides.get(sides.size() - 1));
        size = Optional.of(new PictureSize(height, width));
        resizing = Optional.of(Resizing.cover(height, width));
        range(1, 0, 1);
        lines.add("Pictures are prepared as ultralytics does for the note imgsz: the shorter side becomes "
                + Math.min(height, width) + " pixels, x = pixel / 255.");
        return true;
    }

    private boolean huggingFace(Path file) {
        Optional<JsonNode> found = beside(file, "preprocessor_config.json");
        if (found.isEmpty() || !found.get().isObject()) {
            return false;
        }
        JsonNode config = found.get();
        Optional<PictureSize> crop = sides(config.path("crop_size"));
        Optional<PictureSize> resized = sides(config.path("size"));
        double shortest = config.path("size")
                .path("shortest_edge")
                .asDouble(config.path("size").isNumber() ? config.path("size").asDouble() : 0);
        boolean cropped = config.path("do_center_crop").asBoolean(crop.isPresent());
        if (cropped && crop.isPresent()) {
            size = crop;
            resizing = shortest > 0 ? Optional.of(Resizing.cover(shortest, shortest)) : Optional.empty();
        } else if (shortest > 0 && config.has("crop_pct")) {
            size = Optional.of(new PictureSize((int) shortest, (int) shortest));
            double side = Math.floor(shortest / config.get("crop_pct").asDouble(1));
            resizing = Optional.of(Resizing.cover(side, side));
        } else if (resized.isPresent()) {
            size = resized;
            resizing = Optional.of(Resizing.STRETCH);
        }
        float factor = (float) (255 * config.path("rescale_factor").asDouble(1 / 255.0));
        scale = Optional.of(config.path("do_rescale").asBoolean(true) ? factor : 255f);
        if (config.path("do_normalize").asBoolean(config.has("image_mean"))) {
            mean = floats(config.path("image_mean"));
            std = floats(config.path("image_std"));
        }
        // ViViT's and EfficientNet's: from -1 to 1 where the factor is 1/127.5.
        boolean offset =
                config.path("rescale_offset").asBoolean(config.path("offset").asBoolean(false));
        if (offset && config.path("do_rescale").asBoolean(true)) {
            float[] offsets = mean.orElse(new float[] {0}).clone();
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] += 1;
            }
            mean = Optional.of(offsets);
        }
        if (config.path("do_flip_channel_order").asBoolean(false)) {
            channels = Optional.of(Channels.BGR);
        }
        if (config.path("resample").asInt(2) != 2) {
            lines.add(
                    "preprocessor_config.json asks for another filter than bilinear; pictures are resized bilinearly, which"
                            + " changes answers a little.");
        }
        lines.add("Pictures are prepared as preprocessor_config.json beside the file says.");
        return true;
    }

    private boolean timm(Path file) {
        Optional<JsonNode> found = beside(file, "config.json").map(config -> config.path("pretrained_cfg"));
        if (found.isEmpty() || !found.get().has("mean") || !found.get().has("std")) {
            return false;
        }
        JsonNode config = found.get();
        scale = Optional.of(1f);
        mean = floats(config.path("mean"));
        std = floats(config.path("std"));
        JsonNode wanted = config.path("input_size");
        if (wanted.size() == 3) {
            size = Optional.of(
                    new PictureSize(wanted.get(1).asInt(), wanted.get(2).asInt()));
            double share = config.path("crop_pct").asDouble(0.875);
            resizing = config.path("crop_mode").asText("center").equals("squash")
                    ? Optional.of(Resizing.STRETCH)
                    : Optional.of(Resizing.cover(
                            Math.floor(size.get().height() / share),
                            Math.floor(size.get().width() / share)));
        }
        if (!config.path("interpolation").asText("bilinear").equals("bilinear")) {
            lines.add("config.json asks for " + config.path("interpolation").asText()
                    + " resizing; pictures are resized bilinearly, which changes answers a little.");
        }
        lines.add("Pictures are prepared as config.json beside the file says.");
        return true;
    }

    private void blocks(Model model) {
        KnownBlocks.of(model).ifPresent(known -> {
            blocks = Optional.of(known.name());
            boolean bgr = channels.filter(Channels.BGR::equals).isPresent();
            scale = Optional.of(1f);
            mean = Optional.of(bgr ? reversed(known.mean()) : known.mean());
            std = Optional.of(bgr ? reversed(known.std()) : known.std());
        });
    }

    private static float[] reversed(float[] numbers) {
        float[] out = new float[numbers.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = numbers[out.length - 1 - i];
        }
        return out;
    }

    private static final Set<String> OF_PIXELS = Set.of("Mul", "Div", "Sub", "Add", "BatchNormalization");

    /** A network that divides by 255 or subtracts 120 itself takes pixels as they are. */
    private void firstSteps(Graph graph, String input) {
        Map<String, List<Node>> readers = graph.readers();
        String tensor = input;
        for (int steps = 0; steps < 16; steps++) {
            List<Node> next = readers.getOrDefault(tensor, List.of()).stream()
                    .filter(node -> !node.opType().equals("Shape"))
                    .toList();
            if (next.size() != 1) {
                return;
            }
            Node node = next.get(0);
            if (!KEEPING_RANGE.contains(node.opType())) {
                if (isForPixels(graph, node, tensor)) {
                    scale = Optional.of(255f);
                    lines.add("The network's first step (" + node
                            + ") shows that it takes pixels from 0 to 255; they are fed" + " so.");
                }
                return;
            }
            tensor = node.output(0);
        }
    }

    private static boolean isForPixels(Graph graph, Node node, String tensor) {
        if (!OF_PIXELS.contains(node.opType())) {
            return false; // nor are its weights to be read, which may be half a gigabyte
        }
        boolean norm = node.opType().equals("BatchNormalization");
        String constant = norm ? node.input(3) : node.input(node.input(0).equals(tensor) ? 1 : 0);
        Optional<Tensor> found = Fixed.tensor(graph, constant);
        if (found.isEmpty() || found.get().size() == 0 || !found.get().type().isFloat()) {
            return false;
        }
        double most = 0;
        double sum = 0;
        for (float value : found.get().toFloats()) {
            most = Math.max(most, Math.abs(value));
            sum += value;
        }
        double average = sum / found.get().size();
        return switch (node.opType()) {
            case "Mul" -> most > 0 && most <= FACTOR_OF_PIXELS;
            case "Div" -> node.input(0).equals(tensor) && average >= 1 / FACTOR_OF_PIXELS;
            case "Sub" -> node.input(0).equals(tensor) && average >= OFFSET_OF_PIXELS;
            case "Add" -> average <= -OFFSET_OF_PIXELS;
            case "BatchNormalization" -> average >= OFFSET_OF_PIXELS;
            default -> false;
        };
    }

    private void range(float factor, float offset, float divisor) {
        scale = Optional.of(factor);
        mean = Optional.of(new float[] {offset});
        std = Optional.of(new float[] {divisor});
    }

    private static Optional<PictureSize> sides(JsonNode node) {
        if (node.isInt()) {
            return Optional.of(new PictureSize(node.asInt(), node.asInt()));
        }
        return node.has("height") && node.has("width")
                ? Optional.of(new PictureSize(
                        node.get("height").asInt(), node.get("width").asInt()))
                : Optional.empty();
    }

    private static Optional<float[]> floats(JsonNode list) {
        if (list.size() != 1 && list.size() != 3) {
            return Optional.empty();
        }
        float[] out = new float[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) list.get(i).asDouble();
        }
        return Optional.of(out);
    }

    private static List<Float> numbers(String text) {
        List<Float> out = new ArrayList<>();
        for (String word : text.replaceAll("[^0-9.]+", " ").strip().split(" ")) {
            if (word.matches("\\d+(\\.\\d+)?")) {
                out.add(Float.parseFloat(word));
            }
        }
        return out;
    }

    private static Optional<JsonNode> beside(Path file, String name) {
        Optional<Path> config = Beside.file(file, name);
        if (config.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(Files.readString(config.get())));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty(); // somebody else's file that is none of these
        }
    }
}
