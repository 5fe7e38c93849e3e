package graft.app.runs;

import graft.app.controls.Numbers;
import graft.app.train.RunSubject;
import graft.app.train.Scores;
import graft.options.Option;
import graft.project.RunComparison;
import graft.project.RunEntry;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs in words, the same on the left, in the table and in comparisons. */
public final class RunWords {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.runs");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final int NAMED = 3;

    /** A number that is not whole, as programs write it. */
    private static final Pattern BROKEN = Pattern.compile("-?\\d+(\\.\\d+([eE]-?\\d+)?|[eE]-?\\d+)");

    private static final Pattern OF_STAGE = Pattern.compile("(?:stages )+(\\d+) (.+)");

    /** A choice as a plan writes it. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]+\\d*");

    private RunWords() {}

    /** Its own name, else what learnt: "top 10, augmented". */
    public static String title(RunEntry run) {
        return RunSubject.of(run).title();
    }

    /** Which they are: one with its data and its score, of many the first. */
    static String names(List<RunEntry> runs) {
        if (runs.size() == 1) {
            RunEntry run = runs.get(0);
            return String.join(" · ", title(run), data(run), score(run));
        }
        String first = runs.stream().limit(NAMED).map(RunWords::title).collect(Collectors.joining(", "));
        return runs.size() > NAMED ? first + ", …" : first;
    }

    /** "94.8 %"; how it ended where it has no score. */
    public static String score(RunEntry run) {
        return run.valScore() == null ? status(run.status()) : Scores.words(run.valScore());
    }

    private static String status(String status) {
        String key = "status." + status;
        return TEXTS.containsKey(key) ? TEXTS.getString(key) : status;
    }

    public static String data(RunEntry run) {
        return name(run.data());
    }

    public static String network(RunEntry run) {
        return name(run.network()).replaceFirst("(?i)\\.onnx$", "");
    }

    private static String name(String path) {
        Path name = Path.of(path).getFileName();
        return name == null ? path : name.toString();
    }

    public static String date(RunEntry run) {
        return DATE.format(LocalDateTime.ofInstant(Instant.parse(run.created()), ZoneId.systemDefault()));
    }

    /** Whether all words of a filter are somewhere in what is said of a run. */
    public static boolean matches(RunEntry run, String filter) {
        String all = String.join(
                        " ", title(run), data(run), network(run), run.tags(), run.note(), score(run), date(run))
                .toLowerCase(Locale.ROOT);
        return Stream.of(filter.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
    }

    /** A comparison as sentences, one a line: the gain first, then what may explain it. */
    public static String words(RunComparison compared) {
        List<String> out = new ArrayList<>();
        String first = title(compared.first());
        String second = title(compared.second());
        out.add(text("compare.of", first, score(compared.first()), second, score(compared.second())));
        if (compared.gain() != null && compared.chance() != null) {
            boolean mayBeChance = Math.abs(compared.gain()) <= compared.chance();
            out.add(text(
                    mayBeChance ? "compare.chance" : "compare.real",
                    100 * Math.abs(compared.gain()),
                    100 * compared.chance()));
        }
        compared.settings()
                .forEach(difference -> out.add(text(
                        "compare.setting",
                        what(difference.what()),
                        said(difference.what(), difference.first()),
                        said(difference.what(), difference.second()))));
        if (compared.settings().isEmpty()) {
            out.add(text("compare.same"));
        }
        if (compared.sameNetwork() != null) {
            out.add(text(compared.sameNetwork() ? "compare.network.same" : "compare.network.other"));
        }
        if (compared.sameData() != null) {
            out.add(text(compared.sameData() ? "compare.data.same" : "compare.data.other"));
        }
        if (!compared.examples().isEmpty()) {
            out.add(text("compare.examples", named(compared)));
        }
        return String.join("\n", out);
    }

    /** What the engine says of the examples names runs by their folders, where the user knows them by their names. */
    private static String named(RunComparison compared) {
        String words = compared.examples();
        for (RunEntry run : List.of(compared.first(), compared.second())) {
            words = words.replace(run.folder(), "\u201c" + title(run) + "\u201d");
        }
        return words;
    }

    /** A setting of a stage by the number of the stage and the title of its option. */
    static String what(String key) {
        Matcher stage = OF_STAGE.matcher(key);
        if (!stage.matches()) {
            return key;
        }
        String field = stage.group(2);
        String title = PlanOptions.ALL.stream()
                .filter(option -> field.equals(option.field())
                        || field.equals(option.group().key() + " " + option.field()))
                .map(Option::title)
                .findFirst()
                .orElse(field);
        return text("compare.stage", stage.group(1), title);
    }

    static String said(String what, String value) {
        if (value.isEmpty()) {
            return TEXTS.getString("compare.nothing");
        }
        if (what.equals(PlanOptions.RECIPE.title())) {
            return RunSubject.recipe(value);
        }
        if (CONSTANT.matcher(value).matches()) {
            return value.toLowerCase(Locale.ROOT).replace('_', '-'); // as the command line writes it
        }
        return BROKEN.matcher(value).matches() ? Numbers.value(Double.parseDouble(value)) : value;
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }
}
