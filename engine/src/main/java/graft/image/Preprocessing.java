package graft.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import graft.Refusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * How a picture becomes a network's input: it is resized ({@link Resizing}; bilinear with antialias), the middle is cut out,
 * and x = (pixel/255 · scale − mean) / std.
 *
 * @param height of the input, in pixels
 * @param width of the input, in pixels
 * @param scale 1 for inputs around 0…1, 255 for networks that take 0…255
 * @param mean one number per channel, in the channel order of the network; one number stands for all channels
 * @param std as {@code mean}
 */
public record Preprocessing(
        int height,
        int width,
        Resizing resizing,
        float scale,
        float[] mean,
        float[] std,
        Channels channels,
        Layout layout) {
    public static final String SIZE = "graft.size";
    public static final String RESIZE = "graft.resize";
    public static final String SCALE = "graft.scale";
    public static final String MEAN = "graft.mean";
    public static final String STD = "graft.std";
    public static final String CHANNELS = "graft.channels";
    public static final String LAYOUT = "graft.layout";

    private static final int LARGEST_SIZE = 8192;

    public Preprocessing {
        if (Math.min(height, width) < 1 || Math.max(height, width) > LARGEST_SIZE) {
            throw new Refusal("The input size must be 1 to " + LARGEST_SIZE + " pixels, not "
                    + (height == width ? height : height + " × " + width) + ".");
        }
        if (!Float.isFinite(scale)) {
            throw new Refusal("The scale must be a finite number, not " + scale + ".");
        }
        resizing.check(height, width);
        mean = perChannel("mean", mean, channels);
        std = perChannel("std", std, channels);
        for (float value : std) {
            if (value == 0) {
                throw new Refusal(
                        "A std of 0 would divide by zero. Give the standard deviation of each channel, or 1.");
            }
        }
        for (int c = 0; c < mean.length; c++) {
            if (!Float.isFinite((scale - mean[c]) / std[c]) || !Float.isFinite(-mean[c] / std[c])) {
                throw new Refusal("With scale " + number(scale) + ", mean " + join(mean) + " and std " + join(std)
                        + " black or white would become an infinite number. Give a larger std.");
            }
        }
    }

    /** A square input, resized as {@link Resizing#usual}. */
    public Preprocessing(int size, float scale, float[] mean, float[] std, Channels channels, Layout layout) {
        this(size, size, Resizing.usual(size, size), scale, mean, std, channels, layout);
    }

    /** Plans of 0.1.0 hold one {@code size}. */
    @JsonCreator
    static Preprocessing ofPlan(
            @JsonProperty("size") Integer size,
            @JsonProperty("height") Integer height,
            @JsonProperty("width") Integer width,
            @JsonProperty("resizing") Resizing resizing,
            @JsonProperty("scale") float scale,
            @JsonProperty("mean") float[] mean,
            @JsonProperty("std") float[] std,
            @JsonProperty("channels") Channels channels,
            @JsonProperty("layout") Layout layout) {
        int high = size != null ? size : height;
        int wide = size != null ? size : width;
        return new Preprocessing(
                high,
                wide,
                resizing != null ? resizing : Resizing.usual(high, wide),
                scale,
                mean,
                std,
                channels,
                layout);
    }

    /** RGB, NCHW, x = pixel/255. */
    public static Preprocessing ofSize(int size) {
        return new Preprocessing(size, 1, new float[] {0}, new float[] {1}, Channels.RGB, Layout.NCHW);
    }

    private static float[] perChannel(String name, float[] values, Channels channels) {
        float[] out = values.clone();
        if (values.length == 1) {
            out = new float[channels.count()];
            Arrays.fill(out, values[0]);
        }
        if (out.length != channels.count()) {
            throw new Refusal(
                    "The " + name + " has " + values.length + " numbers, but the network has " + channels.count()
                            + " input channels (" + word(channels) + "). Give one number, or one per channel.");
        }
        for (float value : out) {
            if (!Float.isFinite(value)) {
                throw new Refusal("The " + name + " must be finite numbers, not " + join(values) + ".");
            }
        }
        return out;
    }

    /** Shape of one example: [channels, height, width] or [height, width, channels]. */
    public long[] shape() {
        int count = channels.count();
        return layout == Layout.NCHW ? new long[] {count, height, width} : new long[] {height, width, count};
    }

    /** The same for a network that takes another size. */
    public Preprocessing ofSize(int newHeight, int newWidth) {
        return new Preprocessing(
                newHeight, newWidth, Resizing.usual(newHeight, newWidth), scale, mean, std, channels, layout);
    }

    /** What the options of the command line set, each under its note's key. */
    public Map<String, String> settings() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(SIZE, height == width ? Integer.toString(height) : height + "x" + width);
        notes.put(RESIZE, resizing.toString());
        notes.put(SCALE, number(scale));
        notes.put(MEAN, join(mean));
        notes.put(STD, join(std));
        notes.put(CHANNELS, word(channels));
        notes.put(LAYOUT, word(layout));
        return notes;
    }

    /** As notes of an ONNX file: {@link #settings}, and in words all that they leave open. */
    public Map<String, String> toMetadata() {
        Map<String, String> notes = settings();
        notes.put("graft.preparation", Preparation.inWords(this));
        return notes;
    }

    /**
     * Empty where the file has no note on the size; what else is missing is resized as {@link Resizing#usual}, scale 1, mean
     * 0, std 1, rgb, nchw.
     */
    public static Optional<Preprocessing> fromMetadata(Map<String, String> notes) {
        if (!notes.containsKey(SIZE)) {
            return Optional.empty();
        }
        try {
            PictureSize size = PictureSize.parse(notes.get(SIZE));
            return Optional.of(new Preprocessing(
                    size.height(),
                    size.width(),
                    notes.containsKey(RESIZE)
                            ? Resizing.parse(notes.get(RESIZE))
                            : Resizing.usual(size.height(), size.width()),
                    Float.parseFloat(notes.getOrDefault(SCALE, "1")),
                    numbers(notes.getOrDefault(MEAN, "0")),
                    numbers(notes.getOrDefault(STD, "1")),
                    Channels.valueOf(notes.getOrDefault(CHANNELS, "rgb").strip().toUpperCase(Locale.ROOT)),
                    Layout.valueOf(notes.getOrDefault(LAYOUT, "nchw").strip().toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    "The network's notes on preprocessing cannot be read (" + e.getMessage()
                            + "). Set them with --size, --scale, --mean, --std, --channels and --layout.",
                    e);
        }
    }

    /** Comma-separated numbers; throws {@link NumberFormatException}. */
    public static float[] numbers(String text) {
        String[] parts = text.split(",");
        float[] out = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            out[i] = Float.parseFloat(parts[i].strip());
        }
        return out;
    }

    static String join(float[] values) {
        StringJoiner joiner = new StringJoiner(",");
        for (float value : values) {
            joiner.add(number(value));
        }
        return joiner.toString();
    }

    static String number(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessing that && settings().equals(that.settings());
    }

    @Override
    public int hashCode() {
        return settings().hashCode();
    }

    /** For people: what is done, in one line. */
    @Override
    public String toString() {
        return height + "×" + width + " (" + resizing + ") " + word(channels) + " " + word(layout) + ", scale "
                + number(scale) + ", mean " + join(mean) + ", std " + join(std);
    }
}
