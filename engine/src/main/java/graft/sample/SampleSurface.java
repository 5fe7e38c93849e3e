package graft.sample;

import java.util.SplittableRandom;

/**
 * A square piece of a drawn surface: a colour, a texture, light from one side. Values are 0…1; plain arithmetic, so that a
 * seed gives the same picture on every machine.
 */
final class SampleSurface {
    /** What the surface is made of. */
    private enum Texture {
        PAINTED,
        BRUSHED,
        CAST,
        GRAINED,
        WOVEN
    }

    final int size;
    private final SplittableRandom random;
    /** Red, green, blue of each pixel, row by row. */
    private final double[] values;

    SampleSurface(int size, SplittableRandom random) {
        this.size = size;
        this.random = random;
        this.values = new double[size * size * 3];
        paint();
    }

    private void paint() {
        double brightness = between(0.35, 0.75);
        double[] color = new double[3];
        for (int band = 0; band < 3; band++) {
            color[band] = brightness * between(0.85, 1.15);
        }
        double[] texture = texture(Texture.values()[random.nextInt(Texture.values().length)]);
        double[] lit = along(between(0, 2 * Math.PI));
        double light = between(0, 0.3);
        for (int i = 0; i < values.length; i++) {
            double shade = (1 + light * lit[i / 3] / size * 2) * (1 + texture[i / 3]);
            values[i] = color[i % 3] * shade;
        }
    }

    /** Relative brightness around 0 of each pixel. */
    private double[] texture(Texture kind) {
        return switch (kind) {
            case PAINTED -> sum(noise(between(15, 40), between(0.01, 0.04)), grain(between(0.005, 0.02)));
            case CAST -> sum(noise(between(10, 20), between(0.03, 0.1)), noise(between(3, 6), between(0.02, 0.07)));
            case GRAINED -> sum(noise(2, between(0.04, 0.12)), grain(between(0.02, 0.06)));
            case BRUSHED -> sum(streaks(between(0.04, 0.12)), grain(between(0.005, 0.03)));
            case WOVEN -> sum(weave(between(0.03, 0.09)), grain(between(0.01, 0.03)));
        };
    }

    private static double[] sum(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }

    /** Soft blotches about {@code period} pixels wide. */
    double[] noise(double period, double strength) {
        return noise(period, period, 0, strength);
    }

    private double[] streaks(double strength) {
        return noise(between(30, 90), between(1.5, 3), between(0, Math.PI), strength);
    }

    /** Random values on a turned lattice, smoothly joined. */
    private double[] noise(double length, double width, double angle, double strength) {
        int cells = (int) (3 * size / Math.min(length, width)) + 4;
        double[] lattice = new double[cells * cells];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = between(-1, 1);
        }
        double[] u = along(angle);
        double[] v = along(angle + Math.PI / 2);
        double[] out = new double[size * size];
        for (int i = 0; i < out.length; i++) {
            out[i] = strength * smooth(lattice, cells, u[i] / length + cells / 2.0, v[i] / width + cells / 2.0);
        }
        return out;
    }

    private static double smooth(double[] lattice, int cells, double u, double v) {
        int left = (int) Math.floor(u);
        int top = (int) Math.floor(v);
        double a = ease(u - left);
        double b = ease(v - top);
        int x0 = Math.floorMod(left, cells);
        int x1 = Math.floorMod(left + 1, cells);
        int y0 = Math.floorMod(top, cells) * cells;
        int y1 = Math.floorMod(top + 1, cells) * cells;
        double above = lattice[y0 + x0] * (1 - a) + lattice[y0 + x1] * a;
        double below = lattice[y1 + x0] * (1 - a) + lattice[y1 + x1] * a;
        return above * (1 - b) + below * b;
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }

    private double[] weave(double strength) {
        double period = between(5, 10);
        double angle = between(0, Math.PI);
        double[] u = along(angle);
        double[] v = along(angle + Math.PI / 2);
        double[] out = new double[size * size];
        for (int i = 0; i < out.length; i++) {
            out[i] = strength
                    * StrictMath.sin(2 * Math.PI * u[i] / period)
                    * StrictMath.sin(2 * Math.PI * v[i] / period);
        }
        return out;
    }

    /** Noise of single pixels, near normal with deviation {@code strength}. */
    private double[] grain(double strength) {
        double[] out = new double[size * size];
        for (int i = 0; i < out.length; i++) {
            out[i] = strength * normal();
        }
        return out;
    }

    /** Where each pixel lies along a direction, counted from the middle. */
    private double[] along(double angle) {
        double middle = (size - 1) / 2.0;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] out = new double[size * size];
        for (int i = 0; i < out.length; i++) {
            out[i] = (i % size - middle) * cos + (i / size - middle) * sin;
        }
        return out;
    }

    /** Changes the pixels under {@code mask} (0…1) by the factor 1 + {@code change} of each band. */
    void tint(double[] mask, double... change) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1 + mask[i / 3] * change[i % 3];
        }
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** Mean 0, deviation 1, bell-shaped: the sum of three uniform numbers of deviation 1/√12 each, times 2. */
    private double normal() {
        return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }

    /** As a camera with noise of deviation {@code noise} sees it: red, green, blue of 0…255, row by row. */
    int[] photograph(double noise) {
        int[] out = new int[values.length];
        for (int i = 0; i < out.length; i++) {
            double seen = values[i] + noise * normal();
            out[i] = (int) (255 * Math.max(0, Math.min(1, seen)) + 0.5);
        }
        return out;
    }
}
