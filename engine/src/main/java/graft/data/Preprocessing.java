package graft.data;

import graft.Refusal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * How a picture becomes a network's input: the shorter side is resized to size·256/224 (up to size 64: to size), bilinear
 * with antialias, the middle is cut out, and x = (pixel/255 · scale − mean) / std.
 *
 * @param size height and width of the input, in pixels
 * @param scale 1 for inputs around 0…1, 255 for networks that take 0…255
 * @param mean one number per channel, in the channel order of the network; one number stands for all channels
 * @param std as {@code mean}
 */
public record Preprocessing(int size, float scale, float[] mean, float[] std, Channels channels, Layout layout) {
    public static final String SIZE = "graft.size";
    public static final String SCALE = "graft.scale";
    public static final String MEAN = "graft.mean";
    public static final String STD = "graft.std";
    public static final String CHANNELS = "graft.channels";
    public static final String LAYOUT = "graft.layout";

    private static final int LARGEST_SIZE = 8192;

    public Preprocessing {
        if (size < 1 || size > LARGEST_SIZE) {
            throw new Refusal("The input size must be 1 to " + LARGEST_SIZE + " pixels, not " + size + ".");
        }
        if (!Float.isFinite(scale)) {
            throw new Refusal("The scale must be a finite number, not " + scale + ".");
        }
        mean = perChannel("mean", mean, channels);
        std = perChannel("std", std, channels);
        for (float value : std) {
            if (value == 0) {
                throw new Refusal(
                        "A std of 0 would divide by zero. Give the standard deviation of each channel, or 1.");
            }
        }
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

    /** Shape of one example: [channels, size, size] or [size, size, channels]. */
    public long[] shape() {
        int count = channels.count();
        return layout == Layout.NCHW ? new long[] {count, size, size} : new long[] {size, size, count};
    }

    /** Length of a picture's shorter side before the middle is cut out; not rounded. */
    double shorterSide() {
        // Tiny pictures (digits, CIFAR) are used whole: a margin of 2 pixels would cut the object.
        return size <= 64 ? size : size * 256 / 224.0;
    }

    /** As notes of an ONNX file. */
    public Map<String, String> toMetadata() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(SIZE, Integer.toString(size));
        notes.put(SCALE, number(scale));
        notes.put(MEAN, join(mean));
        notes.put(STD, join(std));
        notes.put(CHANNELS, word(channels));
        notes.put(LAYOUT, word(layout));
        return notes;
    }

    /** Empty where the file has no note on the size; what else is missing is scale 1, mean 0, std 1, rgb, nchw. */
    public static Optional<Preprocessing> fromMetadata(Map<String, String> notes) {
        if (!notes.containsKey(SIZE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Preprocessing(
                    Integer.parseInt(notes.get(SIZE).strip()),
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

    private static String join(float[] values) {
        StringJoiner joiner = new StringJoiner(",");
        for (float value : values) {
            joiner.add(number(value));
        }
        return joiner.toString();
    }

    private static String number(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preprocessing that && toMetadata().equals(that.toMetadata());
    }

    @Override
    public int hashCode() {
        return toMetadata().hashCode();
    }

    /** For people: what is done, in one line. */
    @Override
    public String toString() {
        return size + "×" + size + " " + word(channels) + " " + word(layout) + ", scale " + number(scale) + ", mean "
                + join(mean) + ", std " + join(std);
    }
}
