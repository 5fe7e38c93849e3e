package graft.image;

import graft.data.Fingerprint;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An embedded ICC profile, as the way to sRGB: by LittleCMS, which the JDK brings. A profile that differs from sRGB by no
 * more than rounding does nothing at all. Safe to use from several threads.
 */
final class ColorProfile {
    /** Of 255, on any of the probed colours: profiles that only say "sRGB" in other words stay below it. */
    private static final int SAME = 2;

    private static final int PROBES = 9;

    private static final Map<String, Optional<ColorProfile>> KNOWN = new ConcurrentHashMap<>();

    private final ColorConvertOp conversion;
    private final int components;
    private final boolean isSrgb;

    private ColorProfile(byte[] bytes) {
        ICC_Profile from = ICC_Profile.getInstance(bytes);
        ICC_Profile to = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
        conversion = new ColorConvertOp(new ICC_Profile[] {from, to}, null);
        components = from.getNumComponents();
        if (components != 1 && components != 3 && components != 4) {
            throw new IllegalArgumentException("a profile of " + components + " components");
        }
        isSrgb = components == 4 ? probed() : largestChange() <= SAME;
    }

    /** Empty where the bytes are no profile that can be used. */
    static Optional<ColorProfile> of(byte[] bytes) {
        String key = HexFormat.of().formatHex(Fingerprint.sha256().digest(bytes));
        return KNOWN.computeIfAbsent(key, unused -> read(bytes));
    }

    private static Optional<ColorProfile> read(byte[] bytes) {
        try {
            return Optional.of(new ColorProfile(bytes));
        } catch (IllegalArgumentException | CMMException | IndexOutOfBoundsException e) {
            // What a damaged profile, or one of a kind that LittleCMS cannot use, ends in; the picture is remarked
            // then.
            return Optional.empty();
        }
    }

    boolean isSrgb() {
        return isSrgb;
    }

    /** 1 grey, 3 red, green and blue, 4 inks. */
    int components() {
        return components;
    }

    /** {@code pixels} with {@link #components} values each (inks: 255 is full) become red, green and blue. */
    byte[] toSrgb(byte[] pixels, int width, int height) {
        WritableRaster to = raster(new byte[width * height * 3], width, height, 3);
        conversion.filter(raster(pixels, width, height, components), to);
        return ((DataBufferByte) to.getDataBuffer()).getData();
    }

    /** Grey values by their stored value; a grey profile gives equal red, green and blue. */
    byte[] greys() {
        byte[] ramp = new byte[256 * components];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i / components);
        }
        byte[] colours = toSrgb(ramp, 256, 1);
        byte[] out = new byte[256];
        for (int i = 0; i < out.length; i++) {
            out[i] = colours[3 * i + 1];
        }
        return out;
    }

    /** Four inks are never sRGB; one conversion shows whether they can be converted at all. */
    private boolean probed() {
        toSrgb(new byte[4], 1, 1);
        return false;
    }

    private int largestChange() {
        int steps = components == 1 ? 1 : PROBES * PROBES;
        byte[] in = new byte[PROBES * steps * components];
        for (int i = 0; i < PROBES * steps; i++) {
            int rest = i;
            for (int c = 0; c < components; c++, rest /= PROBES) {
                in[i * components + c] = (byte) (rest % PROBES * 255 / (PROBES - 1));
            }
        }
        byte[] out = toSrgb(in, PROBES, steps);
        int largest = 0;
        for (int i = 0; i < out.length; i++) {
            int before = in[components == 1 ? i / 3 : i] & 0xff;
            largest = Math.max(largest, Math.abs((out[i] & 0xff) - before));
        }
        return largest;
    }

    private static WritableRaster raster(byte[] pixels, int width, int height, int bands) {
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        return Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length), width, height, width * bands, bands, offsets, null);
    }
}
