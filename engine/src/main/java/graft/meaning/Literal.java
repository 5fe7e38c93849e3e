package graft.meaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what JSON and Python literals have in common: lists, dictionaries, strings in either quotes, numbers as text. */
final class Literal {
    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    Literal(String text) {
        this.text = text;
    }

    /** Lists, maps and strings. Throws {@link IllegalArgumentException} where it is no literal. */
    Object value() {
        Object value = value(0);
        blanks();
        if (at < text.length()) {
            throw wrong();
        }
        return value;
    }

    private Object value(int depth) {
        blanks();
        if (at >= text.length() || depth > DEEPEST) {
            throw wrong();
        }
        char c = text.charAt(at);
        if (c == '[' || c == '(') {
            at++;
            return list(c == '[' ? ']' : ')', depth);
        }
        if (c == '{') {
            at++;
            return map(depth);
        }
        if (c == 'u' && at + 1 < text.length() && "'\"".indexOf(text.charAt(at + 1)) >= 0) {
            at++; // Python 2's unicode strings
            c = text.charAt(at);
        }
        return c == '\'' || c == '"' ? string(c) : word();
    }

    private List<Object> list(char end, int depth) {
        List<Object> out = new ArrayList<>();
        while (!closed(end)) {
            out.add(value(depth + 1));
            comma(end);
        }
        return out;
    }

    private Map<Object, Object> map(int depth) {
        Map<Object, Object> out = new LinkedHashMap<>();
        while (!closed('}')) {
            Object key = value(depth + 1);
            blanks();
            if (at >= text.length() || text.charAt(at++) != ':') {
                throw wrong();
            }
            out.put(key, value(depth + 1));
            comma('}');
        }
        return out;
    }

    private boolean closed(char end) {
        blanks();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private void comma(char end) {
        blanks();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
        } else if (at >= text.length() || text.charAt(at) != end) {
            throw wrong();
        }
    }

    private String string(char quote) {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                c = escaped(text.charAt(at++));
            }
            out.append(c);
        }
        if (at++ >= text.length()) {
            throw wrong();
        }
        return out.toString();
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u', 'x' -> {
                int digits = c == 'u' ? 4 : 2;
                if (at + digits > text.length()) {
                    throw wrong();
                }
                char code = (char) Integer.parseInt(text.substring(at, at + digits), 16);
                at += digits;
                yield code;
            }
            default -> c;
        };
    }

    private String word() {
        int from = at;
        while (at < text.length() && ",:]})".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at).strip();
        if (word.isEmpty()) {
            throw wrong();
        }
        return word;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no literal at " + at);
    }
}
