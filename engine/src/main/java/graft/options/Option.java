package graft.options;

import graft.Refusal;
import java.util.List;

/**
 * One thing that can be set. What is said here reaches the command line, its help and completion, the JSON of plans, the command
 * that a window starts, its form and the documentation.
 *
 * @param key on the command line, behind two hyphens
 * @param usual the value where none is given
 * @param label stands for the value in a usage: N, X, sgd|adamw
 * @param field its name in JSON
 * @param title in a form
 * @param help one sentence
 * @param elsewhere whether a form leaves it out, because another place sets it
 */
public record Option<T>(
        String key,
        Kind<T> kind,
        T usual,
        Applies applies,
        Group group,
        String label,
        String field,
        String title,
        String help,
        boolean elsewhere) {

    /** On where it is given. */
    public static Option<Boolean> flag(String key, Group group, String title, String help) {
        return of(key, new Kinds.Flag(), false, group, title, help);
    }

    /** A whole number, both ends included. */
    public static Option<Integer> whole(
            String key, int from, int to, int usual, Group group, String title, String help) {
        return of(key, new Kinds.Numeric<>(Range.whole(from, to), "N", Integer::valueOf), usual, group, title, help);
    }

    public static Option<Double> number(String key, Range range, double usual, Group group, String title, String help) {
        return of(key, new Kinds.Numeric<>(range, "X", Double::valueOf), usual, group, title, help);
    }

    /** One word of an enum. */
    public static <E extends Enum<E>> Option<E> choice(String key, E usual, Group group, String title, String help) {
        return of(key, new Kinds.Choice<>(usual.getDeclaringClass()), usual, group, title, help);
    }

    public static <T> Option<T> of(String key, Kind<T> kind, T usual, Group group, String title, String help) {
        return new Option<>(
                key, kind, usual, Applies.ALWAYS, group, kind.label(), key.replace('-', '_'), title, help, false);
    }

    /** The same with another value where none is given. */
    public Option<T> usually(T value) {
        return new Option<>(key, kind, value, applies, group, label, field, title, help, elsewhere);
    }

    public Option<T> says(String sentence) {
        return new Option<>(key, kind, usual, applies, group, label, field, title, sentence, elsewhere);
    }

    /** The same in another group. */
    public Option<T> in(Group other) {
        return new Option<>(key, kind, usual, applies, other, label, field, title, help, elsewhere);
    }

    public Option<T> applying(Applies when) {
        return new Option<>(key, kind, usual, when, group, label, field, title, help, elsewhere);
    }

    /** The same with a name of its own in JSON. */
    public Option<T> called(String name) {
        return new Option<>(key, kind, usual, applies, group, label, name, title, help, elsewhere);
    }

    /** The same with another word for its value in a usage. */
    public Option<T> labelled(String word) {
        return new Option<>(key, kind, usual, applies, group, word, field, title, help, elsewhere);
    }

    /** The same, left out of forms: another place sets it. */
    public Option<T> setElsewhere() {
        return new Option<>(key, kind, usual, applies, group, label, field, title, help, true);
    }

    /** {@code --lr}; what is on unless it is switched off is {@code --no-shuffle}. */
    public String name() {
        return (isSwitchedOff() ? "--no-" : "--") + key;
    }

    public boolean isFlag() {
        return kind instanceof Kinds.Flag;
    }

    private boolean isSwitchedOff() {
        return Boolean.TRUE.equals(usual);
    }

    /** The words on a command line that give {@code value}. */
    public List<String> words(T value) {
        if (isFlag()) {
            return value.equals(usual) ? List.of() : List.of(name());
        }
        String text = kind.text(value);
        return text.isEmpty() ? List.of() : List.of(name() + "=" + text);
    }

    /** The value that a word on a command line stands for; of a flag, that it was given. */
    @SuppressWarnings("unchecked") // a flag's values are Booleans
    public T given(String text) {
        return isFlag() ? (T) (Object) !isSwitchedOff() : kind.parse(text);
    }

    /** @throws Refusal where a value is beyond its limits */
    public void check(T value) {
        kind.complaint(value).ifPresent(words -> {
            throw new Refusal(words.startsWith("must be") ? key + " " + words + "." : words);
        });
    }
}
