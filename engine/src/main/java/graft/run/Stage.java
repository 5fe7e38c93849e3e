package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.options.Option;
import graft.options.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One part of a run: what learns, at which rates, for how long. Written as {@code trainable=last:10 epochs=5 lr=0.001}, where
 * {@code trainable=} may be left out in front.
 *
 * @param settings values of {@link #options}; what is not set is taken from those of the whole plan
 */
public record Stage(Settings settings) {
    /** A stage in which every option has a value. */
    static Stage of(Settings all) {
        return new Stage(all.only(options()).complete(options()));
    }

    /** What differs between the stages of a run. */
    public static List<Option<?>> options() {
        return PlanOptions.ALL.stream()
                .filter(option -> option.group().equals(PlanGroups.STAGE))
                .toList();
    }

    public <T> T get(Option<T> option) {
        return settings.get(option);
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Stage parse(String text) {
        Settings out = Settings.NONE;
        for (String word : words(text)) {
            int end = word.indexOf('=');
            String key = word.substring(0, end);
            Option<?> option = options().stream()
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            if (out.given(option).isPresent()) {
                throw new IllegalArgumentException("the stage '" + text.strip() + "' says " + key + " twice");
            }
            out = with(out, option, word.substring(end + 1).strip());
        }
        if (out.given(PlanOptions.LEARNING_RATE).filter(RateKind::isAuto).isPresent()) {
            throw new IllegalArgumentException(
                    "the rate of a stage is a number; --lr auto is for a run of one stage or a recipe");
        }
        return new Stage(out);
    }

    /** Pieces {@code key=value}: values may hold commas and blanks, so that they end where the next key begins. */
    private static List<String> words(String text) {
        String keys = options().stream().map(Option::key).map(Pattern::quote).collect(Collectors.joining("|"));
        String stripped = text.strip();
        List<String> out = new ArrayList<>();
        for (String word : stripped.split("[,\\s]+(?=(?:" + keys + ")=)")) {
            boolean named = word.matches("(?s)(?:" + keys + ")=.*");
            if (word.matches(named ? "(?s)[^=]*=[^=]*\\s\\S*=.*" : "(?s).*\\S=.*")) {
                String unknown =
                        word.replaceFirst(named ? "(?s)^[^=]*=.*?\\s(\\S+)=.*$" : "(?s)^(?:.*?\\s)?(\\S+?)=.*$", "$1");
                throw new IllegalArgumentException("a stage has no " + unknown + "; it has " + known());
            }
            if (!named && (!out.isEmpty() || word.matches("(?s).*\\s.*") || word.isEmpty())) {
                throw new IllegalArgumentException(
                        "'" + word + "' says nothing of a stage; write KEY=VALUE, where KEY is " + known());
            }
            out.add(named ? word : PlanOptions.TRAINABLE.key() + "=" + word);
        }
        return out;
    }

    private static String known() {
        return options().stream().map(Option::key).collect(Collectors.joining(", "));
    }

    private static <T> Settings with(Settings settings, Option<T> option, String text) {
        try {
            return settings.with(option, option.kind().parse(text));
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
    }

    /** @throws Refusal where a value is none */
    static Stage of(JsonNode json) {
        Settings out = Settings.NONE;
        for (Option<?> option : options()) {
            if (json.has(option.field())) {
                out = out.read(json.get(option.field()), option);
            }
        }
        return new Stage(out);
    }

    JsonNode json() {
        return settings.json(options());
    }

    /** "head, 3 epochs at 0.01". */
    public String words() {
        if (get(PlanOptions.FIT).isAtOnce()) {
            return get(PlanOptions.TRAINABLE) + ", at once ("
                    + PlanOptions.FIT.kind().text(get(PlanOptions.FIT)) + ")";
        }
        return String.format(
                Locale.ROOT,
                "%s, %d %s at %s",
                get(PlanOptions.TRAINABLE),
                get(PlanOptions.EPOCHS),
                get(PlanOptions.EPOCHS) == 1 ? "epoch" : "epochs",
                PlanOptions.LEARNING_RATE.kind().text(get(PlanOptions.LEARNING_RATE)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return options().stream()
                .filter(option -> settings.given(option).isPresent())
                .map(this::word)
                .filter(word -> !word.endsWith("="))
                .collect(Collectors.joining(" "));
    }

    private <T> String word(Option<T> option) {
        return option.key() + "=" + option.kind().text(get(option));
    }
}
