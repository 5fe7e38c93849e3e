package graft.image;

import graft.Refusal;
import graft.data.ViewRandom;

/**
 * Views made by operations that are drawn, with the tables of torchvision: TrivialAugmentWide (Müller and Hutter 2021) does one of
 * them as strongly as it draws; RandAugment (Cubuk et al. 2020) several, all equally strongly. What comes in at an edge is the
 * picture mirrored there, not black.
 *
 * @param operations how many, one after the other; 0 = TrivialAugment
 * @param magnitude how strongly, 0…30; of TrivialAugment it counts nothing
 */
public record AugmentPolicy(int operations, int magnitude) {
    static final AugmentPolicy TRIVIAL = new AugmentPolicy(0, 0);

    private static final int BINS = 31;
    private static final int USUAL_OPERATIONS = 2;
    private static final int USUAL_MAGNITUDE = 9;
    private static final int MOST = 10;

    public AugmentPolicy {
        if (operations < 0 || operations > MOST || magnitude < 0 || magnitude >= BINS) {
            throw new Refusal("RandAugment does 1 to " + MOST + " operations at a magnitude from 0 to " + (BINS - 1)
                    + ", not " + operations + " at " + magnitude + ". Write for example randaugment:2:9.");
        }
    }

    /** {@code N[:M]}, or nothing for the usual ones. */
    static AugmentPolicy random(String text) {
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        try {
            int operations = parts.length > 0 ? Integer.parseInt(parts[0]) : USUAL_OPERATIONS;
            if (parts.length <= 2 && operations > 0) {
                return new AugmentPolicy(operations, parts.length > 1 ? Integer.parseInt(parts[1]) : USUAL_MAGNITUDE);
            }
        } catch (NumberFormatException notWhole) {
            throw new Refusal(form(text), notWhole);
        }
        throw new Refusal(form(text));
    }

    private static String form(String text) {
        return "\"randaugment:" + text
                + "\" names no number of operations and magnitude. Write for example randaugment:2:9.";
    }

    Picture view(Picture picture, ViewRandom random) {
        Picture out = picture;
        for (int i = 0; i < Math.max(1, operations); i++) {
            PolicyOperation operation = PolicyOperation.values()[random.below(PolicyOperation.values().length)];
            int bin = operations == 0 ? random.below(BINS) : magnitude;
            boolean otherWay = random.coin();
            double strength = strength(operation, bin, picture.width(), picture.height());
            out = operation.of(out, operation.isSigned() && otherWay ? -strength : strength);
        }
        return out;
    }

    /** torchvision's {@code _augmentation_space}. */
    double strength(PolicyOperation operation, int bin, int width, int height) {
        boolean wide = operations == 0;
        double share = (double) bin / (BINS - 1);
        return switch (operation) {
            case SHEAR_X, SHEAR_Y -> share * (wide ? 0.99 : 0.3);
            case TRANSLATE_X -> share * (wide ? 32 : 150.0 / 331.0 * width);
            case TRANSLATE_Y -> share * (wide ? 32 : 150.0 / 331.0 * height);
            case ROTATE -> share * (wide ? 135 : 30);
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> share * (wide ? 0.99 : 0.9);
            // Rounds halves to even, as PyTorch does.
            case POSTERIZE -> 8 - Math.rint(bin / ((BINS - 1) / (wide ? 6.0 : 4.0)));
            case SOLARIZE -> 255 * (1 - share);
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
        };
    }

    /** As {@code --augment} takes it. */
    @Override
    public String toString() {
        return operations == 0 ? "trivial" : "randaugment:" + operations + ":" + magnitude;
    }
}
