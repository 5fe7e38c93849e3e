package graft.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import graft.Refusal;
import graft.files.Json;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The kinds of values there are. */
public final class Kinds {
    private Kinds() {}

    /** On or off. */
    public record Flag() implements Kind<Boolean> {
        @Override
        public Boolean parse(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("'" + text + "' is neither true nor false");
            }
            return Boolean.valueOf(text);
        }

        @Override
        public String text(Boolean value) {
            return value.toString();
        }

        @Override
        public String label() {
            return "";
        }

        @Override
        public String words() {
            return "on or off";
        }

        @Override
        public JsonNode json(Boolean value) {
            return BooleanNode.valueOf(value);
        }
    }

    /**
     * A number.
     *
     * @param parser throws NumberFormatException
     */
    public record Numeric<T extends Number>(Range range, String label, Function<String, T> parser) implements Kind<T> {
        @Override
        public T parse(String text) {
            String bare = text.strip();
            try {
                return parser.apply(bare);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' " + complaintOf(bare), e);
            }
        }

        private String complaintOf(String text) {
            if (!range.whole()) {
                return "is no number";
            }
            return text.matches("[+-]?\\d+") && new BigInteger(text).bitLength() > 31
                    ? "has too many digits"
                    : "is no whole number";
        }

        @Override
        public String text(T value) {
            return value.toString().replaceFirst("\\.0$", "");
        }

        @Override
        public Optional<String> complaint(T value) {
            return range.complaint(value.doubleValue());
        }

        @Override
        public String words() {
            return range.toString();
        }

        @Override
        public JsonNode json(T value) {
            return range.whole() ? LongNode.valueOf(value.longValue()) : DoubleNode.valueOf(value.doubleValue());
        }
    }

    /** One of the words of an enum, in small letters, with hyphens. */
    public record Choice<T extends Enum<T>>(Class<T> type) implements Kind<T> {
        @Override
        public T parse(String text) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(one -> one.name().equalsIgnoreCase(text.strip().replace('-', '_')))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of " + words()));
        }

        @Override
        public String text(T value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String label() {
            return String.join("|", choices());
        }

        @Override
        public String words() {
            return String.join(", ", choices());
        }

        /** As Java names it. */
        @Override
        public JsonNode json(T value) {
            return TextNode.valueOf(value.name());
        }

        @Override
        public List<String> choices() {
            return Arrays.stream(type.getEnumConstants()).map(this::text).toList();
        }
    }

    /**
     * Text of a form.
     *
     * @param check throws {@link Refusal} where a text has not the form
     */
    public record Text(String label, String words, Consumer<String> check) implements Kind<String> {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public String text(String value) {
            return value;
        }

        @Override
        public Optional<String> complaint(String value) {
            try {
                check.accept(value);
                return Optional.empty();
            } catch (Refusal e) {
                return Optional.of(e.getMessage());
            }
        }
    }

    /** A name, or none. */
    public record Name(String label, String words) implements Kind<Optional<String>> {
        @Override
        public Optional<String> parse(String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        }

        @Override
        public String text(Optional<String> value) {
            return value.orElse("");
        }

        @Override
        public JsonNode json(Optional<String> value) {
            return value.<JsonNode>map(TextNode::valueOf).orElse(NullNode.getInstance());
        }

        @Override
        public Optional<String> of(JsonNode json) {
            return json.isNull() ? Optional.empty() : Optional.of(json.asText());
        }

        @Override
        public boolean mayBeNull() {
            return true;
        }
    }

    /**
     * A value of a type that reads and writes itself, by {@code toString}.
     *
     * @param parser throws {@link IllegalArgumentException} or {@link Refusal} where a text is none
     * @param limits what is wrong with a value
     */
    public record Form<T>(
            Class<T> type, String label, String words, Function<String, T> parser, Function<T, Optional<String>> limits)
            implements Kind<T> {
        /** Every value that can be read is one. */
        public Form(Class<T> type, String label, String words, Function<String, T> parser) {
            this(type, label, words, parser, any -> Optional.empty());
        }

        @Override
        public Optional<String> complaint(T value) {
            return limits.apply(value);
        }

        @Override
        public T parse(String text) {
            try {
                return parser.apply(text);
            } catch (Refusal e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        @Override
        public String text(T value) {
            return value.toString();
        }

        /** Its parts. */
        @Override
        public JsonNode json(T value) {
            return Json.tree(value);
        }

        @Override
        public T of(JsonNode json) {
            return json.isObject() ? Json.convert(json, type) : parse(json.asText());
        }
    }
}
