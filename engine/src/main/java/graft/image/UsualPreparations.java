package graft.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A usual way to make numbers of pixels.
 *
 * @param name for a person
 */
public record UsualPreparations(String name, Preprocessing how) {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] STD = {0.229f, 0.224f, 0.225f};
    private static final float[] CAFFE = {123, 117, 104};

    /**
     * The ranges that families of networks were trained with, each in the order of colours that goes with it, then all of them in the other one.
     *
     * @param like their size, resizing and layout; grey networks have no other order
     */
    public static List<UsualPreparations> of(Preprocessing like) {
        List<UsualPreparations> out = new ArrayList<>();
        if (like.channels() == Channels.GRAY) {
            out.add(of(like, "0...1", 1, Channels.GRAY, 0, 1));
            out.add(of(like, "-1...1", 1, Channels.GRAY, 0.5f, 0.5f));
            out.add(of(like, "0...255", 255, Channels.GRAY, 0, 1));
            return out;
        }
        for (boolean usual : new boolean[] {true, false}) {
            Channels first = usual ? Channels.RGB : Channels.BGR;
            Channels caffe = usual ? Channels.BGR : Channels.RGB;
            out.add(of(like, "0...1", 1, first, 0, 1));
            out.add(of(like, "-1...1", 1, first, 0.5f, 0.5f));
            out.add(of(like, "ImageNet's mean and deviation", 1, first, ordered(MEAN, first), ordered(STD, first)));
            out.add(of(like, "0...255", 255, first, 0, 1));
            out.add(of(like, "Caffe's means", 255, caffe, ordered(CAFFE, caffe), new float[] {1}));
        }
        return out;
    }

    private static UsualPreparations of(
            Preprocessing like, String name, float scale, Channels channels, float mean, float std) {
        return of(like, name, scale, channels, new float[] {mean}, new float[] {std});
    }

    private static UsualPreparations of(
            Preprocessing like, String name, float scale, Channels channels, float[] mean, float[] std) {
        return new UsualPreparations(
                name + (channels == Channels.GRAY ? "" : " " + word(channels).toUpperCase(Locale.ROOT)),
                new Preprocessing(
                        like.height(), like.width(), like.resizing(), scale, mean, std, channels, like.layout()));
    }

    private static float[] ordered(float[] redFirst, Channels channels) {
        return channels == Channels.BGR ? new float[] {redFirst[2], redFirst[1], redFirst[0]} : redFirst;
    }

    /** Numbers between black and white, which the order of colours and an offset leave as they are. */
    public double contrast() {
        return how.scale() / how.std()[0];
    }

    /** Whether they differ in the order of colours alone. */
    public boolean isOtherOrderOf(UsualPreparations other) {
        boolean bothCaffe = how.mean()[0] > 1 && other.how.mean()[0] > 1;
        return how.channels() != other.how.channels()
                && how.scale() == other.how.scale()
                && (bothCaffe || how.mean()[1] == other.how.mean()[1])
                && how.std()[1] == other.how.std()[1];
    }

    /** What the command line takes for it; the order of colours where it is another than {@code usual}. */
    public String options(Channels usual) {
        return "--scale " + Preprocessing.number(how.scale()) + " --mean " + once(how.mean()) + " --std "
                + once(how.std()) + (how.channels() == usual ? "" : " --channels " + word(how.channels()));
    }

    private static String once(float[] values) {
        for (float value : values) {
            if (value != values[0]) {
                return Preprocessing.join(values);
            }
        }
        return Preprocessing.number(values[0]);
    }

    private static String word(Channels channels) {
        return channels.name().toLowerCase(Locale.ROOT);
    }
}
