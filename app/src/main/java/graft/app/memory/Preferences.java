package graft.app.memory;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the user prefers, whatever is open.
 *
 * @param textSize in percent of the usual size
 * @param language of the texts: a language tag, or {@link #SYSTEM}
 * @param numbers how they are written: likewise
 */
public record Preferences(ThemeChoice theme, int textSize, String language, String numbers) {
    /** As the system has it. */
    public static final String SYSTEM = "system";
    /** Languages that the texts speak. */
    public static final List<String> LANGUAGES = List.of("en", "de");

    public static final int SMALLEST = 100;
    public static final int LARGEST = 200;
    public static final Preferences USUAL = new Preferences(ThemeChoice.SYSTEM, SMALLEST, SYSTEM, "en");

    /** Light, dark, or as the system has it. */
    public enum ThemeChoice {
        LIGHT,
        DARK,
        SYSTEM
    }

    public Preferences {
        theme = Objects.requireNonNullElse(theme, ThemeChoice.SYSTEM);
        textSize = Math.max(SMALLEST, Math.min(LARGEST, textSize));
        language = Objects.requireNonNullElse(language, SYSTEM);
        numbers = Objects.requireNonNullElse(numbers, "en");
    }

    public Preferences with(ThemeChoice other) {
        return new Preferences(other, textSize, language, numbers);
    }

    public Preferences withTextSize(int percent) {
        return new Preferences(theme, percent, language, numbers);
    }

    public Preferences withLanguage(String other) {
        return new Preferences(theme, textSize, other, numbers);
    }

    public Preferences withNumbers(String other) {
        return new Preferences(theme, textSize, language, other);
    }

    /** Makes texts and numbers of this process speak so. What was read of bundles before is not changed by it. */
    public void speak() {
        Locale system = Locale.getDefault(Locale.Category.DISPLAY);
        Locale.setDefault(Locale.Category.FORMAT, locale(numbers, system));
        // Bundles are found by the locale that stands for both.
        Locale texts = locale(language, system);
        Locale format = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(texts);
        Locale.setDefault(Locale.Category.FORMAT, format);
    }

    private static Locale locale(String tag, Locale system) {
        if (!tag.equals(SYSTEM)) {
            return Locale.forLanguageTag(tag);
        }
        return LANGUAGES.contains(system.getLanguage()) ? system : Locale.ENGLISH;
    }
}
