package graft.image;

import graft.data.ViewRandom;
import graft.image.Resampler.Box;

/** Makes augmented views of pictures: rotate, other affine changes, crop, mirror, a policy's operations, colour, in this order. */
final class Augmenter {
    private static final double LEAST_AREA = 0.25;
    private static final double WIDEST = 4 / 3.0;
    private static final double COLOR = 0.3;
    private static final int CROP_ATTEMPTS = 10;

    private final Augmentation augmentation;
    private final long seed;
    private final int height;
    private final int width;

    Augmenter(Augmentation augmentation, long seed, int height, int width) {
        this.augmentation = augmentation;
        this.seed = seed;
        this.height = height;
        this.width = width;
    }

    /**
     * The result has the size of the network's input.
     *
     * @param picture resized but not yet cut
     * @param example a number that is the same for the same picture only
     */
    Picture view(Picture picture, long example, long view) {
        ViewRandom random = new ViewRandom(seed, example, view);
        // Every number is drawn in every view, so that switching one augmentation leaves the others as they were.
        double degrees = random.between(-augmentation.rotate(), augmentation.rotate());
        Box part = randomPart(picture, random);
        boolean mirror = random.coin();
        double brightness = random.between(1 - COLOR, 1 + COLOR);
        double contrast = random.between(1 - COLOR, 1 + COLOR);
        double saturation = random.between(1 - COLOR, 1 + COLOR);

        Picture out = augmentation.rotate() > 0 ? Warp.rotation(degrees).of(picture) : picture;
        if (augmentation.affine().isPresent()) {
            out = augmentation
                    .affine()
                    .get()
                    .draw(random, out.width(), out.height())
                    .of(out);
        }
        out = augmentation.crop()
                ? Resampler.resize(out, part, width, height)
                : PictureExamples.middle(out, height, width);
        if (augmentation.flip() && mirror) {
            out = mirror(out);
        }
        if (augmentation.policy().isPresent()) {
            out = augmentation.policy().get().view(out, random);
        }
        return augmentation.color() ? recolor(out, brightness, contrast, saturation) : out;
    }

    private Box randomPart(Picture picture, ViewRandom random) {
        int width = picture.width();
        int height = picture.height();
        double proportions = (double) this.width / this.height;
        Box part = null;
        for (int attempt = 0; attempt < CROP_ATTEMPTS; attempt++) {
            double area = random.between(LEAST_AREA, 1) * width * height;
            // Around the input's own proportions, so that what is seen is stretched as little as in a square one.
            double ratio = Math.exp(random.between(-Math.log(WIDEST), Math.log(WIDEST))) * proportions;
            int w = Math.max(1, (int) Math.round(Math.sqrt(area * ratio)));
            int h = Math.max(1, (int) Math.round(Math.sqrt(area / ratio)));
            int left = random.below(Math.max(1, width - w + 1));
            int top = random.below(Math.max(1, height - h + 1));
            if (part == null && w <= width && h <= height) {
                part = new Box(left, top, left + w, top + h);
            }
        }
        if (part == null) {
            // A very long picture: the largest part in its middle that has the proportions of the input.
            double factor = Math.min((double) width / this.width, (double) height / this.height);
            int w = Math.max(1, (int) Math.round(this.width * factor));
            int h = Math.max(1, (int) Math.round(this.height * factor));
            int left = (width - w) / 2;
            int top = (height - h) / 2;
            part = new Box(left, top, left + w, top + h);
        }
        return part;
    }

    private static Picture mirror(Picture picture) {
        int width = picture.width();
        int bands = picture.bands();
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(in, (y * width + x) * bands, out, (y * width + width - 1 - x) * bands, bands);
            }
        }
        return new Picture(width, picture.height(), bands, out);
    }

    /** Brightness scales, contrast moves away from the mean luma, saturation moves each pixel away from its own luma. */
    private static Picture recolor(Picture picture, double brightness, double contrast, double saturation) {
        int bands = picture.bands();
        byte[] in = picture.pixels();
        byte[] out = new byte[in.length];
        long sum = 0;
        for (byte value : picture.toLuma().pixels()) {
            sum += value & 0xff;
        }
        double mean = brightness * sum / (picture.width() * picture.height());
        for (int at = 0; at < in.length; at += bands) {
            double luma =
                    bands == 1 ? in[at] & 0xff : Picture.luma(in[at] & 0xff, in[at + 1] & 0xff, in[at + 2] & 0xff);
            for (int band = 0; band < bands; band++) {
                double value = brightness * (luma + saturation * ((in[at + band] & 0xff) - luma));
                out[at + band] = clip(mean + contrast * (value - mean));
            }
        }
        return new Picture(picture.width(), picture.height(), bands, out);
    }

    private static byte clip(double value) {
        return (byte) (int) (Math.max(0, Math.min(255, value)) + 0.5);
    }
}
