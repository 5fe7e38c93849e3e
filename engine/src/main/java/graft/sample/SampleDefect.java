package graft.sample;

/** What can be wrong with a drawn surface: the classes of the sample. */
enum SampleDefect {
    CLEAN {
        @Override
        void drawOn(SampleSurface surface) {
            // What a surface without a defect shows is its texture.
        }
    },

    /** A fine, dark, jagged line that wanders and may fork. */
    CRACK {
        @Override
        void drawOn(SampleSurface surface) {
            Mask mask = new Mask(surface.size);
            double x = surface.between(0.2, 0.8) * surface.size;
            double y = surface.between(0.2, 0.8) * surface.size;
            double heading = surface.between(0, 2 * Math.PI);
            double width = surface.between(1, 2);
            int steps = surface.whole(5, 9);
            wander(surface, mask, x, y, heading, width, steps);
            wander(surface, mask, x, y, heading + Math.PI, width, steps);
            if (surface.coin()) {
                wander(surface, mask, x, y, heading + surface.between(0.8, 2.2), width * 0.8, steps / 2 + 1);
            }
            darken(surface, mask, surface.between(0.3, 0.7));
        }

        private void wander(
                SampleSurface surface, Mask mask, double x, double y, double heading, double width, int steps) {
            double direction = heading;
            double fromX = x;
            double fromY = y;
            for (int step = 0; step < steps; step++) {
                direction = heading + surface.between(-0.9, 0.9);
                double length = surface.between(3, 8);
                double toX = fromX + length * StrictMath.cos(direction);
                double toY = fromY + length * StrictMath.sin(direction);
                mask.line(fromX, fromY, toX, toY, width * (1 - 0.6 * step / steps));
                fromX = toX;
                fromY = toY;
            }
        }
    },

    /** A nearly straight line of even width, bright or dark. */
    SCRATCH {
        @Override
        void drawOn(SampleSurface surface) {
            Mask mask = new Mask(surface.size);
            double heading = surface.between(0, 2 * Math.PI);
            double bend = surface.between(-0.015, 0.015);
            double width = surface.between(1, 2.2);
            double x = surface.between(0.25, 0.75) * surface.size;
            double y = surface.between(0.25, 0.75) * surface.size;
            double length = surface.between(0.3, 0.8) * surface.size;
            x -= length / 2 * StrictMath.cos(heading);
            y -= length / 2 * StrictMath.sin(heading);
            for (double gone = 0; gone < length; gone += 4) {
                double toX = x + 4 * StrictMath.cos(heading);
                double toY = y + 4 * StrictMath.sin(heading);
                mask.line(x, y, toX, toY, width);
                heading += bend * 4;
                x = toX;
                y = toY;
            }
            double strength = surface.between(0.25, 0.6);
            darken(surface, mask, surface.coin() ? strength : -strength);
        }
    },

    /** One to four small round marks with a clear edge. */
    SPOT {
        @Override
        void drawOn(SampleSurface surface) {
            Mask mask = new Mask(surface.size);
            int count = surface.whole(1, 4);
            for (int i = 0; i < count; i++) {
                double radius = surface.between(2, 5.5);
                double x = surface.between(0.1, 0.9) * surface.size;
                double y = surface.between(0.1, 0.9) * surface.size;
                mask.line(x, y, x, y, 2 * radius);
            }
            double strength = surface.between(0.25, 0.6);
            darken(surface, mask, surface.coin() ? strength : -strength);
        }
    },

    /** A large patch with a ragged, soft edge, of another shade and colour. */
    STAIN {
        @Override
        void drawOn(SampleSurface surface) {
            int size = surface.size;
            double x = surface.between(0.3, 0.7) * size;
            double y = surface.between(0.3, 0.7) * size;
            double radius = surface.between(0.14, 0.3) * size;
            double soft = surface.between(0.15, 0.5) * radius;
            double[] ragged = surface.noise(radius, 0.5 * radius);
            double[] mask = new double[size * size];
            for (int at = 0; at < mask.length; at++) {
                double dx = at % size - x;
                double dy = at / size - y;
                double inside = radius + ragged[at] - Math.sqrt(dx * dx + dy * dy);
                mask[at] = Math.max(0, Math.min(1, 0.5 + inside / soft));
            }
            double strength = surface.between(0.12, 0.4) * (surface.coin() ? 1 : -0.7);
            surface.tint(
                    mask,
                    -strength * surface.between(0.5, 1.2),
                    -strength * surface.between(0.5, 1.2),
                    -strength * surface.between(0.5, 1.2));
        }
    };

    /** Draws the defect, with a place, size and contrast of the surface's random numbers. */
    abstract void drawOn(SampleSurface surface);

    private static void darken(SampleSurface surface, Mask mask, double strength) {
        surface.tint(mask.values, -strength, -strength, -strength);
    }

    /** How much of each pixel is covered by lines. */
    private static final class Mask {
        private final int size;
        private final double[] values;

        Mask(int size) {
            this.size = size;
            this.values = new double[size * size];
        }

        /** A line with round ends; the edge is one pixel soft. */
        void line(double x0, double y0, double x1, double y1, double width) {
            double dx = x1 - x0;
            double dy = y1 - y0;
            double square = dx * dx + dy * dy;
            double reach = width / 2 + 1;
            for (int y = first(y0, y1, reach); y <= last(y0, y1, reach); y++) {
                for (int x = first(x0, x1, reach); x <= last(x0, x1, reach); x++) {
                    double px = x - x0;
                    double py = y - y0;
                    double share = square == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                    double offX = px - share * dx;
                    double offY = py - share * dy;
                    double cover = width / 2 + 0.5 - Math.sqrt(offX * offX + offY * offY);
                    int at = y * size + x;
                    values[at] = Math.max(values[at], Math.max(0, Math.min(1, cover)));
                }
            }
        }

        private int first(double a, double b, double reach) {
            return (int) Math.max(0, Math.floor(Math.min(a, b) - reach));
        }

        private int last(double a, double b, double reach) {
            return (int) Math.min(size - 1, Math.ceil(Math.max(a, b) + reach));
        }
    }
}
