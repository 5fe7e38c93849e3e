package graft.image;

import graft.data.ClassTargets;
import graft.data.Targets;
import graft.data.UniformExamples;
import graft.data.ViewRandom;
import graft.onnx.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Pictures as inputs of a network. */
final class PictureExamples implements UniformExamples {
    /**
     * One example.
     *
     * @param index of its file in the store
     * @param name path inside the data set
     */
    record Entry(int index, String name, int label) {}

    private final PictureStore store;
    private final Preprocessing preprocessing;
    private final List<Entry> entries;
    private final Targets targets;
    private final Augmenter augmenter;
    private final float[][] values;

    /** @param classes how many there are */
    PictureExamples(PictureStore store, Preprocessing preprocessing, List<Entry> entries, int classes) {
        this(
                store,
                preprocessing,
                entries,
                ClassTargets.equal(entries.stream().mapToInt(Entry::label).toArray(), classes),
                null);
    }

    private PictureExamples(
            PictureStore store,
            Preprocessing preprocessing,
            List<Entry> entries,
            Targets targets,
            Augmenter augmenter) {
        this.store = store;
        this.preprocessing = preprocessing;
        this.entries = List.copyOf(entries);
        this.targets = targets;
        this.augmenter = augmenter;
        this.values = values(preprocessing);
    }

    /** The input for each of the 256 values a pixel can have, per channel of the network. */
    private static float[][] values(Preprocessing how) {
        float[][] out = new float[how.channels().count()][256];
        for (int channel = 0; channel < out.length; channel++) {
            for (int pixel = 0; pixel < 256; pixel++) {
                out[channel][pixel] = (pixel / 255f * how.scale() - how.mean()[channel]) / how.std()[channel];
            }
        }
        return out;
    }

    /** The same pictures, whose views from 1 on are augmented. */
    PictureExamples augmented(Augmentation augmentation, long seed) {
        Augmenter next = augmentation.isNone()
                ? null
                : new Augmenter(augmentation, seed, preprocessing.height(), preprocessing.width());
        return new PictureExamples(store, preprocessing, entries, targets, next);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public String name(int i) {
        return entries.get(i).name();
    }

    @Override
    public String place(int i) {
        return store.file(entries.get(i).index()).toString();
    }

    @Override
    public String key(int i) {
        return store.hash(entries.get(i).index());
    }

    @Override
    public long[] shape() {
        return preprocessing.shape();
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT;
    }

    @Override
    public void read(int i, long view, ByteBuffer into) {
        Picture picture = picture(i, view);
        float[] numbers = preprocessing.layout() == Layout.NCHW ? channelsFirst(picture) : channelsLast(picture);
        ByteBuffer rest = into.slice().order(ByteOrder.LITTLE_ENDIAN);
        rest.asFloatBuffer().put(numbers);
        into.position(into.position() + numbers.length * Float.BYTES);
    }

    /** A view as it is seen, of the size of the network's input. */
    Picture picture(int i, long view) {
        Picture whole = store.picture(entries.get(i).index());
        return view == PLAIN || augmenter == null
                ? middle(whole, preprocessing.height(), preprocessing.width())
                : augmenter.view(whole, ViewRandom.hash(0, key(i)), view);
    }

    private float[] channelsFirst(Picture picture) {
        int bands = picture.bands();
        byte[] pixels = picture.pixels();
        float[] out = new float[pixels.length];
        int to = 0;
        for (int channel = 0; channel < bands; channel++) {
            float[] value = values[channel];
            for (int at = band(channel); at < pixels.length; at += bands) {
                out[to++] = value[pixels[at] & 0xff];
            }
        }
        return out;
    }

    private float[] channelsLast(Picture picture) {
        int bands = picture.bands();
        byte[] pixels = picture.pixels();
        float[] out = new float[pixels.length];
        for (int channel = 0; channel < bands; channel++) {
            int band = band(channel);
            for (int at = 0; at < pixels.length; at += bands) {
                out[at + channel] = values[channel][pixels[at + band] & 0xff];
            }
        }
        return out;
    }

    private int band(int channel) {
        return preprocessing.channels() == Channels.BGR ? 2 - channel : channel;
    }

    /** The middle {@code height} × {@code width} pixels. */
    static Picture middle(Picture picture, int height, int width) {
        int left = (picture.width() - width) / 2;
        int top = (picture.height() - height) / 2;
        int bands = picture.bands();
        byte[] out = new byte[height * width * bands];
        for (int y = 0; y < height; y++) {
            int from = ((top + y) * picture.width() + left) * bands;
            System.arraycopy(picture.pixels(), from, out, y * width * bands, width * bands);
        }
        return new Picture(width, height, bands, out);
    }
}
