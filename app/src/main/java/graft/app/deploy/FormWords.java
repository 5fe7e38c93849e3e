package graft.app.deploy;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.deploy.Deployment.Variant;
import graft.deploy.WorstClass;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;

/** Forms of a network in words for people. */
final class FormWords {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.deploy");
    /** Where nothing is known. */
    private static final String NONE = "–";
    /** Less is noise of the measurement. */
    private static final double SLOWER = 1.1;

    private FormWords() {}

    /** "int8, static". */
    static String name(Variant form) {
        return text("form." + form.name()).orElse(form.name());
    }

    /** "94.8 %", or a number where the score is no share. */
    static String score(Variant form) {
        return form.score() == null ? NONE : Numbers.local(form.score().text());
    }

    /** "90–97", in which the score lies on unseen examples; "" where that is not known. */
    static String interval(Variant form) {
        return form.score() == null
                        || form.score().interval() == null
                        || !form.score().share()
                ? ""
                : Numbers.format(
                        "%.0f–%.0f",
                        100 * form.score().interval()[0], 100 * form.score().interval()[1]);
    }

    static String scoreName(Variant form) {
        return text("score." + form.score().name()).orElse(form.score().name());
    }

    static String share(Double share) {
        return share == null ? NONE : Numbers.percent(share);
    }

    static String megabytes(Variant form) {
        return form.file() == null ? NONE : Numbers.format("%.2f MB", form.bytes() / 1e6);
    }

    /** What a program needs of memory to use it. */
    static String memory(Variant form) {
        return form.memoryBytes() == null ? NONE : Numbers.format("%.1f MB", form.memoryBytes() / 1e6);
    }

    /** "92.9 %": the recall of the class that it recognises worst. */
    static String worst(Variant form) {
        return form.worstClass() == null
                ? NONE
                : Numbers.percent(form.worstClass().recall());
    }

    /** "ants, 70 examples" */
    static String worstClass(Variant form) {
        WorstClass worst = form.worstClass();
        return worst == null ? "" : say("worst.of", worst.name(), Counts.exact(worst.n()));
    }

    /** "p95 1.4 ms" */
    static String p95(Variant form) {
        return form.p95Ms() == null ? "" : say("p95", milliseconds(form.p95Ms()));
    }

    static String milliseconds(Double ms) {
        return ms == null ? NONE : Numbers.format(ms < 10 ? "%.2f ms" : "%.1f ms", ms);
    }

    /** What a form loses, and what it gains for that; of one that could not be made, why. */
    static String verdict(Variant form, Variant fp32) {
        if (form.score() == null) {
            String words = form.verdict();
            return words.substring(words.indexOf(": ") + 1).strip();
        }
        if (form.name().equals(fp32.name())) {
            return say("verdict.fp32");
        }
        double size = 100.0 * form.bytes() / fp32.bytes();
        double times = fp32.p50Ms() / form.p50Ms();
        return say("verdict", loss(form, fp32), Numbers.format("%.0f", size), Numbers.format("%.1f", times));
    }

    private static String loss(Variant form, Variant fp32) {
        double worse = (fp32.score().value() - form.score().value())
                * (fp32.score().higherIsBetter() ? 1 : -1)
                * 100
                / (fp32.score().share() ? 1 : Math.max(Math.abs(fp32.score().value()), Double.MIN_NORMAL));
        if (Math.abs(worse) < 0.05) {
            boolean others = form.agreement() != null && form.agreement() < 1;
            return others ? say("verdict.others", share(1 - form.agreement())) : say("verdict.nothing");
        }
        String unit = fp32.score().share() ? "points" : "percent";
        return say((worse > 0 ? "verdict.loses." : "verdict.gains.") + unit, Numbers.format("%.1f", Math.abs(worse)));
    }

    private static String say(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** What a chip says before the verdict; empty where the verdict says all. */
    static Optional<String> chip(Variant form, Variant fp32) {
        return switch (form.standing()) {
            case RECOMMENDED -> text("chip.recommended");
            case BROKEN -> text("chip.broken");
            default ->
                form.p50Ms() != null && fp32.p50Ms() != null && form.p50Ms() > SLOWER * fp32.p50Ms()
                        ? text("chip.slower")
                                .map(words ->
                                        Numbers.message(words, Numbers.format("%.1f", form.p50Ms() / fp32.p50Ms())))
                        : Optional.empty();
        };
    }

    static String chipStyle(Variant form) {
        return switch (form.standing()) {
            case RECOMMENDED -> "chip-good";
            case BROKEN -> "chip-bad";
            default -> "chip-warn";
        };
    }

    private static Optional<String> text(String key) {
        try {
            return Optional.of(TEXTS.getString(key));
        } catch (MissingResourceException unnamed) {
            return Optional.empty();
        }
    }
}
