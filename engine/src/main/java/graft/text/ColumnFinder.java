package graft.text;

import graft.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the columns of a table: by the names that people give them, else by what is in them. */
final class ColumnFinder {
    private static final int LOOKED_AT = 2000;
    /** A label is shared by this many rows on average, at least. */
    private static final double SHARED = 2;

    private static final int LONGEST_LABEL = 100;

    /** In lower case without blanks, hyphens and underscores; the first that is there counts. */
    private static final List<String> LABELS = List.of(
            "label",
            "labels",
            "class",
            "category",
            "target",
            "sentiment",
            "intent",
            "topic",
            "goldlabel",
            "labelname",
            "classname",
            "classindex",
            "polarity",
            "tag",
            "y",
            "labeltext",
            "queue",
            "stars",
            "rating");

    private static final List<String> TEXTS = List.of(
            "text",
            "sentence",
            "review",
            "content",
            "body",
            "message",
            "comment",
            "description",
            "document",
            "utterance",
            "tweet",
            "mail",
            "email",
            "post",
            "article",
            "question",
            "query",
            "title",
            "headline",
            "subject",
            "x");

    private static final List<List<String>> PAIRS = List.of(
            List.of("sentence1", "sentence2"),
            List.of("premise", "hypothesis"),
            List.of("question1", "question2"),
            List.of("text1", "text2"),
            List.of("texta", "textb"),
            List.of("sentencea", "sentenceb"),
            List.of("question", "sentence"),
            List.of("question", "passage"),
            List.of("query", "passage"));

    private static final List<String> OTHERS = List.of("id", "idx", "index", "guid", "name", "date", "user", "source");

    private final Table table;
    private final ColumnNames named;
    private final boolean labelled;
    private final List<Row> rows;
    private List<String> names = List.of();
    private boolean header;

    ColumnFinder(Table table, ColumnNames named, boolean labelled) {
        this.table = table;
        this.named = named;
        this.labelled = labelled;
        this.rows = table.first(LOOKED_AT);
    }

    /** What a person needs to see to choose the columns; {@link #find}'s reason where they cannot be told. */
    TableLook look(int shown) {
        Optional<Columns> found;
        Optional<String> complaint;
        try {
            found = Optional.of(find());
            complaint = Optional.empty();
        } catch (Refusal e) {
            found = Optional.empty();
            complaint = Optional.of(e.getMessage());
        }
        return new TableLook(
                table.file(),
                List.copyOf(names),
                found.map(columns -> names.get(columns.text())),
                found.filter(columns -> columns.pair().isPresent())
                        .map(columns -> names.get(columns.pair().getAsInt())),
                found.filter(columns -> columns.label().isPresent())
                        .map(columns -> names.get(columns.label().getAsInt())),
                rows.stream()
                        .skip(header ? 1 : 0)
                        .limit(shown)
                        .map(row -> IntStream.range(0, names.size())
                                .mapToObj(row::cell)
                                .toList())
                        .toList(),
                complaint);
    }

    Columns find() {
        if (rows.isEmpty()) {
            throw new Refusal(table.file() + " holds no rows. Check that it was saved to the end.");
        }
        nameColumns();
        if (header && rows.size() == 1) {
            throw new Refusal(table.file() + " holds no rows below the names of its columns (" + listed() + ").");
        }
        if (names.size() == 1 && labelled) {
            throw new Refusal(table.file() + " has one column only (" + names.get(0)
                    + "). Texts and labels are needed, in a column each, separated by commas (.csv) or tabs (.tsv).");
        }
        OptionalInt text = named(named.text(), "--text");
        OptionalInt pair = named(named.pair(), "--text-pair");
        OptionalInt label = named(named.label(), "--label");
        requireOther(text, pair, "--text and --text-pair");
        requireOther(text, label, "--text and --label");
        requireOther(pair, label, "--text-pair and --label");
        if (text.isEmpty() && pair.isEmpty()) {
            for (List<String> both : PAIRS) {
                OptionalInt first = called(both.get(0));
                OptionalInt second = called(both.get(1));
                if (first.isPresent() && second.isPresent()) {
                    text = first;
                    pair = second;
                    break;
                }
            }
        }
        if (label.isEmpty() && labelled) {
            label = OptionalInt.of(label(text, pair));
        }
        if (text.isEmpty()) {
            text = OptionalInt.of(text(pair, label));
        }
        return new Columns(names, table.keys().isEmpty(), header, text.getAsInt(), pair, label);
    }

