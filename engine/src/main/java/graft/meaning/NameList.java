package graft.meaning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names by number, as tools write them: JSON, Python's {@code {0: 'ant', 1: 'bee'}} and {@code ['ant', 'bee']}, one a line
 * with or without its number, or separated by commas.
 */
final class NameList {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

    private NameList() {}

    /** Empty where the text is none of these. */
    static Optional<List<String>> parse(String text) {
        String words = text.strip();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.startsWith("{") || words.startsWith("[") || words.startsWith("(")) {
            try {
                return names(new Literal(words).value());
            } catch (IllegalArgumentException notAList) {
                return Optional.empty();
            }
        }
        if (words.contains("\n")) {
            return Optional.of(lines(words));
        }
        return Optional.of(List.of(words.split("\\s*[,;]\\s*")));
    }

    /** One name a line; numbers before them are dropped where every line begins with its own. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().map(line -> line.replace("\uFEFF", "").strip()).forEach(lines::add);
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("[\\s:,]+", 2);
            if (parts.length != 2 || !NUMBER.matcher(parts[0]).matches() || Integer.parseInt(parts[0]) != i) {
                return List.copyOf(lines);
            }
            bare.add(parts[1].strip());
        }
        return List.copyOf(bare);
    }

    private static Optional<List<String>> names(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? Optional.empty()
                    : Optional.of(list.stream().map(NameList::name).toList());
        }
        TreeMap<Integer, String> byNumber = new TreeMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            String key = name(entry.getKey());
            String said = name(entry.getValue());
            // {"0": "ant"} as id2label, {"ant": 0} as label2id and Keras' class_indices.
            if (NUMBER.matcher(key).matches()) {
                byNumber.put(Integer.parseInt(key), said);
            } else if (NUMBER.matcher(said).matches()) {
                byNumber.put(Integer.parseInt(said), key);
            } else {
                return Optional.empty();
            }
        }
        boolean whole = byNumber.size() == ((Map<?, ?>) value).size()
                && !byNumber.isEmpty()
                && byNumber.firstKey() == 0
                && byNumber.lastKey() == byNumber.size() - 1;
        return whole ? Optional.of(List.copyOf(byNumber.values())) : Optional.empty();
    }

    /** Of ["n01440764", "tench"] the word for people. */
    private static String name(Object value) {
        return value instanceof List<?> list && !list.isEmpty() ? name(list.get(list.size() - 1)) : value.toString();
    }
}
