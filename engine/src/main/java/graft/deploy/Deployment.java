package graft.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import graft.judge.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The forms in which a network can be shipped, judged side by side.
 *
 * @param recommended name of the smallest variant that loses no more than allowed and answers as fp32 does
 * @param maxLoss percentage points of a score that is a share, or per cent of any other, that may be lost
 * @param examples by which forms were judged
 */
public record Deployment(List<Variant> variants, String recommended, double maxLoss, int examples) {
    /** Points of accuracy; a form that loses more is no choice but a failure of the method on this network. */
    private static final double BROKEN_LOSS = 10;
    /** Percentage points of the answers that may be others than fp32's, besides those that are allowed to be lost. */
    private static final double CHANGED = 5;
    /** Where that many answers are others, accuracy may be the same by chance only. */
    private static final double BROKEN_CHANGED = 2 * BROKEN_LOSS;
    /** Of what tells examples apart: with half of it error, another choice of examples can turn the answers. */
    private static final double SPREAD = 0.5;
    /** As much error as there is to tell examples apart by. */
    private static final double BROKEN_SPREAD = 1;

    /**
     * The verdict on measured forms. The score alone would take a form that is wrong about other examples, or that answers
     * always the same, for one that loses nothing; so it must also answer as fp32 does, and with much the same outputs.
     *
     * @param measured fp32 first
     * @param maxLoss percentage points of a score that is a share, or per cent of any other, that the recommended form may lose
     */
    static Deployment of(List<Variant> measured, double maxLoss, int examples) {
        Variant fp32 = measured.get(0);
        Variant best = measured.stream()
                .filter(v -> v.score() != null && keeps(fp32, v, maxLoss))
                .min(Comparator.comparingLong(Variant::bytes))
                .orElse(fp32);
        List<Variant> said = measured.stream()
                .map(v -> v.score() == null
                        ? v
                        : v.saying(standing(fp32, v, v == best, maxLoss), words(fp32, v, v == best, maxLoss)))
                .toList();
        return new Deployment(said, best.name(), maxLoss, examples);
    }

    /** The verdict on the same forms where another loss is allowed; nothing is measured again. */
    public Deployment withMaxLoss(double points) {
        return of(variants, points, examples);
    }

    /** What a form stands for in the verdict. */
    public enum Standing {
        RECOMMENDED,
        /** Answers as it should, and is not the smallest that does. */
        GOOD,
        /** Loses more than is allowed. */
        WORSE,
        /** Could not be made, or is of no use. */
        BROKEN
    }

    private static Standing standing(Variant fp32, Variant v, boolean recommended, double maxLoss) {
        if (recommended) {
            return Standing.RECOMMENDED;
        }
        return keeps(fp32, v, maxLoss) ? Standing.GOOD : isBroken(fp32, v, maxLoss) ? Standing.BROKEN : Standing.WORSE;
    }

    /** Percentage points where scores are shares; else by how many per cent of fp32's score the form is worse. */
    private static double loss(Variant fp32, Variant v) {
        Score was = fp32.score();
        double worse = (was.value() - v.score().value()) * (was.higherIsBetter() ? 1 : -1);
        double unit = was.share() ? 1 : Math.max(Math.abs(was.value()), Double.MIN_NORMAL);
        return worse / unit * 100;
    }

    /** Percentage points of the examples with another answer than fp32's. */
    private static double changed(Variant v) {
        return v.agreement() == null ? 0 : (1 - v.agreement()) * 100;
    }

    private static boolean collapsed(Variant fp32, Variant v) {
        return v.always() != null && fp32.always() == null;
    }

    private static boolean keeps(Variant fp32, Variant v, double maxLoss) {
        return loss(fp32, v) <= maxLoss + 1e-9
                && changed(v) <= maxLoss + CHANGED + 1e-9
                && (v.spread() == null || v.spread() <= SPREAD)
                && !collapsed(fp32, v);
    }

    private static boolean isBroken(Variant fp32, Variant v, double maxLoss) {
        return loss(fp32, v) > Math.max(maxLoss, BROKEN_LOSS)
                || changed(v) > Math.max(maxLoss + CHANGED, BROKEN_CHANGED)
                || v.spread() != null && v.spread() >= BROKEN_SPREAD
                || collapsed(fp32, v);
    }