    private void nameColumns() {
        if (table.keys().isPresent()) {
            names = table.keys().get();
            if (names.isEmpty()) {
                throw new Refusal(
                        table.file() + " holds objects without a text in them. Each example is to be one object"
                                + " such as {\"text\": \"…\", \"label\": \"…\"}.");
            }
            return;
        }
        List<String> first = rows.get(0).cells().stream().map(String::strip).toList();
        boolean isNamed = first.stream().anyMatch(cell -> List.of(named.text(), named.pair(), named.label())
                .contains(Optional.of(cell)));
        header = isNamed || new HeaderRow(rows).holdsNames();
        names = header
                ? first
                : IntStream.rangeClosed(1, first.size())
                        .mapToObj(Integer::toString)
                        .toList();
    }

    /** Whether people call a column so. */
    static boolean isKnown(String cell) {
        String name = plain(cell);
        return isText(name) || LABELS.contains(name) || OTHERS.contains(name);
    }

    /** Whether such cells beside each other are names, whatever is below them. */
    static boolean areTextAndLabel(List<String> cells) {
        List<String> plain = cells.stream().map(ColumnFinder::plain).toList();
        return plain.stream().anyMatch(ColumnFinder::isText) && plain.stream().anyMatch(LABELS::contains);
    }

    private static boolean isText(String name) {
        return TEXTS.contains(name) || PAIRS.stream().anyMatch(pair -> pair.contains(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
    }

    private Map<String, Integer> counts(int column, int from) {
        return HeaderRow.counts(rows, column, from);
    }

    private OptionalInt called(String plain) {
        return header || table.keys().isPresent()
                ? IntStream.range(0, names.size())
                        .filter(i -> plain(names.get(i)).equals(plain))
                        .findFirst()
                        .stream()
                        .peek(i -> requireOne(names.get(i)))
                        .findFirst()
                : OptionalInt.empty();
    }

    /** @throws Refusal where several columns have a name, and other cells below it */
    private void requireOne(String name) {
        List<Integer> same = IntStream.range(0, names.size())
                .filter(i -> names.get(i).equals(name))
                .boxed()
                .toList();
        boolean differ = rows.stream()
                .anyMatch(row -> same.stream().map(row::cell).distinct().count() > 1);
        if (differ) {
            throw new Refusal(table.file() + " has " + same.size() + " columns called " + name + " (columns "
                    + same.stream().map(i -> Integer.toString(i + 1)).collect(Collectors.joining(", "))
                    + "), which do not hold the same. Choose with --text and --label by their numbers, from 1.");
        }
    }

    private void requireOther(OptionalInt one, OptionalInt other, String options) {
        if (one.isPresent() && one.equals(other)) {
            throw new Refusal(options + " name the same column of " + table.file() + " (" + names.get(one.getAsInt())
                    + "). Its columns are " + listed() + ": name another with one of them.");
        }
    }

    private OptionalInt named(Optional<String> name, String option) {
        if (name.isEmpty()) {
            return OptionalInt.empty();
        }
        int at = names.indexOf(name.get().strip());
        if (at >= 0) {
            requireOne(names.get(at));
        }
        if (at < 0) {
            List<Integer> alike = IntStream.range(0, names.size())
                    .filter(i -> names.get(i).equalsIgnoreCase(name.get().strip()))
                    .boxed()
                    .toList();
            at = alike.size() == 1 ? alike.get(0) : -1;
        }
        if (at < 0 && name.get().matches("[0-9]{1,4}")) {
            at = Integer.parseInt(name.get()) - 1;
        }
        if (at < 0 || at >= names.size()) {
            throw new Refusal(table.file() + " has no column " + name.get() + ". Its columns are " + listed()
                    + ": choose one of them with " + option + ", by its name or by its number from 1.");
        }
        return OptionalInt.of(at);
    }

    private int label(OptionalInt text, OptionalInt pair) {
        List<Integer> called = LABELS.stream()
                .map(this::called)
                .flatMapToInt(OptionalInt::stream)
                .filter(i -> (text.isEmpty() || text.getAsInt() != i) && (pair.isEmpty() || pair.getAsInt() != i))
                .distinct()
                .boxed()
                .toList();
        if (!called.isEmpty()) {
            return one(called);
        }
        List<Integer> possible = IntStream.range(0, names.size())
                .filter(i -> text.isEmpty() || text.getAsInt() != i)
                .filter(i -> pair.isEmpty() || pair.getAsInt() != i)
                .filter(this::isLabel)
                .boxed()
                .toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        throw whichLabel(possible);
    }

    private Refusal whichLabel(List<Integer> possible) {
        return new Refusal(table.file() + " has the columns " + listed() + ", of which "
                + (possible.isEmpty()
                        ? "none looks like labels: no short text is in several rows"
                        : possible.size() + " may be labels ("
                                + few(possible.stream().map(names::get).toList()) + ")")
                + ". Choose one with --label, by its name or by its number from 1.");
    }

    /**
     * Of columns that people call labels, the one whose cells are some; where several are, they must say the same in other words, as
     * numbers of classes and their names do.
     */
    private int one(List<Integer> called) {
        List<Integer> like = called.stream().filter(this::isLabel).toList();
        List<Integer> possible = like.isEmpty() ? called : like;
        int first = possible.get(0);
        List<Integer> others = possible.stream()
                .filter(other -> other != first && !saysTheSame(first, other))
                .toList();
        if (!others.isEmpty()) {
            throw whichLabel(possible);
        }
        return first;
    }

    private boolean saysTheSame(int one, int other) {
        Map<String, String> there = new HashMap<>();
        Map<String, String> back = new HashMap<>();
        for (Row row : rows.subList(header ? 1 : 0, rows.size())) {
            String a = row.cell(one).strip();
            String b = row.cell(other).strip();
            if (!there.computeIfAbsent(a, key -> b).equals(b)
                    || !back.computeIfAbsent(b, key -> a).equals(a)) {
                return false;
            }
        }
        return true;
    }

    /** Few values, and short ones. */
    private boolean isLabel(int column) {
        Map<String, Integer> counts = counts(column, header ? 1 : 0);
        int filled = counts.values().stream().mapToInt(i -> i).sum();
        return !counts.isEmpty()
                && filled >= SHARED * counts.size()
                && counts.keySet().stream().allMatch(cell -> cell.length() <= LONGEST_LABEL);
    }

    private int text(OptionalInt pair, OptionalInt label) {
        for (String name : TEXTS) {
            OptionalInt column = called(name);
            if (column.isPresent() && !column.equals(pair) && !column.equals(label)) {
                return column.getAsInt();
            }
        }
        int best = -1;
        long most = -1;
        for (int column = 0; column < names.size(); column++) {
            boolean taken =
                    pair.isPresent() && pair.getAsInt() == column || label.isPresent() && label.getAsInt() == column;
            int at = column;
            long length = rows.stream().mapToLong(row -> row.cell(at).length()).sum();
            if (!taken && length > most) {
                best = column;
                most = length;
            }
        }
        if (best < 0) {
            throw new Refusal(table.file() + " has the columns " + listed()
                    + ", and none is left for the texts. Choose one with --text, by its name or by its number from 1.");
        }
        return best;
    }

    private String listed() {
        return few(names);
    }

    private static String few(List<String> all) {
        return all.stream().limit(20).collect(Collectors.joining(", ")) + (all.size() > 20 ? ", …" : "");
    }
}
