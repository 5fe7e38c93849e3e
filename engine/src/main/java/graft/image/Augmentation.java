package graft.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import graft.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How training pictures are varied.
 *
 * @param flip half of the views are mirrored left to right
 * @param crop a random part (25 to 100 % of the area, sides 3:4 to 4:3) is scaled to the network's size
 * @param color brightness, contrast and saturation each vary by up to 30 %
 * @param rotate turned by up to this many degrees either way; 0 = off
 * @param affine turned, shifted, scaled and slanted at once
 * @param policy operations that are drawn
 */
public record Augmentation(
        boolean flip,
        boolean crop,
        boolean color,
        double rotate,
        // Left out where absent: plans and kept views of earlier versions know no such thing.
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Affine> affine,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<AugmentPolicy> policy) {
    public static final Augmentation NONE = new Augmentation(false, false, false, 0);

    private static final double USUAL_DEGREES = 15;

    public Augmentation {
        if (!(rotate >= 0 && rotate <= 180)) {
            throw new Refusal("Pictures can be rotated by 0 to 180 degrees, not by " + rotate + ".");
        }
        affine = affine == null ? Optional.empty() : affine;
        policy = policy == null ? Optional.empty() : policy;
    }

    public Augmentation(boolean flip, boolean crop, boolean color, double rotate) {
        this(flip, crop, color, rotate, Optional.empty(), Optional.empty());
    }

    /**
     * A comma-separated list of {@code flip}, {@code crop}, {@code color}, {@code rotate[:DEGREES]},
     * {@code affine[:DEGREES[:TRANSLATE[:SCALE[:SHEAR]]]]}, {@code trivial}, {@code randaugment[:N[:M]]}; or {@code none}.
     */
    public static Augmentation parse(String spec) {
        Augmentation out = NONE;
        for (String part : spec.split(",")) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            if (!word.isEmpty() && !word.equals("none")) {
                out = out.and(word, part.strip());
            }
        }
        return out;
    }

    private Augmentation and(String word, String written) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        Optional<String> how = colon < 0 ? Optional.empty() : Optional.of(word.substring(colon + 1));
        boolean plain = List.of("flip", "crop", "color", "colour", "trivial").contains(name);
        return switch (how.isPresent() && plain ? word : name) {
            case "flip" -> new Augmentation(true, crop, color, rotate, affine, policy);
            case "crop" -> new Augmentation(flip, true, color, rotate, affine, policy);
            case "color", "colour" -> new Augmentation(flip, crop, true, rotate, affine, policy);
            case "rotate" ->
                new Augmentation(
                        flip, crop, color, how.map(Augmentation::degrees).orElse(USUAL_DEGREES), affine, policy);
            case "affine" ->
                new Augmentation(
                        flip,
                        crop,
                        color,
                        rotate,
                        Optional.of(how.map(Affine::parse).orElse(Affine.USUAL)),
                        policy);
            case "trivial" -> drawing(AugmentPolicy.TRIVIAL);
            case "randaugment" -> drawing(AugmentPolicy.random(how.orElse("")));
            default ->
                throw new Refusal("There is no augmentation \"" + written
                        + "\". Choose from flip, crop, color, rotate, rotate:DEGREES, affine,"
                        + " affine:DEGREES:TRANSLATE:SCALE:SHEAR, trivial, randaugment and randaugment:N:M, separated by"
                        + " commas, or none.");
        };
    }

    private Augmentation drawing(AugmentPolicy drawn) {
        if (policy.isPresent() && !policy.get().equals(drawn)) {
            throw new Refusal(
                    "Views are made by " + policy.get() + " or by " + drawn + ", not by both. Choose one of them.");
        }
        return new Augmentation(flip, crop, color, rotate, affine, Optional.of(drawn));
    }

    private static double degrees(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new Refusal("\"rotate:" + text + "\" names no number of degrees. Write for example rotate:15.", e);
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (flip) {
            words.add("flip");
        }
        if (crop) {
            words.add("crop");
        }
        if (color) {
            words.add("color");
        }
        if (rotate > 0) {
            words.add("rotate:" + Affine.brief(rotate));
        }
        affine.ifPresent(how -> words.add("affine:" + how));
        policy.ifPresent(how -> words.add(how.toString()));
        return words.isEmpty() ? "none" : String.join(",", words);
    }
}
