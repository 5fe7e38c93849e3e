package graft.app.jobs;

import graft.app.controls.Numbers;
import graft.run.PlanOptions;
import java.util.LinkedHashSet;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine's sentences for somebody who sits before the window: where they name an option or a command, the window's own
 * place for it is named.
 */
public final class WindowWords {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.words");
    private static final EngineSentences SENTENCES = EngineSentences.ofWindow();
    private static final String OPTION = "--([a-z][a-z-]*)((?:[ =](?:[A-Z][A-Z]+(?:=[A-Z0-9]+)?"
            + "|-?[0-9][0-9.,x]*(?<![.,])|head|cls|text|numeric|nchw|nhwc|bgr|rgb|gray)(?![A-Za-z]))?)";
    /** Options that stand together have one place. */
    private static final Pattern OPTIONS =
            Pattern.compile(OPTION + "(?:(?:, | and | or | )" + OPTION.replaceAll("\\((?!\\?)", "(?:") + ")*");

    private static final Pattern ONE = Pattern.compile(OPTION);
    private static final Pattern COMMAND = Pattern.compile("`graft ([a-z-]+)[^`]*`");
    private static final Pattern PLACEHOLDER = Pattern.compile(" [A-Z]{2,}(=[A-Z0-9]+)?|=[A-Z]{2,}");

    /** Where something is set: its name there, and the number of the step. */
    private record Place(String title, String step) {}

    private WindowWords() {}

    /** The same sentence in the window's words. */
    public static String of(String sentence) {
        String said = COMMAND.matcher(SENTENCES.of(sentence))
                .replaceAll(found ->
                        Matcher.quoteReplacement(command(found.group(1)).orElse(found.group())));
        return OPTIONS.matcher(said).replaceAll(found -> Matcher.quoteReplacement(options(found.group())));
    }

    private static Optional<String> command(String name) {
        return text("command." + name);
    }

    private static String options(String run) {
        Set<String> steps = new LinkedHashSet<>();
        String out = ONE.matcher(run).replaceAll(found -> {
            Optional<Place> place = place(found.group(1));
            place.ifPresent(known -> steps.add(known.step()));
            String value = PLACEHOLDER.matcher(found.group(2)).replaceAll("").replace('=', ' ');
            return Matcher.quoteReplacement(
                    place.map(known -> "“" + known.title() + "”" + value).orElse(found.group()));
        });
        return steps.isEmpty() ? out : Numbers.message(TEXTS.getString("in.step"), out, String.join(", ", steps));
    }

    /** Whether the window has a place for an option of the command line. */
    static boolean knows(String option) {
        return place(option).isPresent();
    }

    private static Optional<Place> place(String option) {
        return text("option." + option)
                .map(words -> new Place(
                        words.substring(0, words.lastIndexOf('|')), words.substring(words.lastIndexOf('|') + 1)))
                .or(() -> PlanOptions.ALL.stream()
                        .filter(each -> each.key().equals(option) || each.name().equals("--" + option))
                        .map(each -> new Place(each.title(), TEXTS.getString(each.elsewhere() ? "train" : "advanced")))
                        .findFirst());
    }

    private static Optional<String> text(String key) {
        try {
            return Optional.of(TEXTS.getString(key));
        } catch (MissingResourceException notOfTheWindow) {
            return Optional.empty();
        }
    }
}
