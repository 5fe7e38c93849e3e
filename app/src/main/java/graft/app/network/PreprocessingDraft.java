package graft.app.network;

import graft.Refusal;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.PictureInput;
import graft.image.PictureSize;
import graft.image.Preprocessing;
import graft.image.Resizing;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;

/** Preprocessing as it is being typed. */
record PreprocessingDraft(
        String size, String resize, String scale, String mean, String std, Channels channels, Layout layout) {

    static PreprocessingDraft of(Preprocessing known) {
        return new PreprocessingDraft(
                new PictureSize(known.height(), known.width()).toString(),
                known.resizing().equals(Resizing.usual(known.height(), known.width()))
                        ? ""
                        : known.resizing().toString(),
                number(known.scale()),
                list(known.mean()),
                list(known.std()),
                known.channels(),
                known.layout());
    }

    /** For a network of which nothing is known. */
    static PreprocessingDraft blank() {
        return new PreprocessingDraft("", "", "1", "0", "1", Channels.RGB, Layout.NCHW);
    }

    /**
     * What was typed, as preprocessing.
     *
     * @throws Refusal with what to change
     */
    Preprocessing parse(Optional<PictureInput> input) {
        PictureSize pixels = pixels();
        Preprocessing out = new Preprocessing(
                pixels.height(),
                pixels.width(),
                resizing(pixels),
                one("network.preprocessing.scale", scale),
                many("network.preprocessing.mean", mean),
                many("network.preprocessing.std", std),
                channels,
                layout);
        input.ifPresent(known -> known.check(pixels, layout));
        return out;
    }

    private PictureSize pixels() {
        try {
            return PictureSize.parse(size);
        } catch (NumberFormatException notASize) {
            throw new Refusal(Texts.of("network.preprocessing.pixels", size.strip()), notASize);
        }
    }

    private Resizing resizing(PictureSize pixels) {
        if (resize.isBlank()) {
            return Resizing.usual(pixels.height(), pixels.width());
        }
        try {
            return Resizing.parse(resize);
        } catch (IllegalArgumentException unknown) {
            throw new Refusal(Texts.of("network.preprocessing.resizing", resize.strip()), unknown);
        }
    }

    private static float one(String field, String text) {
        float[] values = many(field, text);
        if (values.length != 1) {
            throw new Refusal(Texts.of("network.preprocessing.one", Texts.of(field)));
        }
        return values[0];
    }

    private static float[] many(String field, String text) {
        try {
            return Preprocessing.numbers(text);
        } catch (NumberFormatException notNumbers) {
            throw new Refusal(Texts.of("network.preprocessing.number", Texts.of(field), text.strip()), notNumbers);
        }
    }

    /** Equal numbers are written once. */
    private static String list(float[] values) {
        StringJoiner joiner = new StringJoiner(", ");
        for (float value : values) {
            joiner.add(number(value));
        }
        boolean same = values.length > 0;
        for (float value : values) {
            same &= value == values[0];
        }
        return same ? number(values[0]) : joiner.toString();
    }

    private static String number(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }

    /** Numbers that families of networks were trained with. */
    enum Preset {
        /** Keras "rescaling", many exports of small networks. */
        ZERO_TO_ONE("1", "0", "1", Channels.RGB),
        /** TensorFlow's slim networks. */
        MINUS_ONE_TO_ONE("1", "0.5", "0.5", Channels.RGB),
        /** torchvision's networks. */
        IMAGENET("1", "0.485, 0.456, 0.406", "0.229, 0.224, 0.225", Channels.RGB),
        /** Caffe's networks. */
        CAFFE("255", "104, 117, 123", "1", Channels.BGR);

        private final String scale;
        private final String mean;
        private final String std;
        private final Channels channels;

        Preset(String scale, String mean, String std, Channels channels) {
            this.scale = scale;
            this.mean = mean;
            this.std = std;
            this.channels = channels;
        }

        PreprocessingDraft on(PreprocessingDraft draft) {
            Channels kept = draft.channels == Channels.GRAY ? Channels.GRAY : channels;
            return new PreprocessingDraft(draft.size, draft.resize, scale, mean, std, kept, draft.layout);
        }

        /** The preset that has these numbers. */
        static Optional<Preset> of(PreprocessingDraft draft) {
            return Arrays.stream(values())
                    .filter(preset -> preset.on(draft).equals(draft))
                    .findFirst();
        }

        @Override
        public String toString() {
            return Texts.of("network.preset." + name());
        }
    }
}
