package graft.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of options; what is not set has the value that its option usually has. Each lies within its limits. */
public final class Settings {
    public static final Settings NONE = new Settings(Map.of());

    /** By key, what was set. */
    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = values;
    }

    public <T> T get(Option<T> option) {
        return given(option).orElse(option.usual());
    }

    /** Empty where nothing was set. */
    @SuppressWarnings("unchecked") // `with` put it there
    public <T> Optional<T> given(Option<T> option) {
        return Optional.ofNullable((T) values.get(option.key()));
    }

    /** @throws Refusal where the value is beyond its limits */
    public <T> Settings with(Option<T> option, T value) {
        option.check(value);
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(option.key(), value);
        return new Settings(more);
    }

    /** What was set of {@code options}. */
    public Settings only(Collection<Option<?>> options) {
        Map<String, Object> some = new LinkedHashMap<>(values);
        some.keySet().retainAll(options.stream().map(Option::key).toList());
        return new Settings(some);
    }

    /** What is set there as well; it wins. */
    public Settings and(Settings other) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.putAll(other.values);
        return new Settings(more);
    }

    /** The values of {@code options} by their names, also of those that were not set: what is usual may change. */
    public ObjectNode json(Collection<Option<?>> options) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        options.forEach(option -> out.set(option.field(), json(option)));
        return out;
    }

    private <T> JsonNode json(Option<T> option) {
        return option.kind().json(get(option));
    }

    /** @throws Refusal where {@code json} is no value of {@code option}, or is beyond its limits */
    public <T> Settings read(JsonNode json, Option<T> option) {
        if (json.isNull() && !option.kind().mayBeNull()) {
            throw new Refusal("the plan does not say its " + option.field() + ".");
        }
        T value;
        try {
            value = option.kind().of(json);
        } catch (IllegalArgumentException e) {
            throw new Refusal(option.field() + ": " + e.getMessage() + ".", e);
        }
        return with(option, value);
    }

    /** The words on a command line that give the same values of {@code options}. */
    public List<String> words(Collection<Option<?>> options) {
        return options.stream().flatMap(option -> words(option).stream()).toList();
    }

    private <T> List<String> words(Option<T> option) {
        return option.words(get(option));
    }

    /**
     * The value of each of {@code options}, also of those that were not set.
     *
     * @throws IllegalArgumentException where anything else is set: it would have no effect
     */
    public Settings complete(Collection<Option<?>> options) {
        Map<String, Object> all = new LinkedHashMap<>();
        options.forEach(option -> all.put(option.key(), get(option)));
        if (!all.keySet().containsAll(values.keySet())) {
            throw new IllegalArgumentException(values.keySet() + " are not all among " + all.keySet());
        }
        return new Settings(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What was set, by key. */
    @Override
    public String toString() {
        return values.toString();
    }
}