    private static String words(Variant fp32, Variant v, boolean recommended, double maxLoss) {
        if (v == fp32) {
            String always = v.always() == null
                    ? ""
                    : "; it answers " + v.always() + " for every example, so that accuracy says little of any form";
            return (recommended
                            ? "recommended: no smaller form keeps its accuracy and its answers"
                            : "the network as it was trained")
                    + always;
        }
        String speed = v.p50Ms() > fp32.p50Ms()
                ? String.format(Locale.ROOT, "%.1f times slower than fp32 on this machine", v.p50Ms() / fp32.p50Ms())
                : String.format(Locale.ROOT, "%.1f times faster than fp32 on this machine", fp32.p50Ms() / v.p50Ms());
        String size = String.format(Locale.ROOT, "%.0f %% of the size", 100.0 * v.bytes() / fp32.bytes());
        String verdict = recommended ? "recommended: " : isBroken(fp32, v, maxLoss) ? "broken: " : "";
        String score = fp32.score().share()
                ? points(loss(fp32, v), changed(v), maxLoss)
                : share(fp32.score().name(), loss(fp32, v), maxLoss);
        return verdict + score + answers(fp32, v, maxLoss) + ", " + size + ", " + speed;
    }

    private static String share(String score, double loss, double maxLoss) {
        if (loss > maxLoss + 1e-9) {
            return String.format(
                    Locale.ROOT, "its %s is %.1f %% worse, more than the %.1f allowed", score, loss, maxLoss);
        }
        if (Math.abs(loss) < 0.05) {
            return "loses nothing";
        }
        return String.format(Locale.ROOT, "its %s is %.1f %% %s", score, Math.abs(loss), loss > 0 ? "worse" : "better");
    }

    private static String points(double loss, double changed, double maxLoss) {
        if (loss > maxLoss + 1e-9) {
            return String.format(Locale.ROOT, "loses %.1f points, more than the %.1f allowed", loss, maxLoss);
        }
        if (loss > 0) {
            return String.format(Locale.ROOT, "loses %.1f points", loss);
        }
        return loss < 0
                ? String.format(Locale.ROOT, "gains %.1f points", -loss)
                : changed > 0 ? "as accurate" : "loses nothing";
    }

    private static String answers(Variant fp32, Variant v, double maxLoss) {
        StringBuilder out = new StringBuilder();
        if (collapsed(fp32, v)) {
            out.append(", answers ").append(v.always()).append(" for every example");
        } else if (changed(v) > 0) {
            out.append(String.format(Locale.ROOT, ", answers %.1f %% of the examples otherwise than fp32", changed(v)));
            if (changed(v) > maxLoss + CHANGED + 1e-9) {
                out.append(String.format(Locale.ROOT, " (more than the %.1f trusted)", maxLoss + CHANGED));
            }
        }
        if (v.spread() != null && v.spread() > SPREAD) {
            out.append(String.format(
                    Locale.ROOT,
                    ", its outputs are off by %.2f of what tells examples apart (%.1f at most is trusted)",
                    v.spread(),
                    SPREAD));
        }
        return out.toString();
    }

    /**
     * One form.
     *
     * @param name {@code fp32}, {@code fp16}, {@code int8-dynamic}, {@code int8-static}, {@code int8-static-per-channel}
     * @param file the written file; null where it could not be made
     * @param score on the validation examples; null where it could not be made
     * @param agreement share of examples on which it answers as fp32 does; null where answers are numbers
     * @param spread difference of its outputs from those of fp32, by what the latter differ from example to example
     *     ({@link graft.evaluate.Spread}); null where they do not differ
     * @param always the class it answers for every example; null where it answers several
     * @param worstClass the class it recognises worst; null where answers are no classes
     * @param p50Ms median milliseconds for one example on this machine
     * @param memoryBytes what it needs of memory ({@link FormMemory}); null on systems that do not tell
     * @param standing null before the verdict
     * @param verdict in words; begins with {@code recommended} or {@code broken} where it is that
     */
    // What is an accuracy goes before the last component: behind it Jackson would find it set already.
    @JsonPropertyOrder({"name", "file", "bytes", "accuracy"})
    public record Variant(
            String name,
            String file,
            long bytes,
            Score score,
            Double agreement,
            Double spread,
            String always,
            WorstClass worstClass,
            Double p50Ms,
            Double p95Ms,
            Long memoryBytes,
            Standing standing,
            String verdict) {
        private static final String ACCURACY = "accuracy";

        /** Where the score is one, 0…1; else null. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public Double accuracy() {
            return score != null && score.name().equals(ACCURACY) ? score.value() : null;
        }

        Variant saying(Standing found, String words) {
            return new Variant(
                    name,
                    file,
                    bytes,
                    score,
                    agreement,
                    spread,
                    always,
                    worstClass,
                    p50Ms,
                    p95Ms,
                    memoryBytes,
                    found,
                    words);
        }
    }
}
